import { test as base, expect, type Page } from "@playwright/test";
import { SITE_HOSTS } from "./addresses";
import { signInByRequests } from "./sign-in";

type Watch = {
  /** Requests that left the application's own origin and the identity provider's. */
  foreign: string[];
  /** Errors of the console: a refused inline script, a broken hydration, an exception. */
  complaints: string[];
};

/** Every journey watches the network and the console; a page that calls someone else or breaks its own policy fails it. */
export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ page }, use) => {
      const watch: Watch = { foreign: [], complaints: [] };
      page.on("request", (request) => {
        const { protocol, hostname, host } = new URL(request.url());
        const isLocal = ["localhost", "127.0.0.1"].includes(hostname) && !SITE_HOSTS.includes(host);
        const ours = ["data:", "blob:"].includes(protocol) || isLocal;
        if (!ours) watch.foreign.push(request.url());
      });
      page.on("requestfailed", (request) => {
        // Chromium tells of a request that the page's policy refused; nothing left.
        if (request.failure()?.errorText === "csp") watch.foreign.splice(watch.foreign.indexOf(request.url()), 1);
      });
      page.on("console", (message) => {
        // A refused status is the subject of several journeys, and the browser logs each one.
        if (message.type() === "error" && !message.text().includes("Failed to load resource"))
          watch.complaints.push(message.text());
      });
      page.on("pageerror", (error) => watch.complaints.push(String(error)));
      await use(watch);
      expectQuiet(watch);
    },
    { auto: true },
  ],
});

export { expect };

export function expectQuiet({ foreign, complaints }: Watch): void {
  expect(foreign, "requests to third parties").toEqual([]);
  expect(complaints, "errors in the console").toEqual([]);
}

/** Signs in as one of the test agents, by the name on its button, and goes home. */
export async function signIn(page: Page, agent: string | RegExp): Promise<void> {
  await signInByRequests(page, agent);
  await page.goto("/");
  await untilReady(page);
}

/** The same through the pages that people see, starting at `from`. */
export async function signInOnPages(page: Page, agent: string | RegExp, { from = "/connexion" } = {}): Promise<void> {
  await page.goto(from);
  const { origin } = new URL(page.url());
  await page.getByRole("button", { name: "S’identifier avec ProConnect" }).click();
  await page.getByRole("button", { name: agent }).click();
  await page.waitForURL((url) => url.origin === origin && url.pathname !== "/connexion");
  await untilReady(page);
}

/** The page answers to the keyboard: what is typed before stays in the field, and Entrée breaks the line. */
export const untilReady = (page: Page) => page.locator("#saisie[enterkeyhint=send]").waitFor({ state: "attached" });

export const composer = (page: Page) => page.getByRole("textbox", { name: "Votre message" });

/** What goes with the message: its field and its files. */
export const composerForm = (page: Page) => page.locator("form").filter({ has: composer(page) });

/** Sends a question, and waits until it is drawn: what is last in the page is then no longer the answer to another one. */
export async function send(page: Page, question: string): Promise<void> {
  const messages = page.getByRole("article");
  const before = await messages.count();
  await composer(page).fill(question);
  await composer(page).press("Enter");
  await expect.poll(() => messages.count()).toBeGreaterThan(before);
}

/** Asks, and waits until the answer that the server stored is there with all that can be done with it. */
export async function ask(page: Page, question: string): Promise<void> {
  await send(page, question);
  await expect(page.getByText("Réponse terminée")).toBeAttached();
  const answer = page.getByRole("article").last();
  await expect(answer.getByRole("button", { name: "Régénérer la réponse" })).toBeVisible();
}
