import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const TOKEN_CHARACTERS = 4;
const TICK_MS = 5;

/** What an answer is made of, section after section: each has a title, prose, a list, a table, code and maths. */
const section = (n: number) => `## ${n}. Une étape de la procédure

L’administration **accuse réception** de la demande dans un délai de *${n} jours* ; à défaut, voir [le site officiel](https://www.service-public.fr/). Le silence gardé pendant deux mois vaut, sauf exception prévue par un texte, décision d’acceptation.

1. Vérifier que le dossier est complet, pièce par pièce
2. Écrire au demandeur si une pièce manque
   - par courriel, avec accusé de réception
   - ou par lettre
3. Instruire la demande et \`noter\` la date

| Étape | Délai | Montant |
|:------|:-----:|--------:|
| Dépôt | 8 jours | 1 200 € |
| Instruction | 2 mois | −350,50 € |
| Décision | 15 jours | — |

\`\`\`python
def delai(jours: int, suspendu: bool = False) -> int:
    """Le délai, en jours ouvrés."""
    return jours if not suspendu else jours + ${n}
\`\`\`

La part due vaut $$\\frac{a + b}{${n + 1}}$$ du total.

`;

/** Markdown of about \`tokens\` tokens. */
export function markdownAnswer(tokens: number): string {
  let text = "";
  for (let n = 1; text.length < tokens * TOKEN_CHARACTERS; n += 1) text += section(n);
  return text.slice(0, tokens * TOKEN_CHARACTERS);
}

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: "bench", object: "chat.completion.chunk", created: 0, model: "bench", choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;

/**
 * A model's server. A question that holds \`[tokens:3000 rate:200]\` gets that many tokens of Markdown at that many a second;
 * any other gets the answer of a usual length, at once.
 */
export async function startMarkdownUpstream(): Promise<{ baseUrl: string; close: () => void }> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    if (request.method === "GET") {
      response.setHeader("content-type", "application/json");
      return void response.end(JSON.stringify({ object: "list", data: [{ id: "bench", object: "model" }] }));
    }
    response.setHeader("content-type", "text/event-stream");
    response.write(chunk({ role: "assistant", content: "" }));
    // The last one: a conversation repeats the questions before it.
    const [, tokens, rate] = [...body.matchAll(/\[tokens:(\d+) rate:(\d+)\]/g)].at(-1) ?? [];
    if (tokens && rate) await write(response, markdownAnswer(Number(tokens)), Number(rate));
    else response.write(chunk({ content: section(1) }));
    response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Token by token, by the clock: a late tick writes all that is due. */
async function write(response: ServerResponse, text: string, rate: number): Promise<void> {
  const startedAt = performance.now();
  for (let written = 0; written < text.length; ) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const due = Math.floor(((performance.now() - startedAt) / 1000) * rate) * TOKEN_CHARACTERS;
    for (; written < Math.min(due, text.length); written += TOKEN_CHARACTERS)
      response.write(chunk({ content: text.slice(written, written + TOKEN_CHARACTERS) }));
  }
}
