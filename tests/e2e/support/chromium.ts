import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";

const SYSTEM_CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The system's Chromium when there is one, else the one that an npm package carries: no download in either case. */
export async function chromiumLaunch(): Promise<{ executablePath: string; args: string[] }> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  const system = SYSTEM_CHROMIUM.find((path) => existsSync(path));
  if (system) return { executablePath: system, args: ["--no-sandbox", "--disable-gpu", ...quiet] };
  return { executablePath: await sparticuz.executablePath(), args: [...sparticuz.args, ...quiet] };
}
