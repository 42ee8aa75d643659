import type { TestAgent } from "./test-agents.ts";

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --line: #ccc; --action: #000091; --on-action: #fff; }
@media (prefers-color-scheme: dark) { :root { --line: #555; --action: #a6a6ff; --on-action: #161616; } }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
ul { list-style: none; margin: 1.5rem 0 0; padding: 0; }
li { margin-bottom: .5rem; }
button { width: 100%; padding: .75rem 1rem; font: inherit; text-align: start; cursor: pointer;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
button:hover { border-color: var(--action); }
button:focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }
button.main { width: auto; color: var(--on-action); background: var(--action); }
strong { display: block; }
.note { border-inline-start: 4px solid var(--action); padding: .25rem 1rem; }
`;

function page(title: string, body: string, nonce: string): string {
  return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)} – ProConnect de démonstration</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

/** Lets the person at the keyboard choose who they are: one button for each test agent. */
export function choicePage(agents: Record<string, TestAgent>, action: string, nonce: string): string {
  const buttons = Object.entries(agents).map(
    ([key, { givenName, usualName, presentation }]) =>
      `<li><button name="agent" value="${escapeHtml(key)}"><strong>${escapeHtml(`${givenName} ${usualName}`)}</strong> ${escapeHtml(presentation)}</button></li>`,
  );
  return page(
    "Choisir un compte de test",
    `<h1>Choisir un compte de test</h1>
<p class="note">Cette page remplace ProConnect sur un poste de développement. Aucun compte n’est réel, aucun mot de passe n’est demandé.</p>
<form method="post" action="${escapeHtml(action)}"><ul>${buttons.join("")}</ul></form>`,
    nonce,
  );
}

/** ProConnect refuses a private-sector account on a page of its own. */
export function privateSectorPage(agentKey: string, action: string, nonce: string): string {
  return page(
    "Accès refusé",
    `<h1>Vous ne pouvez pas accéder à ce service</h1>
<p>Ce service est réservé aux agents publics. Le compte que vous avez choisi appartient à une organisation du secteur privé.</p>
<p>Code d’erreur : Y500015</p>
<form method="post" action="${escapeHtml(action)}"><input type="hidden" name="agent" value="${escapeHtml(agentKey)}">
<button class="main" name="retour" value="oui">Revenir au service</button></form>`,
    nonce,
  );
}

export function errorPage(code: string, detail: string, nonce: string): string {
  return page(
    "Erreur",
    `<h1>Une erreur technique est survenue</h1><p>Code d’erreur : ${escapeHtml(code)}</p><p lang="en">${escapeHtml(detail)}</p>`,
    nonce,
  );
}

export function signedOutPage(nonce: string): string {
  return page("Déconnexion", "<h1>Vous êtes déconnecté</h1><p>Vous pouvez fermer cet onglet.</p>", nonce);
}
