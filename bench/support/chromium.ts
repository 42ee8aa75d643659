import { existsSync } from "node:fs";
import { type Browser as Chromium, launch, type Page } from "puppeteer-core";
import type { Browser as Visitor } from "../../tests/support/browser.ts";

/** The system's Chromium when there is one, else the one that npm installs. */
export async function startChromium(): Promise<Chromium> {
  const found = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/chromium-headless-shell",
  ].find((path) => existsSync(path));
  // A shell has no other way to run than without a window, and refuses to be told.
  const headless = found?.endsWith("-shell") ? "shell" : true;
  if (found) return launch({ executablePath: found, args: ["--no-sandbox"], headless });
  const { default: packaged } = await import("@sparticuz/chromium");
  return launch({ executablePath: await packaged.executablePath(), args: packaged.args, headless: true });
}

/** A page of `chromium` where `visitor` is signed in. */
export async function pageOf(chromium: Chromium, visitor: Visitor, origin: string): Promise<Page> {
  const page = await chromium.newPage();
  await page.setCookie(
    ...visitor.cookieNames(origin).map((name) => ({
      name,
      value: visitor.cookie(name) ?? "",
      url: origin,
      // Chromium wants it for __Host- names, and takes it on localhost.
      secure: name.startsWith("__"),
    })),
  );
  return page;
}
