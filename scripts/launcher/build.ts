import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "./refusal.ts";
import { copyViewerFiles } from "./viewer-files.ts";

const SOURCES = [
  "{app,components,lib,db,messages,public,content}/**/*.{ts,tsx,css,json,md,sql,svg,png,ico,txt,webmanifest,woff2}",
  "{middleware,instrumentation}.ts",
  "{next,postcss}.config.*",
  "{package,package-lock,tsconfig}.json",
];
const FINGERPRINT = join(".next", "sources.sha256");

/** One hash of everything the build is made from: times and places of files do not count, only what they hold. */
function sourcesFingerprint(folder = "."): string {
  const hash = createHash("sha256");
  const files = globSync(SOURCES, { cwd: folder }).map((file) => file.replaceAll("\\", "/"));
  for (const file of files.filter((name) => !/\.test\.tsx?$/.test(name)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** The same on every machine that builds the same sources: browsers may go from one process to another. */
export const deploymentId = (fingerprint = sourcesFingerprint()): string =>
  process.env.NEXT_DEPLOYMENT_ID || fingerprint.slice(0, 16);

export function isBuildCurrent(): boolean {
  return (
    existsSync(join(".next", "BUILD_ID")) &&
    existsSync(FINGERPRINT) &&
    readFileSync(FINGERPRINT, "utf8") === sourcesFingerprint()
  );
}

/** Builds the application; `output` decides whether the builder's own lines are shown, or only our progress. */
export async function build(output: "verbose" | "progress"): Promise<void> {
  copyViewerFiles();
  const fingerprint = sourcesFingerprint();
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const next = spawn(process.execPath, [join("node_modules", "next", "dist", "bin", "next"), "build"], {
    stdio: ["ignore", output === "verbose" ? "inherit" : "pipe", output === "verbose" ? "inherit" : "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_DEPLOYMENT_ID: deploymentId(fingerprint),
    },
  });
  let log = "";
  next.stdout?.on("data", (chunk) => (log += chunk));
  next.stderr?.on("data", (chunk) => (log += chunk));
  const progress = output === "progress" ? showProgress(seconds) : () => {};
  const code = await new Promise<number | null>((resolve, reject) => next.on("error", reject).on("close", resolve));
  progress();
  if (code !== 0) {
    if (log) console.error(log);
    throw new Refusal("La construction de l’application a échoué : le détail est au-dessus.");
  }
  // Written last: an interrupted build is never taken for a finished one.
  writeFileSync(FINGERPRINT, fingerprint);
  console.log(`Application construite en ${seconds()} s.`);
}

function showProgress(seconds: () => number): () => void {
  console.log("Construction de l’application (une à trois minutes la première fois)…");
  const isTerminal = process.stdout.isTTY;
  const timer = setInterval(
    () => process.stdout.write(isTerminal ? `\r… ${seconds()} s` : `… ${seconds()} s\n`),
    isTerminal ? 1_000 : 10_000,
  );
  return () => {
    clearInterval(timer);
    if (isTerminal) process.stdout.write("\r");
  };
}
