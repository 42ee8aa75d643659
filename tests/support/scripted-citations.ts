import { answering, type Scenario } from "./scripted-events.ts";

type Message = { role: string; content: string | null };
type Source = { number: number; text: string };

/** What a request gives to be cited, as a model reads it. */
const sourcesIn = (messages: readonly Message[]): Source[] =>
  messages
    .filter(({ role }) => role !== "system")
    .flatMap(({ content }) => [
      ...(content ?? "").matchAll(/(?:\[|EXTRAIT )source (\d+),[^\n]*\n([\s\S]*?)(?=\n\n\[source |\n⟦FIN|$)/g),
    ])
    .map(([, number, text = ""]) => ({ number: Number(number), text }));

/** Eight words of a source, where it has as many in a row. */
const quoted = ({ text }: Source): string =>
  /(?:[\p{L}’]+[ \n]){7}[\p{L}’]+/u.exec(text)?.[0].replaceAll(/\s+/g, " ") ?? "";

const given =
  (answer: (sources: Source[]) => string): Scenario =>
  async (response, random, request) => {
    await answering(answer(sourcesIn(request.body.messages as Message[])))(response, random, request);
  };

/** Models that cite, well and badly. */
export const citationScenarios: Record<string, Scenario> = {
  // Of each document that says it, in turn.
  "cites-amounts": given((sources) => {
    const said = sources.flatMap(({ number, text }) => {
      const [amount] = /montant est de 4\s?512 euros/.exec(text) ?? [];
      return amount ? `«\u00a0${amount}\u00a0» [${number}]` : [];
    });
    return `La subvention est de **4 512 €**\u00a0: ${said.join(", ce que confirme\u00a0: ")}.\n\nLe renvoi [97] et \`[1]\` sont du texte.`;
  }),
  cites: given((sources) => {
    const first = sources.find((source) => quoted(source) !== "");
    const last = sources.findLast((source) => quoted(source) !== "");
    if (!first || !last) return "Non trouvé dans les documents.";
    return [
      `Le document dit «\u00a0${quoted(first)}\u00a0» [${first.number}].`,
      `On y lit aussi «\u00a0${quoted(last)}\u00a0» [${first.number + 900}], et «\u00a0une phrase que personne n’a jamais écrite\u00a0» [${last.number}].`,
      `Voir enfin l’annexe [${last.number + 41}] et \`liste[${first.number}]\`.`,
    ].join("\n\n");
  }),
};
