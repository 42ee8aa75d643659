import { existsSync } from "node:fs";
import { type Browser, launch, type Page } from "puppeteer-core";

/** What the workstations have. Playwright drives only its own Firefox; puppeteer drives this one, over WebDriver BiDi. */
const FIREFOX_ESR = "/usr/bin/firefox-esr";

export const isFirefoxThere = existsSync(FIREFOX_ESR);

export const launchFirefox = (): Promise<Browser> =>
  launch({
    browser: "firefox",
    executablePath: FIREFOX_ESR,
    headless: true,
    extraPrefsFirefox: { "intl.accept_languages": "fr-FR,fr" },
  });

/** What a page did that it must not: requests to third parties, and errors. */
export function watchPage(page: Page): string[] {
  const complaints: string[] = [];
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (!["data:", "blob:"].includes(protocol) && !["localhost", "127.0.0.1"].includes(hostname))
      complaints.push(`third party: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

export const button = (name: string) => `::-p-xpath(//button[contains(normalize-space(.), "${name}")])`;
