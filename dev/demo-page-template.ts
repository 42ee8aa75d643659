import { DEMO_SITES, type DemoPage } from "./demo-corpus.ts";

const dayFormat = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", dateStyle: "long" });

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** A page as real sites wrap it: menus, a banner about cookies, links to others, and its date where machines look for it. */
export function toHtml({ article, title, site, path }: DemoPage, changedAt: Date, others: readonly DemoPage[]): string {
  const { name } = DEMO_SITES[site];
  const data = {
    "@context": "https://schema.org",
    "@type": "Article",
    headline: title,
    dateModified: changedAt.toISOString(),
  };
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} | ${name}</title>
<meta property="og:site_name" content="${name}">
<meta property="article:modified_time" content="${changedAt.toISOString()}">
<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
</head>
<body>
<div class="cookies" role="dialog" aria-label="Témoins de connexion"><p>Ce site utilise des témoins de connexion.</p><button>Tout accepter</button><button>Tout refuser</button></div>
<header><p>${name}</p><nav aria-label="Menu principal"><ul><li><a href="/">Accueil</a></li><li><a href="/">Plan du site</a></li><li><a href="/">Contact</a></li></ul></nav></header>
<main>
<p class="demonstration"><strong>Page de démonstration.</strong> Écrite pour l’essai de l’Assistant IA : vérifiez auprès des sources officielles.</p>
<article>
${(article ?? "").replaceAll("{{jour}}", dayFormat.format(changedAt))}
<p>Dernière mise à jour : <time datetime="${changedAt.toISOString()}">${dayFormat.format(changedAt)}</time></p>
</article>
<aside aria-label="À lire aussi"><h2>À lire aussi</h2><ul>${listed(others.filter((other) => other.site === site && other.path !== path))}</ul></aside>
</main>
<footer><p>${name} – contenu écrit pour la démonstration, sans valeur officielle.</p></footer>
</body>
</html>
`;
}

/** The home page of a site. */
export function toHome(name: string, pages: readonly DemoPage[]): string {
  return `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>${name}</title></head>
<body><main><h1>${name}</h1><p>Pages de démonstration de l’Assistant IA.</p><ul>${listed(pages)}</ul></main></body></html>
`;
}

const listed = (pages: readonly DemoPage[]) =>
  pages.map(({ path, title }) => `<li><a href="${path}">${escaped(title)}</a></li>`).join("");
