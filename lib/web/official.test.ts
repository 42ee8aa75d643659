import { describe, expect, it } from "vitest";
import { settingsSchema } from "@/lib/env";
import { isPreferred, preferOfficial, withoutCrowding } from "./official";
import type { WebResult } from "./schema";

const DEFAULT = settingsSchema.shape.WEB_PREFERRED_DOMAINS.parse(undefined);

describe("an official address, by default", () => {
  it.each([
    "https://www.legifrance.gouv.fr/codes/",
    "https://www.service-public.fr/particuliers/",
    "https://www.service-public.gouv.fr/",
    "https://www.data.gouv.fr/",
    "http://www.insee.fr/fr/",
    "https://insee.fr",
    "https://WWW.Insee.FR./statistiques",
    "https://www.collectivites-locales.gouv.fr/",
    "https://eur-lex.europa.eu/legal-content/FR/",
    "https://www.conseil-etat.fr/",
    "https://www.courdecassation.fr/",
    "https://www.ccomptes.fr/",
    "https://www.cnil.fr/",
    "https://www.defenseurdesdroits.fr/",
    "https://www.senat.fr/",
    "https://www.assemblee-nationale.fr/",
    "https://www.vie-publique.fr/",
  ])("%s", (address) => {
    expect(isPreferred(address, DEFAULT)).toBe(true);
  });

  it.each([
    "https://gouv.fr.evil.com/",
    "https://evil-insee.fr/",
    "https://insee.fr.evil.com/",
    "https://insee.frr/",
    "https://notgouv.fr/",
    "https://evilgouv.fr/",
    "https://www.insee.fr@evil.com/",
    "https://evil.com/www.insee.fr/",
    "https://evil.com/?u=https://www.insee.fr",
    "https://evil.com#.gouv.fr",
    "https://evil.com/.gouv.fr",
    "https://evil.com\\.gouv.fr/",
    "https://www.іnsee.fr/",
    "https://insee.com/",
    "https://europa.eu/",
    "pas une adresse",
  ])("but not %s", (address) => {
    expect(isPreferred(address, DEFAULT)).toBe(false);
  });

  it("is of the domain or under it, only under it after a star, or on that very port", () => {
    expect(isPreferred("https://exemple.fr/", ["*.exemple.fr"])).toBe(false);
    expect(isPreferred("https://a.b.exemple.fr/", ["*.exemple.fr"])).toBe(true);
    expect(isPreferred("http://127.0.0.1:3003/a", ["127.0.0.1:3003"])).toBe(true);
    expect(isPreferred("http://127.0.0.1:3004/a", ["127.0.0.1:3003"])).toBe(false);
    expect(isPreferred("https://insee.fr/", [])).toBe(false);
  });
});

const result = (url: string): WebResult => ({ url, title: url, snippet: "", date: null });
const ranked = (places: string) =>
  preferOfficial(
    [...places].map((letter, n) => result(`https://${letter === "o" ? "insee" : "blog"}.fr/${n}`)),
    DEFAULT,
  )
    .map(({ url }) => url.split("/").at(-1))
    .join(" ");

describe("official results go up", () => {
  it.each([
    ["xo", "1 0"],
    ["xxxxo", "4 0 1 2 3"],
    // The sixth passes four others: the first stays first.
    ["xxxxxo", "0 5 1 2 3 4"],
    // However many there are, the first is not below the fifth place.
    ["xoooooo", "1 2 3 4 0 5 6"],
    ["xxxxxxxxxxo", "0 1 2 3 4 5 10 6 7 8 9"],
    ["ooo", "0 1 2"],
    ["xxx", "0 1 2"],
    ["", ""],
  ])("%s → %s", (places, order) => {
    expect(ranked(places)).toBe(order);
  });
});

it("keeps the first three results of a site, www or not", () => {
  const urls = [
    "https://a.fr/1",
    "https://www.a.fr/2",
    "https://b.fr/1",
    "https://a.fr/3",
    "https://a.fr/4",
    "https://c.a.fr/1",
  ];
  expect(withoutCrowding(urls.map(result)).map(({ url }) => url)).toEqual(
    urls.filter((url) => url !== "https://a.fr/4"),
  );
});
