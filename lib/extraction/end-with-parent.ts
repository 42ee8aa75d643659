import { Worker } from "node:worker_threads";

const WATCH = `
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, "SIGKILL"); }, 1000);
`;

/** Ends this process when the one that started it dies, even in the middle of a loop: a thread of its own looks for it. */
export function endWithParent(): void {
  process.on("disconnect", () => process.exit());
  new Worker(WATCH, { eval: true, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
}
