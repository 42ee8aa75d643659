// Loaded before a measured process (NODE_OPTIONS): on SIGUSR2 it collects its garbage and writes how many bytes are left.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

process.on("SIGUSR2", () => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  writeFileSync(join(process.env.BENCH_MEMORY_FOLDER ?? ".", String(process.pid)), String(heapUsed + external));
});
