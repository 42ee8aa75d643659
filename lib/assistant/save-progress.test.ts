import { expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { anActor } from "@/tests/support/actors";
import { aConversation, aRunningTurn } from "@/tests/support/conversations";
import { onEachDatabase } from "@/tests/support/database";
import { saveProgressSoon } from "./save-progress";
import type { TurnMetadata } from "./stream-parts";

const saying = (text: string) => ({ parts: [{ type: "text" as const, text }], text });
const save = (actor: Actor, turn: TurnMetadata, text: string) =>
  saveProgressSoon({ ownerId: actor.agentId, turn, content: saying(text) });
const answerOf = async (actor: Actor, { conversationId }: TurnMetadata) =>
  plainText((await listShownMessages(actor, conversationId)).at(-1)?.parts ?? []);

onEachDatabase(() => {
  it("saves together the answers of many agents, each in its own turn", async () => {
    const agents = await Promise.all(Array.from({ length: 50 }, () => anActor()));
    const turns = await Promise.all(agents.map(async (actor) => ({ actor, turn: await aRunningTurn(actor) })));
    await Promise.all(turns.map(({ actor, turn }, index) => save(actor, turn, `réponse ${index}`)));
    expect(await Promise.all(turns.map(({ actor, turn }) => answerOf(actor, turn)))).toEqual(
      turns.map((_, index) => `réponse ${index}`),
    );
  });

  it("writes nothing in the turn of someone else, even beside a turn of theirs", async () => {
    const [owner, other] = await Promise.all([anActor(), anActor()]);
    const [mine, theirs] = await Promise.all([aRunningTurn(owner), aRunningTurn(other)]);
    await Promise.all([save(owner, mine, "à moi"), save(other, mine, "volé"), save(other, theirs, "à lui")]);
    expect(await answerOf(owner, mine)).toBe("à moi");
    expect(await answerOf(other, theirs)).toBe("à lui");
  });

  it("leaves an answer that has ended as it is", async () => {
    const actor = await anActor();
    const turn = await aConversation(actor, { answer: "finie" });
    await save(actor, turn, "trop tard");
    expect(await answerOf(actor, turn)).toBe("finie");
  });

  it("tells its failure to the one that cannot be saved, and saves the others", async () => {
    const actors = await Promise.all([anActor(), anActor(), anActor()]);
    const turns = await Promise.all(actors.map((actor) => aRunningTurn(actor)));
    const outcomes = await Promise.allSettled(
      actors.map((actor, index) =>
        // PostgreSQL stores no such character.
        save(actor, turns[index] as TurnMetadata, index === 1 ? "\u0000" : `réponse ${index}`),
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await answerOf(actors[2] as Actor, turns[2] as TurnMetadata)).toBe("réponse 2");
  });
});
