import { expect, type Page } from "@playwright/test";
import { testAgents } from "../../../dev/test-agents";
import { APP_URL } from "./addresses";

/** Signs in through the real identity provider and the real session, as the forms would send it, without drawing their pages. */
export async function signInByRequests(page: Page, agent: string | RegExp): Promise<void> {
  const { request } = page.context();
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const started = await request.post("/api/auth/signin/proconnect", {
    headers: { origin: APP_URL },
    data: { csrfToken, callbackUrl: "/", json: "true" },
  });
  const choice = await request.get((await started.json()).url);
  // A browser that is known to the provider comes back at once.
  const arrival = choice.url().startsWith(APP_URL)
    ? choice
    : await request.post(choice.url(), { form: { agent: keyOf(agent) } });
  expect(arrival.url()).toBe(`${APP_URL}/`);
}

function keyOf(agent: string | RegExp): string {
  const found = Object.entries(testAgents).filter(([, { givenName, usualName, presentation }]) =>
    `${givenName} ${usualName} ${presentation}`.match(agent),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} test agents are called ${agent}`);
  return only[0];
}
