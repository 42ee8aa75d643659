import { describe, expect, it } from "vitest";
import { asMember } from "@/db/client";
import { prompts } from "@/db/schema/prompts";
import { newId } from "@/lib/id";
import { anActor, someoneElse } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { addImportedPrompt, changePrompt, createPrompt, deletePrompt } from "./mutations";
import { listAllPrompts, listPrompts } from "./queries";
import { PROMPTS_MAX } from "./rules";
import { newPromptInput } from "./schema";

setTestSettings({});
const notFound = { code: "prompt_not_found" };
const note = { title: "Note", text: "Rédigez une note sur {{sujet}}." };

onEachDatabase(() => {
  describe("the owner", () => {
    it("keeps prompts, finds them by title as French sorts it, changes and deletes them", async () => {
      const actor = await anActor();
      const titles = ["Zone", "été", "Étage", "Eau"];
      for (const title of titles) await createPrompt(actor, { ...note, title });
      const { own, shipped } = await listPrompts(actor);
      expect(own.map(({ title }) => title)).toEqual(["Eau", "Étage", "été", "Zone"]);
      expect(shipped).toHaveLength(12);
      const [first] = own;
      await changePrompt(actor, { id: first?.id ?? "", title: "Eaux", text: "Autre" });
      expect((await listPrompts(actor)).own[0]).toEqual({ id: first?.id, title: "Eaux", text: "Autre" });
      for (const { id } of own) await deletePrompt(actor, id);
      await deletePrompt(actor, first?.id ?? "");
      expect((await listPrompts(actor)).own).toEqual([]);
      await expect(changePrompt(actor, { id: newId(), ...note })).rejects.toMatchObject(notFound);
    });

    it("keeps so many at most, even when the last ones are sent at once", async () => {
      const actor = await anActor();
      await asMember(actor.agentId, (tx) =>
        tx
          .insert(prompts)
          .values(Array.from({ length: PROMPTS_MAX - 1 }, () => ({ id: newId(), ownerId: actor.agentId, ...note }))),
      );
      const sent = await Promise.allSettled([1, 2, 3].map(() => createPrompt(actor, note)));
      const refused = sent.filter(({ status }) => status === "rejected");
      expect(refused).toHaveLength(2);
      for (const one of refused) expect(one).toMatchObject({ reason: { code: "too_many_prompts" } });
      expect((await listPrompts(actor)).own).toHaveLength(PROMPTS_MAX);
    });

    it("brings back prompts of an archive, each once, within the same number", async () => {
      const actor = await anActor();
      const brought = (id = newId()) => ({ ...note, id, originalId: newId(), createdAt: "2026-07-04T10:00:00Z" });
      const first = brought();
      expect(await addImportedPrompt(actor, first)).toBe("added");
      expect(await addImportedPrompt(actor, first)).toBe("known");
      expect(await addImportedPrompt(actor, { ...brought(), originalId: first.id })).toBe("known");
      expect(await listAllPrompts(actor)).toMatchObject([{ ...note, createdAt: "2026-07-04T10:00:00.000Z" }]);
      await asMember(actor.agentId, (tx) =>
        tx
          .insert(prompts)
          .values(Array.from({ length: PROMPTS_MAX - 1 }, () => ({ ...note, id: newId(), ownerId: actor.agentId }))),
      );
      expect(await addImportedPrompt(actor, brought())).toBe("tooManyPrompts");
    });

    it("may write what looks like SQL, emoji, and what the database cannot hold", async () => {
      const actor = await anActor();
      const text = "'); drop table prompts; -- 🇫🇷 \0 {{";
      await createPrompt(actor, newPromptInput.parse({ title: "\0Titre", text }));
      expect((await listPrompts(actor)).own).toMatchObject([{ title: "Titre", text: text.replace("\0", "") }]);
    });
  });

  describe.each(someoneElse)("%s", (_who, make) => {
    it("neither sees, nor changes, nor deletes the owner's prompts, whichever lock is left open", async () => {
      const owner = await anActor();
      const id = await createPrompt(owner, note);
      const other = await make();
      expect((await listPrompts(other)).own).toEqual([]);
      await expect(changePrompt(other, { id, title: "Vol", text: "Vol" })).rejects.toMatchObject(notFound);
      await deletePrompt(other, id);
      expect(await listAllPrompts(other)).toEqual([]);
      const named = { ...note, id, originalId: id, createdAt: "2026-07-04T10:00:00Z" };
      expect(await addImportedPrompt(other, named)).toBe("identifiersTaken");
      await asMember(other.agentId, (tx) => tx.update(prompts).set({ title: "Vol" }));
      await asMember(other.agentId, (tx) => tx.delete(prompts));
      expect(await asMember(other.agentId, (tx) => tx.select().from(prompts))).toEqual([]);
      expect((await listPrompts(owner)).own).toEqual([{ id, ...note }]);
    });
  });
});
