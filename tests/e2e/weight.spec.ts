import { expect, signIn, test } from "./support/journey";

/** Budget of the chat page before the first interaction, compressed. `npm run bench:page` says where they go. */
const BYTES_MAX = 200_000;

test("the chat page needs at most 200 kB of JavaScript before anyone touches it", async ({ page }) => {
  await signIn(page, /Anne Roux/);
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  await network.send("Network.setCacheDisabled", { cacheDisabled: true });
  const scripts = new Map<string, string>();
  const received = new Map<string, number>();
  network.on("Network.responseReceived", ({ requestId, response, type }) => {
    if (type === "Script") scripts.set(requestId, response.url);
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    received.set(requestId, encodedDataLength),
  );
  await page.goto("/", { waitUntil: "networkidle" });
  // Browsers that we support never run it.
  const legacy = await page
    .locator("script[nomodule]")
    .evaluateAll((tags) => tags.map((tag) => (tag as HTMLScriptElement).src));
  const counted = [...scripts].filter(([, url]) => !legacy.includes(url));
  const bytes = counted.reduce((sum, [id]) => sum + (received.get(id) ?? 0), 0);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(BYTES_MAX);
});
