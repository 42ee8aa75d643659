import type { DemoSource } from "./demo-sources.ts";

const QUOTED_CHARACTERS_MAX = 280;

/** What the demonstration model answers: what it is, what it received and was given to read, a sample when asked, how to plug a real one. */
export function demoAnswer(question: string, sources: readonly DemoSource[] = []): string {
  const samples = [
    [/tableau/i, TABLE],
    [/code|script/i, CODE],
    [/formule|calcul|math/i, MATHS],
    [/liste|étapes|plan/i, LIST],
  ] as const;
  const shown = samples.filter(([pattern]) => pattern.test(question)).map(([, sample]) => sample);
  return [
    "**Réponse de démonstration.** Aucun modèle de langage n’est encore branché : ce texte est écrit d’avance, pour montrer le chemin complet d’une question.",
    `J’ai bien reçu votre question :\n\n${quote(question)}`,
    ...(sources.length > 0 ? [quoteSources(sources)] : []),
    ...shown,
    PLUG,
  ].join("\n\n");
}

function quote(question: string): string {
  const characters = [...question.trim()];
  const start = characters.slice(0, QUOTED_CHARACTERS_MAX).join("");
  return `${start}${characters.length > QUOTED_CHARACTERS_MAX ? "…" : ""}`
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

const quoteSources = (sources: readonly DemoSource[]): string =>
  ["Voici ce que disent les sources qui m’ont été données\u00a0:", "", ...sources.map(quoteSource)].join("\n");

const quoteSource = ({ number, text }: DemoSource): string => `- « ${text} » [${number}]`;

const PLUG = `## Brancher un vrai modèle

1. Choisissez un serveur compatible avec l’interface d’OpenAI : Albert, Mistral, vLLM, Scaleway, Cloud Temple…
2. Renseignez \`LLM_BASE_URL\`, \`LLM_API_KEY\` et \`LLM_MODEL\` dans le fichier \`.env\`.
3. Relancez \`npm start\`.

Sur un ordinateur personnel, lancez simplement Ollama : il est reconnu au démarrage suivant.`;

const TABLE = `Voici à quoi ressemble un tableau :

| Étape | Délai | Responsable |
|:------|:-----:|------------:|
| Dépôt | 8 jours | Service instructeur |
| Instruction | 2 mois | Direction |`;

const CODE = `Voici un exemple de code :

\`\`\`python
def jours_ouvres(debut, fin):
    """Compte les jours ouvrés entre deux dates."""
    return sum(jour.weekday() < 5 for jour in periode(debut, fin))
\`\`\``;

const MATHS = `Une formule s’écrit ainsi :

$$
\\text{part} = \\frac{\\text{montant}}{\\text{total}} \\times 100
$$`;

const LIST = `Une liste se présente ainsi :

- cadrer la demande ;
- rassembler les pièces ;
- rédiger, puis faire relire.`;
