const WORDS =
  "congé parental agent public service durée mois demande administration rémunération avancement temps partiel naissance enfant décret article loi fonctionnaire accordé disponibilité mobilité détachement chef avis commission paritaire hygiène sécurité travail télétravail jour semaine recours délai notification établissement collectivité territoire état budget crédit marché".split(
    " ",
  );

/** The same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

function sentences(next: (below: number) => number, count: number): string {
  const sentence = () => `L’${Array.from({ length: 12 + next(12) }, () => WORDS[next(WORDS.length)]).join(" ")}.`;
  return Array.from({ length: count }, sentence).join(" ");
}

/** About so many characters of the text of an article, in Markdown. */
export function aText(characters: number, seed: number): string {
  const next = numbers(seed);
  let text = `# Page ${seed}\n\n`;
  for (let index = 0; text.length < characters; index += 1) {
    if (index % 4 === 0) text += `## ${WORDS[next(WORDS.length)]} ${WORDS[next(WORDS.length)]}\n\n`;
    text += `${sentences(next, 4)}\n\n`;
  }
  return text;
}

/**
 * An article of about so many bytes, as sites write theirs: `textShare` of it is the markup and text of the article, the rest is
 * scripts, style, drawings, menus and links to other pages.
 */
export function anArticle(bytes: number, textShare: number, seed: number): string {
  const next = numbers(seed);
  const links = Array.from(
    { length: 120 },
    (_, index) =>
      `<li class="nav__item nav__item--${index % 5}"><a class="nav__link" href="/rubrique/${index}">Rubrique ${index}</a></li>`,
  ).join("");
  let body = "";
  for (let index = 0; body.length < bytes * textShare * 0.94; index += 1) {
    if (index % 6 === 0) body += `<h2 class="fr-h3" id="t${index}">${sentences(next, 1).slice(0, 60)}</h2>`;
    if (index % 10 === 9) body += aTable(next);
    else if (index % 7 === 6)
      body += `<ul class="fr-list">${Array.from({ length: 5 }, () => `<li>${sentences(next, 1)}</li>`).join("")}</ul>`;
    else
      body += `<div class="paragraph paragraph--type--texte"><div class="field"><p>${sentences(next, 2)} <a href="https://exemple.fr/${index}">${sentences(next, 1).slice(0, 30)}</a> <strong>à noter</strong> ${sentences(next, 2)}</p></div></div>`;
  }
  const head = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Le guide des congés ${seed} | Exemple</title><meta property="og:site_name" content="Exemple"><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Le guide des congés ${seed}","datePublished":"2026-01-05","author":{"@type":"Person","name":"Ana Petit"}}</script>`;
  const around = Math.max(0, bytes - Buffer.byteLength(body) - 25_000);
  const style = `<style>${".fr-card__title{margin:0;padding:0 1rem;color:#161616}".repeat(around / 150)}</style>`;
  const script = `<script>window.__STATE__=${JSON.stringify("x{}[],:".repeat(around / 18))}</script>`;
  const icons = `<svg class="icon" viewBox="0 0 24 24"><path d="M12 2a10 10 0 100 20"/></svg>`.repeat(60);
  const related = `<section class="related"><h2>À lire aussi</h2><ul>${links}</ul></section>`;
  return `${head}${style}${script}</head><body><header><nav><ul>${links}</ul></nav>${icons}</header><main><article><h1>Le guide des congés ${seed}</h1>${body}</article>${related}</main><footer>${links}</footer></body></html>`;
}

function aTable(next: (below: number) => number): string {
  const rows = Array.from(
    { length: 6 },
    () => `<tr><td>${sentences(next, 1).slice(0, 40)}</td><td>${next(1_000)} €</td></tr>`,
  );
  return `<table class="fr-table"><thead><tr><th>Situation</th><th>Montant</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}
