import { expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { isCitedPage } from "@/lib/conversations/rules";
import type { CitedSource } from "@/lib/conversations/schema";
import { getOriginal } from "@/lib/documents/queries";
import { listPages } from "@/lib/pages/queries";
import { anActor } from "@/tests/support/actors";
import { forever, readFilesMeanwhile, startAskingDocuments } from "@/tests/support/asking-documents";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { aQuestion, hear } from "@/tests/support/turns";
import { replayTurn } from "../follow-turn";
import type { ChatInput } from "../schema";

const { ask: askTurn } = await startAskingDocuments([{ id: "habile", tools: true }]);

const RULES =
  "# Congés\n\nLe congé est accordé par le chef de service dans les dix jours.\n\n# Recours\n\nTout refus est motivé par écrit.";
const NOTE = "La salle du conseil ferme chaque soir à dix-neuf heures précises.";

async function ask(actor: Actor, input: ChatInput) {
  const { parts, ...asked } = await askTurn(actor, input);
  return { ...asked, text: parts.find((part) => part.type === "text") };
}

onEachDatabase(() => {
  readFilesMeanwhile();

  async function passageOf(actor: Actor, cited: CitedSource | undefined): Promise<string> {
    if (!cited || isCitedPage(cited)) return "";
    const { fileId } = await getOriginal(actor, cited.documentId);
    const [page] = await listPages(actor, fileId, 1, { from: cited.page, to: cited.page });
    return page?.text.slice(cited.start, cited.end) ?? "";
  }

  it("streams and stores only markers that hold, each with the passage it stands for", async () => {
    const actor = await anActor();
    const rules = await settled(actor, await send(actor, "règles.md", RULES));
    const note = await settled(actor, await send(actor, "note.txt", NOTE));
    const { turn, heard, text } = await ask(
      actor,
      aQuestion("[scenario:cites] Qui accorde un congé ?", { documentIds: [rules.id, note.id] }),
    );
    expect(text?.text).toBe(
      [
        "Le document dit «\u00a0Le congé est accordé par le chef de\u00a0» [1].",
        "On y lit aussi «\u00a0La salle du conseil ferme chaque soir à\u00a0» [2], et «\u00a0une phrase que personne n’a jamais écrite\u00a0» (citation non retrouvée).",
        "Voir enfin l’annexe et `liste[1]`.",
      ].join("\n\n"),
    );
    expect(heard.text).toBe(text?.text);
    expect(text?.checks).toEqual({ checked: 2, dropped: 1, unfound: 1 });
    expect(text?.sources).toMatchObject([
      { number: 1, documentId: rules.id, name: "règles.md", page: 1 },
      { number: 2, documentId: note.id, name: "note.txt", page: 1 },
    ]);
    expect(await passageOf(actor, text?.sources?.[0])).toBe("Le congé est accordé par le chef de");
    expect(await passageOf(actor, text?.sources?.[1])).toBe("La salle du conseil ferme chaque soir à");
    // Told before the text that holds the marker, and again to who comes late.
    const types = heard.chunks.map(({ type }) => type);
    expect(types.indexOf("data-sources")).toBeGreaterThan(types.indexOf("text-start"));
    const untold = heard.chunks.findIndex((chunk) => "delta" in chunk && chunk.delta.includes("[1]"));
    expect(untold).toBeGreaterThan(types.indexOf("data-sources"));
    expect(heard.chunks.findLast(({ type }) => type === "data-sources")).toMatchObject({
      data: { sources: text?.sources, checks: text?.checks },
    });
    const replayed = await hear(await replayTurn(actor, turn, forever()));
    expect(replayed.chunks.filter(({ type }) => type === "data-sources")).toHaveLength(1);
  });

  it("does not show the model the numbers of an earlier answer", async () => {
    const actor = await anActor();
    const rules = await settled(actor, await send(actor, "règles.md", RULES));
    const first = aQuestion("[scenario:cites] Qui ?", { documentIds: [rules.id] });
    await ask(actor, first);
    const { heard, sent } = await ask(
      actor,
      aQuestion("[scenario:quotes-question] Et ensuite ?", { conversationId: first.conversationId, isNew: false }),
    );
    expect(heard.end).toMatchObject({ status: "completed" });
    const messages = sent.at(-1)?.messages ?? [];
    const earlier = messages.find(({ role }) => role === "assistant")?.content ?? "";
    expect(earlier).toContain("Le document dit «\u00a0Le congé est accordé par le chef de\u00a0».");
    expect(earlier).not.toMatch(/ \[\d+\]/);
  });

  it("leaves brackets as they are where nothing was given to read", async () => {
    const actor = await anActor();
    const { text } = await ask(actor, aQuestion("Bonjour"));
    expect(text?.text).toContain("publique [1], [7] et");
    expect(text?.sources).toBeUndefined();
  });
});
