import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { z } from "zod";

/*
 * Adds up the reports of Vitest (units and faults) and of Playwright, and refuses two silent failures: a report that is missing, and a suite
 * that was skipped although the server or the browser it needs is there.
 */
const VITEST = [".reports/vitest.json", ".reports/faults.json"];
const PLAYWRIGHT = ".reports/playwright.json";
const FIREFOX_ESR = process.env.FIREFOX_ESR || "/usr/bin/firefox-esr";
const FIREFOX_JOURNEY = "firefox-esr.spec.ts";

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});
type UnitFile = z.output<typeof vitestReport>["testResults"][number];

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
  suites: z
    .array(
      z.object({ file: z.string(), specs: z.array(z.object({ tests: z.array(z.object({ status: z.string() })) })) }),
    )
    .default([]),
});

const SERVERS = [
  { name: "PostgreSQL", url: process.env.TEST_DATABASE_URL || "postgres://127.0.0.1:5432", defaultPort: 5432 },
  { name: "Redis", url: process.env.TEST_REDIS_URL || "redis://127.0.0.1:6379", defaultPort: 6379 },
];

const complaints: string[] = [];
const unitFiles = VITEST.flatMap((path) => read(path, vitestReport)?.testResults ?? []);
const unit = summarizeVitest(unitFiles);
const journeys = read(PLAYWRIGHT, playwrightReport);
const browser = summarizePlaywright();
requireFirefoxJourney();
for (const server of SERVERS) await requireSuite(server);

for (const complaint of complaints) console.error(complaint);
console.log(`tests: ${unit.passed + browser.passed} passed, ${unit.failed + browser.failed} failed`);
process.exitCode = complaints.length > 0 || unit.failed + browser.failed > 0 ? 1 : 0;

function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  if (existsSync(path)) return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  complaints.push(`no report ${path}: these tests did not run`);
  return undefined;
}

function summarizeVitest(files: UnitFile[]) {
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  // A file that does not even load has no test to fail.
  const broken = files.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").length + broken.length,
  };
}

function summarizePlaywright() {
  if (!journeys) return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = journeys.stats;
  return { passed: expected + flaky, failed: unexpected + (unexpected === 0 ? journeys.errors.length : 0) };
}

/** What the workstations have: when it is installed, its journey must have run. */
function requireFirefoxJourney(): void {
  if (!existsSync(FIREFOX_ESR)) {
    console.error("*** firefox-esr is not installed: its journey was NOT run. ***");
    return;
  }
  const tests = (journeys?.suites ?? [])
    .filter(({ file }) => file.endsWith(FIREFOX_JOURNEY))
    .flatMap(({ specs }) => specs.flatMap((spec) => spec.tests));
  if (!tests.some(({ status }) => status !== "skipped"))
    complaints.push("the journey in Firefox ESR did not run although firefox-esr is installed");
}

/** When the server answers, the suites named after it must exist and must not have been skipped. */
async function requireSuite({ name, url, defaultPort }: (typeof SERVERS)[number]): Promise<void> {
  const suites = unitFiles.flatMap((file) => file.assertionResults.filter((test) => test.fullName.includes(name)));
  const { hostname, port: given } = new URL(url);
  const port = Number(given) || defaultPort;
  if (!(await answers(hostname, port))) {
    console.error(`*** ${name} does not answer at ${hostname}:${port}: its suites were NOT run. ***`);
    return;
  }
  const skipped = suites.filter(({ status }) => status !== "passed" && status !== "failed");
  if (skipped.length > 0) complaints.push(`${skipped.length} ${name} tests were skipped although ${name} answers`);
  if (suites.length === 0 && isUsed(name)) complaints.push(`no ${name} suite ran although ${name} answers`);
}

/** Redis is asked for once a driver for it is installed. */
function isUsed(name: string): boolean {
  return name !== "Redis" || existsSync("node_modules/@redis/client");
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false));
  });
}
