import { afterAll, expect, it, vi } from "vitest";
import { followTurn, replayTurn } from "@/lib/assistant/follow-turn";
import { runTurn } from "@/lib/assistant/run-turn";
import type { ChatInput } from "@/lib/assistant/schema";
import { startTurn } from "@/lib/assistant/start-turn";
import type { Actor } from "@/lib/auth/actor";
import { listConversations } from "@/lib/conversations/queries";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aQuestion, hear, opened } from "@/tests/support/turns";
import { recordTokens, requireTokens, takeMessage } from "./mutations";
import { listAllowances } from "./queries";
import { minuteOf, parisDayOf } from "./rules";

const upstream = await startScriptedModel();
setTestSettings({
  LLM_BASE_URL: upstream.baseUrl,
  LIMIT_AGENT_MESSAGES_PER_MINUTE: "3",
  LIMIT_AGENT_TOKENS_PER_DAY: "1000",
  LIMIT_ORGANISATION_MESSAGES_PER_MINUTE: "5",
  LIMIT_ORGANISATION_TOKENS_PER_DAY: "1500",
});
afterAll(() => upstream.close());
vi.spyOn(console, "warn").mockImplementation(() => {});

const forever = () => new AbortController().signal;
/** A day to come, so that its windows are not closed yet. */
const now = new Date("2090-07-03T12:00:30Z");
const aSiret = () => newId();

/** Messages sent one after the other are in the same minute. */
async function farFromTheNextMinute(): Promise<void> {
  const leftMs = minuteOf(new Date()).endsAt.getTime() - Date.now();
  if (leftMs < 10_000) await new Promise((resolve) => setTimeout(resolve, leftMs + 10));
}

async function answered(actor: Actor, input: ChatInput): Promise<void> {
  const turn = opened(await startTurn(actor, input));
  runTurn(turn);
  await hear(followTurn(turn.turnId, forever()));
}

const leftOf = async (actor: Actor, at = new Date()) =>
  Object.fromEntries((await listAllowances(actor, at)).map(({ name, left }) => [name, left]));

onEachDatabase(() => {
  it("refuses an agent's messages beyond the limit until the next minute", async () => {
    const actor = await anActor({ siret: null });
    for (let n = 0; n < 3; n += 1) await takeMessage(actor, now);
    const refusal = { code: "limit_messages", reopensAt: new Date("2090-07-03T12:01:00Z") };
    await expect(takeMessage(actor, now)).rejects.toMatchObject(refusal);
    await takeMessage(await anActor({ siret: null }), now);
    await takeMessage(actor, minuteOf(now).endsAt);
  });

  it("counts together the agents of an organisation, and takes nothing from one who is refused", async () => {
    const siret = aSiret();
    const [first, second] = [await anActor({ siret }), await anActor({ siret })];
    for (let n = 0; n < 3; n += 1) await takeMessage(first, now);
    for (let n = 0; n < 2; n += 1) await takeMessage(second, now);
    await expect(takeMessage(second, now)).rejects.toMatchObject({ code: "limit_messages" });
    expect(await leftOf(second, now)).toMatchObject({ agentMessages: 1, organizationMessages: 0 });
    await takeMessage(await anActor({ siret: aSiret() }), now);
  });

  it("closes the day once the tokens are used, for a question that waited too, and opens it at midnight in Paris", async () => {
    const actor = await anActor({ siret: null });
    await recordTokens(actor, 999, now);
    await takeMessage(actor, now);
    await recordTokens(actor, 500, now);
    const refusal = { code: "limit_tokens", reopensAt: new Date("2090-07-03T22:00:00Z") };
    await expect(takeMessage(actor, now)).rejects.toMatchObject(refusal);
    await expect(requireTokens(actor, now)).rejects.toMatchObject(refusal);
    await requireTokens(actor, parisDayOf(now).endsAt);
  });

  it("closes the day of a whole organisation", async () => {
    const siret = aSiret();
    const [first, second] = [await anActor({ siret }), await anActor({ siret })];
    await recordTokens(first, 900, now);
    await recordTokens(second, 600, now);
    await expect(takeMessage(first, now)).rejects.toMatchObject({ code: "limit_tokens" });
  });

  it("shows what is left, and only the limits that concern the agent", async () => {
    const actor = await anActor({ siret: null });
    await takeMessage(actor, now);
    await recordTokens(actor, 1200, now);
    expect(await listAllowances(actor, now)).toEqual([
      { name: "agentMessages", limit: 3, left: 2, reopensAt: minuteOf(now).endsAt },
      { name: "agentTokens", limit: 1000, left: 0, reopensAt: parisDayOf(now).endsAt },
    ]);
  });

  it("refuses a question before it is saved, and follows one that was accepted before", async () => {
    await farFromTheNextMinute();
    const actor = await anActor({ siret: aSiret() });
    const accepted = aQuestion("[scenario:slow-stream] Acceptée");
    const turn = opened(await startTurn(actor, accepted));
    runTurn(turn);
    for (const n of [1, 2]) await startTurn(actor, aQuestion(`Question ${n}`));
    const before = (await listConversations(actor)).conversations.length;
    await expect(startTurn(actor, aQuestion("De trop"))).rejects.toMatchObject({ code: "limit_messages" });
    expect((await listConversations(actor)).conversations).toHaveLength(before);

    const again = await startTurn(actor, accepted);
    if (again.kind !== "known") throw new Error(`refused or asked again: ${again.kind}`);
    expect(again.turn.turnId).toBe(turn.turnId);
    await hear(await replayTurn(actor, again.turn, forever()));
  });

  it("gives back what it took for a question that was sent twice, or that could not be asked", async () => {
    await farFromTheNextMinute();
    const actor = await anActor({ siret: aSiret() });
    const question = aQuestion("Envoyée deux fois");
    await answered(actor, question);
    await startTurn(actor, question);
    await expect(startTurn(actor, aQuestion("Nulle part", { isNew: false }))).rejects.toMatchObject({
      code: "conversation_not_found",
    });
    expect(await leftOf(actor)).toMatchObject({ agentMessages: 2, organizationMessages: 4 });
  });

  it("counts the tokens of an answer: those the model says", async () => {
    const actor = await anActor({ siret: aSiret() });
    await answered(actor, aQuestion("Bonjour"));
    expect(await leftOf(actor)).toMatchObject({ agentTokens: 1000 - 46, organizationTokens: 1500 - 46 });
  });

  it("counts the tokens of an answer: an estimate of all that was sent and received when the model says nothing", async () => {
    const actor = await anActor({ siret: null });
    const question = `[scenario:slow-stream] ${"mot ".repeat(300)}`;
    await answered(actor, aQuestion(question));
    const { agentTokens = 1000 } = await leftOf(actor);
    expect(1000 - agentTokens).toBeGreaterThan(question.length / 4);
  });

  it.each(someoneElse)("shows %s what is left to them, and nothing of what others used", async (_who, make) => {
    const [agent, other] = [await anActor({ siret: null }), await make({ siret: null })];
    const untouched = await listAllowances(other, now);
    await takeMessage(agent, now);
    await recordTokens(agent, 400, now);
    await requireTokens(agent, now);
    expect(await listAllowances(other, now)).toEqual(untouched);
    expect(await listAllowances(agent, now)).not.toEqual(untouched);
  });
});
