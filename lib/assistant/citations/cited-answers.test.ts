import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import type { CitedSource } from "@/lib/conversations/schema";
import { getOriginal, listPages } from "@/lib/documents/queries";
import { startReadingFiles } from "@/lib/documents/read-files";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { installModelsOf } from "@/tests/support/models";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened } from "@/tests/support/turns";
import { followTurn, replayTurn } from "../follow-turn";
import { runTurn } from "../run-turn";
import type { ChatInput } from "../schema";
import { startTurn } from "../start-turn";

const folder = mkdtempSync(join(tmpdir(), "citations-test-"));
const upstream = await startScriptedModel();
setTestSettings({ DATA_DIR: folder, LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "habile" });
installModelsOf([{ id: "habile", tools: true }], { essai: upstream.baseUrl });
afterAll(async () => {
  await upstream.close();
  rmSync(folder, { recursive: true, force: true });
});
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warned.mockClear());

const RULES =
  "# Congés\n\nLe congé est accordé par le chef de service dans les dix jours.\n\n# Recours\n\nTout refus est motivé par écrit.";
const NOTE = "La salle du conseil ferme chaque soir à dix-neuf heures précises.";

async function ask(actor: Actor, input: ChatInput) {
  const turn = opened(await startTurn(actor, input));
  runTurn(turn);
  const heard = await hear(followTurn(turn.turnId, new AbortController().signal));
  const stored = (await listShownMessages(actor, turn.conversationId)).at(-1);
  const texts = (stored?.parts ?? []).flatMap((part) => (part.type === "text" ? [part] : []));
  return { turn, heard, text: texts[0] };
}

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  async function passageOf(actor: Actor, cited: CitedSource | undefined): Promise<string> {
    if (!cited) return "";
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
    const replayed = await hear(await replayTurn(actor, turn, new AbortController().signal));
    expect(replayed.chunks.filter(({ type }) => type === "data-sources")).toHaveLength(1);
  });

  it("does not show the model the numbers of an earlier answer", async () => {
    const actor = await anActor();
    const rules = await settled(actor, await send(actor, "règles.md", RULES));
    const first = aQuestion("[scenario:cites] Qui ?", { documentIds: [rules.id] });
    await ask(actor, first);
    const { heard } = await ask(
      actor,
      aQuestion("[scenario:quotes-question] Et ensuite ?", { conversationId: first.conversationId, isNew: false }),
    );
    expect(heard.end).toMatchObject({ status: "completed" });
    const sent = upstream.requests.at(-1)?.body.messages ?? [];
    const earlier = sent.find(({ role }) => role === "assistant")?.content ?? "";
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
