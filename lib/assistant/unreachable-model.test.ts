import { beforeEach, expect, it, vi } from "vitest";
import { listShownMessages } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened } from "@/tests/support/turns";
import { followTurn } from "./follow-turn";
import { runTurn } from "./run-turn";
import { startTurn } from "./start-turn";

const nobody = await startScriptedModel();
await nobody.close();
setTestSettings({ LLM_BASE_URL: nobody.baseUrl });

const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => void warned.mockClear());

onEachDatabase(() => {
  it("keeps the question, and lets it be asked again, when the connection to the model is refused", async () => {
    const actor = await anActor();
    const turn = opened(await startTurn(actor, aQuestion("Ma question précieuse")));
    runTurn(turn);
    expect(await hear(followTurn(turn.turnId, new AbortController().signal))).toMatchObject({
      text: "",
      end: { status: "failed", code: "model_unreachable" },
    });
    expect(await listShownMessages(actor, turn.conversationId)).toMatchObject([
      { parts: [{ text: "Ma question précieuse" }] },
      { parts: [], turn: { status: "failed", failureCode: "model_unreachable" } },
    ]);
    const { conversationId, questionId } = turn;
    const retry = await startTurn(actor, { kind: "retry", conversationId, questionId, answerId: newId() });
    expect(retry).toMatchObject({ kind: "opened" });
  });
});
