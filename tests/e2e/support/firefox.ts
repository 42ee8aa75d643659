import { existsSync } from "node:fs";
import { type Browser, launch, type Page } from "puppeteer-core";

/** What the workstations have. Playwright drives only its own Firefox; puppeteer drives this one, over WebDriver BiDi. */
const FIREFOX_ESR = "/usr/bin/firefox-esr";

/** What Firefox says of a page that was being read again when one left it. */
const CUT_BY_LEAVING = "TypeError: Error in input stream";

export const isFirefoxThere = existsSync(FIREFOX_ESR);

export const launchFirefox = (): Promise<Browser> =>
  launch({
    browser: "firefox",
    executablePath: FIREFOX_ESR,
    headless: true,
    extraPrefsFirefox: { "intl.accept_languages": "fr-FR,fr" },
  });

/** What a page did that it must not: requests to third parties, and errors. */
export async function watchPage(page: Page): Promise<string[]> {
  // An error that is logged comes out as a handle: its words are logged instead.
  await page.evaluateOnNewDocument(() => {
    const log = console.error.bind(console);
    console.error = (...said: unknown[]) =>
      log(...said.map((one) => (one instanceof Error ? `${one} ${one.stack}` : one)));
  });
  const complaints: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && !["localhost", "127.0.0.1"].includes(hostname))
      complaints.push(`third party: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith(CUT_BY_LEAVING)) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

export const button = (name: string) => `::-p-xpath(//button[contains(normalize-space(.), "${name}")])`;
