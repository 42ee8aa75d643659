import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility";
import { expect, expectQuiet, test } from "./support/journey";

/*
 * The gates that every journey goes through, each with a fault that must turn it red.
 */
const SOUND = `<!doctype html><html lang="fr"><head><title>Saine</title><meta name="viewport" content="width=device-width">
<style>body { color: #111; background: #fff }</style></head><body><main><h1>Une page saine</h1>PLANTED</main></body></html>`;
const aPage = (planted: string) => SOUND.replace("PLANTED", planted);

const faults: [fault: string, planted: string, complaint: RegExp][] = [
  ["an image without a text", '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', /image-alt/],
  ["a field without a label", "<input>", /label/],
  ["a button without a name", "<button></button>", /button-name/],
  ["a grey too pale", '<p style="color: #ccc">Un texte pâle</p>', /color-contrast/],
  [
    "a grey too pale in the dark theme alone",
    "<style>@media (prefers-color-scheme: dark) { p { color: #ccc } }</style><p>Un texte pâle la nuit</p>",
    /dark color-contrast/,
  ],
  ["a second main title", "<h1>Un autre</h1>", /toHaveCount/],
];

test("the accessibility gate accepts a sound page", async ({ page }) => {
  await page.setContent(aPage("<p>Du texte</p>"));
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

for (const [fault, planted, complaint] of faults) {
  test(`the accessibility gate refuses ${fault}`, async ({ page }) => {
    await page.setContent(aPage(planted));
    await expect(expectAccessible(page, { patienceMs: 500 })).rejects.toThrow(complaint);
  });
}

test("the gate of narrow screens refuses what is wider", async ({ page }) => {
  await page.setContent(aPage('<div style="width: 200vw">Large</div>'));
  await expect(expectNoSidewaysScroll(page)).rejects.toThrow();
});

test("the policy of the real pages stops a planted script, style and image, and the journeys' watch sees each one", async ({
  page,
  watch,
}) => {
  const planted: [html: string, directive: string][] = [
    ["<script>window.pirate = true</script>", "script-src"],
    ['<script src="data:text/javascript,window.pirate=true"></script>', "script-src"],
    ["<style>body { display: none }</style>", "style-src"],
    ['<img alt="" src="https://pirate.invalid/pixel.gif">', "img-src"],
    ['<iframe title="pirate" src="https://pirate.invalid/"></iframe>', "frame-src"],
    ['<base href="https://pirate.invalid/">', "base-uri"],
  ];
  for (const [html, directive] of planted) {
    await page.route("**/mentions-legales", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace("</main>", `${html}</main>`) });
    });
    await page.goto("/mentions-legales");
    await expect.poll(() => watch.complaints.join(), { message: html }).toContain(directive);
    expect(() => expectQuiet(watch)).toThrow("errors in the console");
    expect(await page.evaluate(() => "pirate" in window)).toBe(false);
    await page.unroute("**/mentions-legales");
    watch.complaints.length = 0;
  }
  expect(watch.foreign).toEqual([]);
});

test("the journeys' watch sees a request to a third party", async ({ page, watch }) => {
  await page.route("https://pirate.invalid/**", (route) => route.fulfill({ body: "" }));
  await page.setContent(aPage('<img alt="" src="https://pirate.invalid/pixel.gif">'));
  expect(() => expectQuiet(watch)).toThrow("requests to third parties");
  watch.foreign.length = 0;
});
