import { expect, it } from "vitest";
import { findWebAddresses } from "./find-web-addresses";

it.each([
  ["Résume https://exemple.fr/a", ["https://exemple.fr/a"]],
  ["Résume https://exemple.fr/a.", ["https://exemple.fr/a"]],
  ["As-tu lu https://exemple.fr/a ?", ["https://exemple.fr/a"]],
  ["As-tu lu https://exemple.fr/a?", ["https://exemple.fr/a"]],
  ["https://exemple.fr/a?page=2&tri=date, puis le reste…", ["https://exemple.fr/a?page=2&tri=date"]],
  ["Voici : https://exemple.fr/a…", ["https://exemple.fr/a"]],
  ["(voir https://exemple.fr/a)", ["https://exemple.fr/a"]],
  ["(voir https://exemple.fr/a_(b)).", ["https://exemple.fr/a_(b)"]],
  ["https://fr.wikipedia.org/wiki/Bercy_(Paris)", ["https://fr.wikipedia.org/wiki/Bercy_(Paris)"]],
  ["la page «\u00a0https://exemple.fr/a\u00a0»", ["https://exemple.fr/a"]],
  ["la page «https://exemple.fr/a», lue", ["https://exemple.fr/a"]],
  ["la page “https://exemple.fr/a”", ["https://exemple.fr/a"]],
  ['la page "https://exemple.fr/a"', ["https://exemple.fr/a"]],
  ["<https://exemple.fr/a>", ["https://exemple.fr/a"]],
  ["[la page](https://exemple.fr/a)", ["https://exemple.fr/a"]],
  ['[la page](https://exemple.fr/a "Son titre")', ["https://exemple.fr/a"]],
  ["[https://exemple.fr/a](https://exemple.fr/a)", ["https://exemple.fr/a"]],
  ["![](https://exemple.fr/a.png)", ["https://exemple.fr/a.png"]],
  ["**https://exemple.fr/a**", ["https://exemple.fr/a"]],
  ["| https://exemple.fr/a|https://exemple.fr/b |", ["https://exemple.fr/a", "https://exemple.fr/b"]],
  [
    "https://exemple.fr/a,https://exemple.fr/b;http://exemple.fr/c",
    ["https://exemple.fr/a", "https://exemple.fr/b", "http://exemple.fr/c"],
  ],
  ["https://exemple.fr/a\nhttps://exemple.fr/b", ["https://exemple.fr/a", "https://exemple.fr/b"]],
  ["https://exemple.fr/a#un puis https://exemple.fr/a#deux", ["https://exemple.fr/a"]],
  ["HTTPS://EXEMPLE.FR/A", ["https://exemple.fr/A"]],
  ["https://exemple.fr/aujourd'hui", ["https://exemple.fr/aujourd'hui"]],
  ["l’adresse ’https://exemple.fr/a’", ["https://exemple.fr/a"]],
  ["https://préfecture.fr/été", ["https://xn--prfecture-c4a.fr/%C3%A9t%C3%A9"]],
  ["https://exemple.fr/a\u200b et la suite", ["https://exemple.fr/a"]],
  ["https://exemple.fr/?suite=https://exemple.fr/b", ["https://exemple.fr/?suite=https://exemple.fr/b"]],
  ["http://[2606:4700::1]/a]", ["http://[2606:4700::1]/a"]],
  ["http://localhost:3000/ et http://10.0.0.1/", ["http://localhost:3000/", "http://10.0.0.1/"]],
  ["https://", []],
  ["https:// exemple.fr", []],
  ["https://?", []],
  ["ftp://exemple.fr www.exemple.fr agent@exemple.fr javascript:alert(1)", []],
])("finds in « %s » what is an address", (text, addresses) => expect(findWebAddresses(text)).toEqual(addresses));

it("leaves out what is code, unless an address is all of it", () => {
  const text = [
    "Corrige ce script, d’après `https://exemple.fr/doc` :",
    "```sh",
    "curl https://exemple.fr/api",
    "```",
    "Il appelle `curl https://exemple.fr/autre`, et https://exemple.fr/fin",
    "~~~",
    "https://exemple.fr/jamais-fermé",
    "```",
    "https://exemple.fr/toujours",
  ].join("\n");
  expect(findWebAddresses(text)).toEqual(["https://exemple.fr/doc", "https://exemple.fr/fin"]);
});

it("reads a long text in a time that grows as it does", () => {
  const texts = ["https://", "https://a.fr/(", "https://a.fr,", "`", "https://a.fr/)]", "[(", "http"].map((piece) =>
    piece.repeat(100_000),
  );
  const start = process.cpuUsage();
  for (const text of texts) findWebAddresses(text);
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(5_000);
});
