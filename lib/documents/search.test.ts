import { expect, it } from "vitest";
import { asMember } from "@/db/client";
import { passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import type { Page } from "@/lib/extraction/extraction";
import { newId } from "@/lib/id";
import { deleteDocument } from "@/lib/library/mutations";
import { listPages, listTitles } from "@/lib/pages/queries";
import { findRelevantPassages, searchPassages } from "@/lib/passages/queries";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { setTestSettings } from "@/tests/support/settings";
import { addDocument, savePages, saveRecognised } from "./mutations";

setTestSettings({ LLM_BASE_URL: "http://127.0.0.1:9/v1", LLM_MODEL: "modele" });

const LIMITS = { fileBytesMax: 1e9, perMessageMax: 100, perAgentMax: 1_000, agentBytesMax: 1e12 };

const OUTLINE = [{ title: "Congés annuels", level: 1, page: 0 }];

/** A file that was read, made of these pages. */
async function aFile(actor: Actor, texts: string[], more: Partial<Page> = {}) {
  const bytes = { id: newId(), sha256: newId(), sizeBytes: 10, extension: "pdf" };
  const documentId = newId();
  const { fileId } = await addDocument(actor, { id: documentId, name: "dossier.pdf" }, bytes, LIMITS);
  const pages = texts.map((text): Page => ({ kind: "page", label: null, text, ...more }));
  await savePages(actor.agentId, fileId, { type: "pdf", pages, outline: OUTLINE, language: "fr", warnings: [] });
  return { fileId, documentId };
}

const RULES = [
  "# Congés annuels\n\nLa durée des congés annuels est égale à cinq fois les obligations hebdomadaires de service.",
  "# Congé de maladie\n\nL’agent transmet l’arrêt de travail dans un délai de quarante-huit heures.",
  "# Télétravail\n\nLe télétravail est accordé sur demande écrite de l’agent. La demande précise les jours souhaités.",
  "# Frais\n\nL’indemnité kilométrique est fixée par arrêté. L’agent produit un état de frais, daté et signé.",
];

onEachDatabase(() => {
  it.each([
    ["combien de jours de congés annuels ?", 1],
    ["délai pour transmettre un arrêt de travail", 2],
    ["demandes de teletravail", 3],
    ["indemnités kilométriques", 4],
    ["Quelles indemnitees kilometrqiues ?", 4],
  ])("finds what answers « %s »", async (query, page) => {
    const actor = await anActor();
    const { fileId } = await aFile(actor, RULES);
    const [best] = await searchPassages(actor, [fileId], query, 3);
    expect(best).toMatchObject({ fileId, number: page });
  });

  it("finds nothing where there is nothing, or nothing is asked", async () => {
    const actor = await anActor();
    const { fileId } = await aFile(actor, RULES);
    for (const query of ["xylophone", "Quel est-ce ?", "", "'; drop table passages; --", "⟦⟧"])
      expect(await searchPassages(actor, [fileId], query, 3)).toEqual([]);
    expect(await searchPassages(actor, [], "congés", 3)).toEqual([]);
  });

  it("prefers words that are together, and the rarer ones", async () => {
    const actor = await anActor();
    const { fileId } = await aFile(actor, [
      "La commission est saisie. Le médecin du comité donne un avis, et chaque membre le reçoit de la part du président.",
      "Le comité médical est saisi de la demande.",
      ...Array.from({ length: 10 }, () => "La commission et le comité se réunissent, saisis par le comité. Comité."),
    ]);
    expect((await searchPassages(actor, [fileId], "saisir le comité médical", 1))[0]?.number).toBe(2);
  });

  it("searches only the files it is given, and never those of someone else", async () => {
    const [owner, other] = [await anActor(), await anActor({ role: "administrator" })];
    const { fileId } = await aFile(owner, RULES);
    const { fileId: another } = await aFile(owner, ["Les congés de mes notes."]);
    expect(new Set((await searchPassages(owner, [another], "congés", 9)).map((found) => found.fileId))).toEqual(
      new Set([another]),
    );
    expect(await searchPassages(other, [fileId, another], "congés annuels", 9)).toEqual([]);
    expect(await searchPassages(other, [fileId], "kilometrqiues", 9)).toEqual([]);
    expect(await findRelevantPassages(owner, [another], "congés annuels", 9)).toMatchObject([{ fileId: another }]);
    expect(await findRelevantPassages(other, [fileId, another], "congés annuels", 9)).toEqual([]);
    expect(await asMember(other.agentId, (tx) => tx.select().from(passages))).toEqual([]);
    expect([await listPages(other, fileId, 9_000), await listTitles(other, fileId)]).toEqual([[], []]);
    expect((await listPages(owner, fileId, 9_000, { from: 2, to: 3 })).map((page) => page.number)).toEqual([2, 3]);
    expect(await listTitles(owner, fileId)).toEqual([{ title: "Congés annuels", level: 1, page: 0 }]);
  });

  it("finds what was recognised on a page, once, and nothing of a deleted document", async () => {
    const actor = await anActor();
    const { fileId, documentId } = await aFile(actor, [""], { needsRecognition: true });
    expect(await searchPassages(actor, [fileId], "préfecture", 3)).toEqual([]);
    await saveRecognised(actor.agentId, fileId, 1, { text: "Arrêté de la préfecture du Rhône", places: [] });
    await saveRecognised(actor.agentId, fileId, 1, { text: "Arrêté de la préfecture du Rhône, relu", places: [] });
    expect(await searchPassages(actor, [fileId], "prefecture rhone", 3)).toMatchObject([
      { number: 1, kind: "page", isRecognised: true, text: "Arrêté de la préfecture du Rhône" },
    ]);
    await deleteDocument(actor, documentId);
    expect(await asMember(actor.agentId, (tx) => tx.select().from(passages))).toEqual([]);
  });

  it("answers quickly over many long files", async () => {
    const actor = await anActor();
    const random = (max: number, seed: number) =>
      Math.floor((Math.abs(Math.sin(seed * 12.9898) * 43758.5453) % 1) ** 2 * max);
    const letter = (of: number) => String.fromCharCode(97 + random(26, of));
    const word = (seed: number) => `mot${"abcdefghij"[seed % 10]}${letter(seed)}${letter(seed * 3)}x`;
    let seed = 0;
    const text = () => {
      seed += 150;
      return Array.from({ length: 150 }, (_, index) => word(seed + index)).join(" ");
    };
    const fileIds: string[] = [];
    for (let file = 0; file < 5; file += 1)
      fileIds.push((await aFile(actor, Array.from({ length: 200 }, text))).fileId);
    for (const query of ["motaaax motbabx motcbax motdccx", "motaaax", "motazzx moteabx motfaax", "motgaay motbabx"]) {
      expect((await searchPassages(actor, fileIds, query, 6)).length).toBe(6);
    }
  }, 120_000);

  it("finds what has to do with a question among so many passages that the rarity of words is estimated", async () => {
    const actor = await anActor();
    const plain = Array.from({ length: 40 }, (_, index) => `la commission numéro ${index} se réunit`).join(", ");
    const many = Array.from({ length: 5_100 }, () => plain);
    many[700] = `La prime d’intéressement des agents. ${plain}`;
    const { fileId } = await aFile(actor, many);
    const found = await findRelevantPassages(actor, [fileId], "commission sur la prime d’intéressement", 6);
    expect(found).toMatchObject([{ fileId, number: 701 }]);
    expect(await findRelevantPassages(actor, [fileId], "xylophone ornithorynque", 6)).toEqual([]);
  }, 240_000);
});
