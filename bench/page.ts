import { signIn, startApplication } from "./support/application.ts";
import { pageOf, startChromium } from "./support/chromium.ts";
import { startUpstream } from "./support/upstream.ts";

/*
 * Bytes of JavaScript, compressed, that a real browser receives for the chat page before anyone touches it. The
 * `noModule` chunk is left apart: browsers we support never run it.
 */
const BUDGET_KB = 200;
const SETTLE_MS = 3_000;

const upstream = await startUpstream();
const application = await startApplication(upstream.baseUrl);
const chromium = await startChromium();
try {
  const visitor = await signIn(application.origin, "culture");
  const page = await pageOf(chromium, visitor, application.origin);
  const network = await page.createCDPSession();
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
  const answer = await page.goto(application.origin, { waitUntil: "load" });
  if (!answer?.ok() || new URL(page.url()).pathname !== "/")
    throw new Error(`the chat page was not shown: ${page.url()}`);
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const legacy = new Set(
    await page.$$eval("script[nomodule]", (tags) => tags.map((tag) => (tag as HTMLScriptElement).src)),
  );

  const files = [...scripts]
    .map(([id, url]) => ({ file: new URL(url).pathname.split("/").at(-1) ?? url, url, bytes: received.get(id) ?? 0 }))
    .sort((a, b) => b.bytes - a.bytes);
  const kB = (of: typeof files) => of.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
  // A page whose scripts were refused (a nonce that is missing, for one) would look very light.
  if (files.length === 0) throw new Error("the page loaded no script at all");
  const counted = files.filter(({ url }) => !legacy.has(url));
  for (const { file, bytes } of counted) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
  console.log(`noModule, apart: ${kB(files.filter(({ url }) => legacy.has(url))).toFixed(1)} kB`);
  console.log(
    `JavaScript of the chat page before the first interaction: ${kB(counted).toFixed(1)} kB, budget ${BUDGET_KB} kB`,
  );
} finally {
  await chromium.close();
  await application.close();
  upstream.close();
}
