import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { pdfWriter, show } from "@/tests/support/pdf-writer";
import { webPageFixture } from "@/tests/support/web-pages/fixtures";
import { readWebPage, type WebOrder } from "./web-page.ts";

const NOW = new Date("2026-03-10T12:00:00Z");

const readRaw = (bytes: Uint8Array | string, order: Partial<WebOrder> = {}) =>
  readWebPage(
    {
      url: "https://www.exemple.fr/page",
      type: "html",
      charset: null,
      ...order,
      bytes: new Uint8Array(Buffer.from(bytes)),
    },
    NOW,
  );

async function read(bytes: Uint8Array | string, order: Partial<WebOrder> = {}) {
  const reading = await readRaw(bytes, order);
  if (!("page" in reading)) throw new Error(`refused: ${reading.obstacle}`);
  return reading.page;
}

describe("what would be seen as something else", () => {
  it.each([
    ["marks of direction", "https://exemple.fr/%E2%80%AEfdp.exe", "fdp.exe"],
    [
      "several lines and a null character",
      "https://exemple.fr/Note%00%0A%0ASource%20officielle",
      "Note Source officielle",
    ],
    ["nothing but unseen marks", "https://exemple.fr/%E2%80%8B%E2%80%AE", "exemple.fr"],
    ["a name without end", `https://exemple.fr/${"a".repeat(1_500)}`, "a".repeat(300)],
  ])("is taken out of a title that only the address gives: %s", async (_what, url, title) => {
    expect(await read("Un texte simple.", { type: "text", url })).toMatchObject({ title });
  });

  it("is taken out of the text of a feed", async () => {
    const feed =
      "<rss><channel><title>Titre</title><description>Un \u202etexte\u200b caché</description></channel></rss>";
    expect((await read(feed, { type: "xml" })).text).toBe("Un texte caché");
  });
});

describe("the text of a page", () => {
  it("keeps the accordions, the lists and the table of an administrative sheet, and nothing around them", async () => {
    const page = await read(webPageFixture("fiche-service-public"));

    expect(page).toMatchObject({
      title: "Congé parental dans la fonction publique",
      site: "Service-Public.fr",
      author: null,
      date: "2026-02-16",
    });
    expect(page.text).toContain("par périodes de 2 à 6 mois renouvelables, jusqu’au 3e anniversaire");
    expect(page.text).toContain("## Quelle est la durée du congé ?\n\nLe congé est accordé");
    expect(page.text).toContain("- L’agent en fait la demande au moins 2 mois avant.\n- La demande de renouvellement");
    expect(page.text).toContain(
      "| Enfants nés en même temps | Fin du congé au plus tard |\n| --- | --- |\n| 1 ou 2 | Entrée à l’école maternelle |",
    );
    expect(page.text).toContain("prestation partagée d’éducation de l’enfant (PreParE)");
    expect(page.text).toContain("réintégré de plein droit");
    expect(page.text).toContain("articles L. 515-1 à L. 515-12");
    expect(page.text).not.toMatch(
      /Partager|Copier|Accueil|Particuliers|Aller au contenu|utile|Voir aussi|Disponibilité|Haut de page|3939|etalab|https?:/,
    );
  });

  it("keeps the whole of an article of law", async () => {
    const page = await read(webPageFixture("article-legifrance"), { url: "https://www.legifrance.gouv.fr/codes/x" });

    expect(page).toMatchObject({
      title: "Article L612-3 - Code général de la fonction publique",
      site: "Légifrance",
      date: "2022-03-01",
    });
    expect(page.text).toContain("1° À l’occasion de chaque naissance");
    expect(page.text).toContain("fixées par décret en Conseil d’État");
    expect(page.text).not.toMatch(/cookies|Imprimer|Codes|Mentions légales|diffusion du droit/);
  });

  it("keeps the article of a newspaper, its authors and the last of its dates", async () => {
    const page = await read(webPageFixture("article-presse"));

    expect(page).toMatchObject({
      title: "Télétravail : ce qui change pour les agents",
      site: "Le Courrier des services",
      author: "Jeanne Morel, Karim Diallo",
      date: "2026-03-03",
    });
    expect(page.text).toContain("porte à trois jours par semaine");
    expect(page.text).toContain("> « C’est une avancée");
    expect(page.text).not.toMatch(
      /842|Facebook|lettre d’information|Lire aussi|préfectures|dix questions|commentaire|Consigne/,
    );
  });

  it("keeps the body of a page made with Drupal, its ordered list and its table", async () => {
    const page = await read(webPageFixture("page-ministere"));

    expect(page).toMatchObject({ title: "Plan de formation 2026 des agents", date: "2026-03-05" });
    expect(page.text).toContain("1. Transition écologique");
    expect(page.text).toContain(
      "| Direction | Crédits (k€) |\n| --- | --- |\n| Budget | 420 |\n| Ressources humaines | 385 |",
    );
    expect(page.text).toContain("avant le 30 avril");
    expect(page.text).not.toMatch(/audience|Fil d|Partager|Imprimer|Suivez|LinkedIn|Actualités/);
  });

  it("reads a page in windows-1252 whose server says UTF-8", async () => {
    const page = await read(iconv.encode(webPageFixture("page-wordpress"), "windows-1252"), { charset: "utf-8" });

    expect(page).toMatchObject({
      title: "Marchés publics : l’œil du rédacteur",
      site: "Carnet de l’achat",
      author: "Claire Noël",
      date: "2025-11-04",
    });
    expect(page.text).toContain("100 000 €");
    expect(page.text).toContain("souvent oubliée des rédacteurs…");
    expect(page.text).not.toMatch(/Partager|compétitif|Catégories|propulsé/);
  });

  it("reads the charset that a server says rather than that of the page, and finds one that none says", async () => {
    const html = '<meta charset="iso-8859-1"><p>Приказ о работе архива';

    expect((await read(iconv.encode(html, "windows-1251"), { charset: "windows-1251" })).text).toContain("Приказ");
    expect((await read(iconv.encode("<p>Été à l’école", "macintosh"), {})).text).toBe("Été à l’école");
    expect((await read(Buffer.from("\ufeff<p>élève"), { charset: "iso-8859-1" })).text).toBe("élève");
  });

  it("reads what is damaged as a browser does", async () => {
    const page = await read(
      "<h1>Titre</h1><p>Un <b>mot<p>deux <table><tr><td>a<td>b<tr><td>c<td>d</i></table><ul><li>x<li>y</div></body></html>après<sc",
    );

    expect(page.text).toContain("| a | b |\n| --- | --- |\n| c | d |");
    expect(page.text).toContain("- x\n- y");
    expect(page.text).toContain("après");
  });
});

describe("what a page does not show", () => {
  it("is not read, each way of hiding it", async () => {
    const { text } = await read(webPageFixture("consignes-cachees"));

    expect(text.match(/.*CONSIGNE.*/g)).toBeNull();
    expect(text).toContain("sans rendez-vous");
    expect(text).toContain("fermé les jours fériés");
    expect(text).toContain("Fermeture exceptionnelle le 2 mai.");
    expect(text).toContain("Accès par la rue des Archives.");
  });

  it("is not read in characters that are not seen", async () => {
    const tags = Array.from("ignore", (letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
    const bytes = Array.from("cache", (letter) => String.fromCodePoint(0xe0100 + letter.charCodeAt(0))).join("");
    const { text } = await read(`<p>Ac\u200bcès${tags} li\u202ebre\u2069 😀${bytes}\u2064 à\ufeff tous</p>`);

    expect(text).toBe("Accès libre 😀 à tous");
  });
});

describe("a page without text", () => {
  it.each([
    ["closed", webPageFixture("article-abonnes")],
    ["closed", "<article><p>Le budget de la région augmente.</p><p>Cet article est réservé aux abonnés.</p></article>"],
    ["closed", "<p>Le budget augmente.</p><p>Il vous reste 82 % de cet article à lire.</p>"],
    [
      "closed",
      "<h1>Intranet</h1><p>Veuillez vous connecter pour accéder à cette page.</p><form><input name=login></form>",
    ],
    ["unreadable", webPageFixture("application-sans-serveur")],
    ["unreadable", "<div id=root>You need to enable JavaScript to run this app.</div>"],
    ["unreadable", "<p>Veuillez activer JavaScript dans votre navigateur.</p>"],
    ["unreadable", "<html><body></body></html>"],
    ["unreadable", "<nav><a href=/>Accueil</a></nav><footer>Mentions légales</footer>"],
    ["unreadable", "   "],
  ])("is refused as %s", async (obstacle, html) => {
    expect(await readRaw(html)).toEqual({ obstacle });
  });

  it("is not what tells of a place that must be paid for", async () => {
    const museum = '{"@context":"https://schema.org","@type":"Museum","name":"Musée","isAccessibleForFree":false}';

    expect((await read(`<script type="application/ld+json">${museum}</script><p>Ouvert le mardi.`)).text).toBe(
      "Ouvert le mardi.",
    );
  });

  it("is not what speaks of subscribers at length", async () => {
    const { text } = await read(
      `<article>${"<p>La presse vit de ses lecteurs.</p>".repeat(250)}<p>Contenu réservé aux abonnés.</p>`,
    );

    expect(text).toContain("La presse vit");
  });
});

describe("other kinds", () => {
  it("are read as they are", async () => {
    expect(await read("# Note\n\nTexte", { type: "markdown" })).toMatchObject({
      title: "Note",
      text: "# Note\n\nTexte",
    });
    expect(
      await read(iconv.encode("Été", "latin1"), { type: "text", url: "https://www.exemple.fr/a/notice.txt" }),
    ).toEqual({
      title: "notice.txt",
      site: "exemple.fr",
      author: null,
      date: null,
      text: "Été",
    });
    expect((await read('{"a":[1,{"b":"é"}]}', { type: "json" })).text).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": "é"\n    }\n  ]\n}',
    );
    expect((await read('{"a":', { type: "json" })).text).toBe('{"a":');
  });

  it("have at most 200,000 characters, cut between two lines", async () => {
    const { text } = await read(`${"é".repeat(99)}\n`.repeat(5_000), { type: "text" });

    expect(text.length).toBeGreaterThan(199_000);
    expect(text.length).toBeLessThanOrEqual(200_000);
    expect(text.endsWith("é".repeat(99))).toBe(true);
  });

  it("give the items of a feed", async () => {
    const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Actualités du ministère</title><link>https://a.gouv.fr/</link>
      <item><title>Concours &amp; examens</title><link>https://a.gouv.fr/1</link><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>
      <description><![CDATA[<p>Les inscriptions <b>ouvrent</b>.</p><script>x</script>]]></description></item></channel></rss>`;
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Journal</title><updated>2026-03-04T00:00:00Z</updated>
      <entry><title>Décret</title><link rel="self" href="https://j.fr/self"/><link href="https://j.fr/2"/><summary>Texte du décret.</summary></entry></feed>`;

    expect(await read(rss, { type: "xml" })).toMatchObject({
      title: "Actualités du ministère",
      date: "2026-03-03",
      text: "## Concours & examens\n\n2026-03-03 · https://a.gouv.fr/1\n\nLes inscriptions ouvrent.",
    });
    expect(await read(atom, { type: "xml" })).toMatchObject({
      title: "Journal",
      date: "2026-03-04",
      text: "## Décret\n\nhttps://j.fr/2\n\nTexte du décret.",
    });
    expect((await read("<a><b>un</b><c>deux <d>trois</d></c></a>", { type: "xml" })).text).toBe("un\ntrois");
    await expect(readRaw("<a><b></a>", { type: "xml" })).rejects.toMatchObject({ code: "damaged" });
  });

  it("give the pages of a PDF, marked", async () => {
    const writer = pdfWriter();
    writer.page({ content: show(60, 700, "Premiere page du rapport annuel.") });
    writer.page({ content: show(60, 700, "Seconde page du rapport annuel.") });

    const page = await read(writer.bytes(), { type: "pdf" });

    expect(page.text).toMatch(/^⟨page 1⟩\n\nPremiere page[^⟨]*⟨page 2⟩\n\nSeconde page/);
  });
});
