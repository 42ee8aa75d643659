import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import { followTurn } from "@/lib/assistant/follow-turn";
import { runTurn } from "@/lib/assistant/run-turn";
import type { ChatInput } from "@/lib/assistant/schema";
import { startTurn } from "@/lib/assistant/start-turn";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { startReadingFiles } from "@/lib/documents/read-files";
import { installModelsOf } from "./models";
import { startScriptedModel } from "./scripted-model";
import { setTestSettings } from "./settings";
import { hear, opened } from "./turns";

export const forever = (): AbortSignal => new AbortController().signal;

/** For a file of tests that asks these models, all scripted, about documents: they are kept in a folder that goes with it. */
export async function startAskingDocuments(models: Parameters<typeof installModelsOf>[0]) {
  const folder = mkdtempSync(join(tmpdir(), "asking-documents-"));
  const upstream = await startScriptedModel();
  setTestSettings({ DATA_DIR: folder, LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: models[0]?.id ?? "" });
  installModelsOf(models, { essai: upstream.baseUrl });
  // What models and tools do wrong on purpose is said there.
  vi.spyOn(console, "warn").mockImplementation(() => {});
  afterAll(async () => {
    await upstream.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    /** Asks, and gives what was heard, what was stored, and what the model was sent meanwhile. */
    async ask(actor: Actor, input: ChatInput) {
      const before = upstream.requests.length;
      const turn = opened(await startTurn(actor, input));
      runTurn(turn);
      const heard = await hear(followTurn(turn.turnId, forever()));
      const parts = (await listShownMessages(actor, turn.conversationId)).at(-1)?.parts ?? [];
      return {
        turn,
        heard,
        parts,
        calls: parts.filter((part) => part.type === "tool"),
        sent: upstream.requests.slice(before).map(({ body }) => body),
      };
    },
  };
}

/** Files are read while the tests of an engine run. */
export function readFilesMeanwhile(): void {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());
}
