import { parseArgs } from "node:util";
import { build, isBuildCurrent } from "./launcher/build.ts";
import { runOrRefuse } from "./launcher/refusal.ts";
import { completeEnvironment } from "./launcher/settings.ts";

const { values: flags } = parseArgs({ options: { "if-needed": { type: "boolean", default: false } } });

await runOrRefuse(async () => {
  completeEnvironment();
  if (flags["if-needed"] && isBuildCurrent()) return;
  await build("verbose");
});
