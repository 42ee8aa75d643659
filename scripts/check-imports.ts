import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Runs dependency-cruiser on the rules of `.dependency-cruiser.cjs`, and does not believe a report that skips files. */
const ROOTS = ["app", "components", "lib", "db", "dev", "scripts", "middleware.ts", "instrumentation.ts"].filter(
  (root) => existsSync(root),
);

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    totalDependenciesCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const cruiser = spawnSync(
  process.execPath,
  [
    join("node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs"),
    ...ROOTS,
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
  ],
  { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);
if (!cruiser.stdout.startsWith("{")) {
  console.error(cruiser.stderr || cruiser.stdout);
  process.exit(1);
}
const { modules, summary } = report.parse(JSON.parse(cruiser.stdout));

const cruised = new Set(modules.map(({ source }) => source));
const expected = ROOTS.flatMap((root) => (root.endsWith(".ts") ? [root] : globSync(`${root}/**/*.{ts,tsx}`)));
const unseen = expected.map((file) => file.replaceAll("\\", "/")).filter((file) => !cruised.has(file));

const complaints = [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ...unseen.map((file) => `not cruised: ${file}`),
  ...(summary.totalDependenciesCruised < expected.length ? ["hardly any import was seen: is the parser there?"] : []),
];
for (const complaint of complaints) console.error(complaint);
if (complaints.length === 0) console.log(`imports: ${expected.length} files follow the rules`);
process.exitCode = complaints.length > 0 ? 1 : 0;
