import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimiseQuery } from "./minimise-query";

describe("minimiseQuery takes out", () => {
  it.each([
    ["email", "congé de marie.o’neil+rh@interieur.gouv.fr refusé", "congé de refusé"],
    ["email", "écrire à jean.dupont (at) mairie-lyon.fr recours", "écrire à recours"],
    ["phone", "appeler le 06 12 34 56 78 pour un recours", "appeler le pour un recours"],
    ["phone", "tél. 01.40.20.30.40 horaires préfecture", "tél. horaires préfecture"],
    ["phone", "0612345678 démarchage", "démarchage"],
    ["phone", "+33 (0)6 12 34 56 78 signalement", "signalement"],
    ["phone", "0033 6 12 34 56 78 signalement", "signalement"],
    ["phone", "+262 692 12 34 56 La Réunion", "La Réunion"],
    ["phone", "06-12-34-56-78 arnaque", "arnaque"],
    ["nir", "retraite assuré 1 85 05 78 006 084 91 carrière", "retraite assuré carrière"],
    ["nir", "retraite 269029934101229 carrière", "retraite carrière"],
    ["nir", "né en Corse 185052A00300114 carte vitale", "né en Corse carte vitale"],
    ["nir", "2 94 03 2B 120 005 78 affiliation", "affiliation"],
    ["iban", "virement FR76 3000 6000 0112 3456 7890 189 dans les délais", "virement dans les délais"],
    ["iban", "fr7630006000011234567890189 rejet", "rejet"],
    ["iban", "compte DE89 3704 0044 0532 0130 00 paie", "compte paie"],
    ["card", "carte 4539 1488 0343 6467 perdue", "carte perdue"],
    ["card", "carte achat 4539148803436467 perdue", "carte achat perdue"],
    ["plate", "stationnement AB-123-CD amende", "stationnement amende"],
    ["plate", "véhicule AB123CD fourrière", "véhicule fourrière"],
    ["plate", "véhicule immatriculé 1234 AB 75 épave", "véhicule immatriculé épave"],
    ["address", "permis de construire 12 bis rue des Lilas 69003 Lyon délai", "permis de construire délai"],
    [
      "address",
      "habite au 4, avenue de la République à Nantes aide au logement",
      "habite au à Nantes aide au logement",
    ],
    ["address", "12 RUE DES LILAS insalubrité", "insalubrité"],
    ["address", "3 place Bellecour terrasse autorisation", "terrasse autorisation"],
    ["address", "145 bd Victor Hugo 59000 Lille taxe foncière", "taxe foncière"],
    ["tax_number", "numéro fiscal 30 12 345 678 901 réclamation", "numéro fiscal réclamation"],
    ["tax_number", "numéro fiscal 3012345678901 réclamation", "numéro fiscal réclamation"],
    ["url", "lire https://exemple.fr/dossier?id=42&nom=durand procédure", "lire procédure"],
    ["url", "voir www.exemple.fr/suivi?jeton=abc délai", "voir délai"],
  ])("%s: %s", (kind, text, left) => {
    expect(minimiseQuery(text)).toEqual({ text: left, removed: [kind] });
  });

  it("several kinds at once, and names each once", () => {
    const { text, removed } = minimiseQuery(
      "recours de marie@mairie.fr et paul@mairie.fr, 06 12 34 56 78, 12 rue Pasteur 35000 Rennes (AB-123-CD)",
    );
    expect(text).toBe("recours de et");
    expect(removed.sort()).toEqual(["address", "email", "phone", "plate"]);
  });
});

describe("minimiseQuery keeps", () => {
  it.each([
    "article L. 1234-5 du code du travail",
    "article R. 01.23.45.67.89 du règlement",
    "loi n° 2024-42 du 26 janvier 2024",
    "décret n° 84-972 du 26 octobre 1984 congés annuels",
    "SIRET 130 025 265 00013 DINUM",
    "SIRET 13002526500013",
    "SIREN 130025265",
    "seuil de 221 000 € HT fournitures",
    "montant de 1 234 567,89 euros budget",
    "du 12/11/2025 au 01/02/2026 calendrier",
    "délibération n° 2023-117-0456",
    "norme EN 301 549 accessibilité",
    "règlement (UE) 2016/679 RGPD",
    "appeler le 3939 Allô service public",
    "20 cours de formation par an",
    "2 places de parking handicapé obligatoires",
    "3 voies cyclables et 1 place de marché",
    "marché de voirie rue de la République",
    "NOR TFPF2412345D",
    "ISBN 9782110123456",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006900845",
    "carte 4539 1488 0343 6468",
    "assuré 1 85 05 78 006 084 90",
    "3 agents 12 postes 45 jours 100 000 heures",
    "IBAN FR76 3000 6000 0112 3456 7890 188",
    "version 10.12.34.56.78",
    "« congé bonifié » outre-mer",
    'l\'article 6 "licéité du traitement"',
  ])("%s", (text) => {
    expect(minimiseQuery(text)).toEqual({ text, removed: [] });
  });
});

describe("minimiseQuery shortens", () => {
  it("to twenty words and two hundred characters, between words", () => {
    expect(minimiseQuery("mot ".repeat(50)).text).toBe("mot ".repeat(20).trim());
    const { text } = minimiseQuery("fonctionnarisation ".repeat(19));
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text).toMatch(/^(fonctionnarisation ?)+$/);
    expect(text).toMatch(/fonctionnarisation$/);
    expect(minimiseQuery("x".repeat(500)).text).toHaveLength(200);
  });

  it("and leaves nothing of an address that the cut would have halved", () => {
    const { text, removed } = minimiseQuery(`${"mot ".repeat(19)}jeanne.durand@mairie.fr suite`);
    expect(text).not.toContain("jeanne");
    expect(removed).toEqual(["email"]);
  });

  it("spaces, controls and unseen characters", () => {
    expect(minimiseQuery(" congés\n\tannuels\u0007\u200b  2026 ").text).toBe("congés annuels 2026");
  });

  it.each([
    ['congé "longue maladie', "congé longue maladie"],
    ['"congé" longue "maladie', '"congé" longue maladie'],
    ["« congé longue maladie", "congé longue maladie"],
    ["congé “longue maladie", "congé longue maladie"],
  ])("and balances quotes: %s", (text, balanced) => {
    expect(minimiseQuery(text).text).toBe(balanced);
  });
});

it("passes the text through other filters, such as a detector of names", () => {
  const names = (text: string) => ({ text: text.replace("Durand", ""), removed: ["name"] });
  expect(minimiseQuery("congé Durand x@y.fr", [names])).toEqual({ text: "congé x@y.fr", removed: ["name"] });
});

it("never lets through a number that it knows, whatever surrounds it, and never says it", () => {
  const known = [
    "marie.durand@mairie.fr",
    "0612345678",
    "269029934101229",
    "FR7630006000011234567890189",
    "4539148803436467",
  ];
  const words = fc.array(fc.constantFrom("congé", "le", "12", "de", "à", "Lyon", "(dossier)", "l’", ":"), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(words, fc.constantFrom(...known), words, (before, value, after) => {
      const said = minimiseQuery([...before, value, ...after].join(" "));
      // A digit before it is taken for the beginning of a longer number.
      fc.pre(before.at(-1) !== "12" && after[0] !== "12");
      expect(JSON.stringify(said)).not.toContain(value);
      expect(said.removed).not.toEqual([]);
    }),
  );
});

it("reads hostile texts at once", () => {
  const hostile = [
    "1 ".repeat(2_000),
    "a.".repeat(2_000),
    "FR76 ".repeat(800),
    "12 rue de la ".repeat(300),
    "immatriculé ".repeat(330),
  ];
  const before = process.cpuUsage();
  for (const text of [...hostile, "x@".repeat(1_000_000)]) minimiseQuery(text);
  expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
});
