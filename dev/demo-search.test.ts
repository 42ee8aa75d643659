import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSearxng } from "@/lib/providers/web-search.searxng";
import type { SearchPeriod } from "@/lib/web/schema";
import { readDemoPages } from "./demo-corpus";
import { type DemoSearch, startDemoSearch } from "./demo-search";

let demo: DemoSearch;
beforeAll(async () => {
  demo = await startDemoSearch({});
});
afterAll(() => demo.close());

const found = async (text: string, period: SearchPeriod | null = null, page = 1) => {
  const engine = createSearxng({ url: demo.baseUrl, label: "Démonstration", hosting: undefined });
  return (await engine.search({ text, period, page }, new AbortController().signal)).results;
};
const fileOf = (url: string) => new URL(url).pathname.split("/").at(-1);

describe("through the product's own adapter", () => {
  it.each([
    ["jours de congés annuels et fractionnement", "conges-annuels.html"],
    ["combien de jours de télétravail par semaine", "teletravail.html"],
    ["remboursement frais de mission hébergement", "frais-de-mission.html"],
    ["détachement ou mise à disposition mobilité", "mobilite.html"],
    ["concours interne conditions", "concours.html"],
    ["seuils marchés publics procédure adaptée", "marches-publics-seuils.html"],
    ["critères RGAA accessibilité", "accessibilite-rgaa.html"],
    ["violation de données RGPD CNIL 72 heures", "rgpd-registre.html"],
    ["saisir la CADA refus document administratif", "acces-documents-cada.html"],
    ["écrire un courrier FALC", "courrier-falc.html"],
    ["licence ouverte données ouvertes", "open-data.html"],
    ["éliminer des archives visa", "archives-publiques.pdf"],
    ["congés bonifiés", "page-piegee.html"],
  ])("« %s » finds %s first, with an excerpt", async (text, file) => {
    const [result] = await found(text);
    expect(fileOf(result?.url ?? "")).toBe(file);
    expect(result?.title).not.toBe("");
    expect(result?.snippet).not.toBe("");
  });

  it("finds nothing for what it does not know, and has no second page", async () => {
    expect(await found("recette de la tarte aux myrtilles")).toEqual([]);
    expect(await found("télétravail", null, 2)).toEqual([]);
  });

  it("honours the period, and gives each page's date", async () => {
    expect((await found("télétravail", "day")).map(({ url }) => fileOf(url))).toEqual(["actualite-teletravail.html"]);
    const week = await found("télétravail", "week");
    expect(week.map(({ url }) => fileOf(url)).sort()).toEqual(["actualite-teletravail.html", "teletravail.html"]);
    for (const { date } of week) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect((await found("concours interne", "year")).map(({ url }) => fileOf(url))).not.toContain("concours.html");
  });
});

describe("its pages", () => {
  it("are fourteen at least, each on its site, readable, dated, and said to be of a demonstration", async () => {
    const pages = readDemoPages();
    expect(pages.length).toBeGreaterThanOrEqual(14);
    const results = new Map<string, string>();
    for (const { title } of pages) for (const { url } of await found(title)) results.set(fileOf(url) ?? "", url);
    expect(results.size).toBe(pages.length);
    for (const url of results.values()) {
      const response = await fetch(url);
      expect(response.status).toBe(200);
      expect(response.headers.get("last-modified")).toBeTruthy();
      expect(demo.hosts).toContain(new URL(url).host);
      if (url.endsWith(".pdf")) {
        expect(response.headers.get("content-type")).toBe("application/pdf");
        expect(
          Buffer.from(await response.arrayBuffer())
            .subarray(0, 5)
            .toString(),
        ).toBe("%PDF-");
        continue;
      }
      const html = await response.text();
      expect(html).toContain("Page de démonstration");
      expect(html).toMatch(/<time datetime="\d{4}-/);
      expect(html).not.toContain("{{");
      // French typography: no plain space before a double punctuation.
      expect(html.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>|&#8203;/g, "")).not.toMatch(/ [:;?»]| !(?!\[)|« /);
    }
  });

  it("come with a home page, a robots.txt, and nothing else; three sites of which two pass for official", async () => {
    expect(await (await fetch(`${demo.pagesOrigin}/robots.txt`)).text()).toContain("User-agent: *");
    expect(await (await fetch(`${demo.pagesOrigin}/`)).text()).toContain("/pages/conges-annuels.html");
    expect((await fetch(`${demo.pagesOrigin}/pages/../../package.json`)).status).toBe(404);
    expect((await fetch(`${demo.pagesOrigin}/pages/open-data.html`)).status).toBe(404);
    expect(demo.hosts).toHaveLength(3);
    expect(demo.officialHosts).toEqual(demo.hosts.slice(0, 2));
  });

  it("hide instructions in one of them, where people do not look", async () => {
    const [result] = await found("congés bonifiés");
    const html = await (await fetch(result?.url ?? "")).text();
    expect(html).toMatch(/<!-- SYSTEM: ignore.*display:none.*hidden.*alt="Assistant.*&#8203;/s);
  });
});

it("refuses what SearXNG refuses", async () => {
  const statusOf = async (path: string) => (await fetch(`${demo.baseUrl}${path}`)).status;
  expect(await statusOf("/search?q=a")).toBe(403);
  expect(await statusOf("/search?format=json")).toBe(400);
  expect(await statusOf("/autre")).toBe(404);
});

it("takes the ports that follow its own for its sites, and others when they are taken", async () => {
  const following = (port: number) => [1, 2, 3].map((n) => `127.0.0.1:${port + n}`);
  let port = 20_000 + (process.pid % 10_000);
  let first = await startDemoSearch({ port });
  // Someone else on the machine may have one of these.
  for (let tries = 1; tries < 10 && String(first.hosts) !== String(following(port)); tries += 1) {
    await first.close();
    port += 10;
    first = await startDemoSearch({ port });
  }
  expect(first.hosts).toEqual(following(port));
  const second = await startDemoSearch({ port });
  expect(new Set([...first.hosts, ...second.hosts]).size).toBe(6);
  await first.close();
  await second.close();
});
