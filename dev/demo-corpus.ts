import { readFileSync } from "node:fs";

/** The three sites of the demonstration: two that pass for official, and a newspaper. */
export const DEMO_SITES = {
  sheets: { name: "Fiches de démonstration", isOfficial: true },
  guides: { name: "Guides de démonstration", isOfficial: true },
  paper: { name: "Le Journal de démonstration", isOfficial: false },
} as const;
export type DemoSite = keyof typeof DEMO_SITES;

export type DemoPage = {
  /** From the root of its site. */
  path: string;
  site: DemoSite;
  title: string;
  /** The text that is searched, paragraph by paragraph. */
  paragraphs: string[];
  /** It changed so many days ago, whenever it is read. */
  daysAgo: number;
  /** HTML of the article, `{{jour}}` standing for its date; null for a PDF. */
  article: string | null;
  bytes: Buffer;
};

type Listed = { file: string; site: DemoSite; daysAgo: number; title?: string; paragraphs?: string[] };

const LISTED: readonly Listed[] = [
  { file: "conges-annuels.html", site: "sheets", daysAgo: 210 },
  { file: "teletravail.html", site: "sheets", daysAgo: 2 },
  { file: "frais-de-mission.html", site: "sheets", daysAgo: 95 },
  { file: "mobilite.html", site: "sheets", daysAgo: 40 },
  { file: "concours.html", site: "sheets", daysAgo: 400 },
  { file: "marches-publics-seuils.html", site: "guides", daysAgo: 130 },
  { file: "accessibilite-rgaa.html", site: "guides", daysAgo: 60 },
  { file: "rgpd-registre.html", site: "guides", daysAgo: 300 },
  { file: "acces-documents-cada.html", site: "guides", daysAgo: 520 },
  { file: "courrier-falc.html", site: "guides", daysAgo: 25 },
  { file: "open-data.html", site: "guides", daysAgo: 180 },
  { file: "sobriete-numerique.html", site: "guides", daysAgo: 75 },
  {
    file: "archives-publiques.pdf",
    site: "guides",
    daysAgo: 620,
    title: "Archives publiques : trier, verser, éliminer",
    paragraphs: [
      "Archives courantes, intermédiaires et définitives. Tableau de gestion, durée d’utilité administrative et sort final.",
      "Aucune archive publique n’est éliminée sans visa : bordereau d’élimination, versement, courriels.",
    ],
  },
  { file: "actualite-teletravail.html", site: "paper", daysAgo: 1 },
  { file: "actualite-numerique.html", site: "paper", daysAgo: 20 },
  { file: "page-piegee.html", site: "paper", daysAgo: 10 },
];

/** The pages of `demo-pages`, written for this project. */
export const readDemoPages = (): DemoPage[] =>
  LISTED.map(({ file, site, daysAgo, title, paragraphs }) => {
    const bytes = readFileSync(new URL(`demo-pages/${file}`, import.meta.url));
    const article = file.endsWith(".html") ? bytes.toString("utf8") : null;
    return {
      path: `/pages/${file}`,
      site,
      daysAgo,
      title: title ?? /<h1>(.*?)<\/h1>/.exec(article ?? "")?.[1] ?? file,
      paragraphs: paragraphs ?? paragraphsOf(article ?? ""),
      article,
      bytes,
    };
  });

/** What a crawler would keep: text alone, hidden or not. */
const paragraphsOf = (article: string): string[] =>
  article
    .replace(/<!--.*?-->|<h1>.*?<\/h1>/gs, "")
    .split(/<\/(?:p|li|tr|h2|div|caption)>/)
    .map((html) =>
      html
        .replace(/<\/?(?:strong|em)>/g, "")
        .replace(/<[^>]+>/g, " ")
        .replace(/&#8203;/g, "")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((text) => text && !text.includes("{{"));
