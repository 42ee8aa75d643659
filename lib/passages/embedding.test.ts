import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { asMember } from "@/db/client";
import { passages } from "@/db/schema/documents";
import type { Actor } from "@/lib/auth/actor";
import { getOriginal } from "@/lib/documents/queries";
import { startReadingFiles } from "@/lib/documents/read-files";
import { embed } from "@/lib/providers/embedding";
import { anActor } from "@/tests/support/actors";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { installModelsOf } from "@/tests/support/models";
import { startScriptedEmbeddings, type Trouble } from "@/tests/support/scripted-embeddings";
import { setTestSettings } from "@/tests/support/settings";
import { listPassagesToEmbed, saveEmbeddings } from "./mutations";
import { searchPassages } from "./queries";
import { fused, nearness, toBytes } from "./rules";

const folder = mkdtempSync(join(tmpdir(), "embeddings-test-"));
const server = await startScriptedEmbeddings();
setTestSettings({ DATA_DIR: folder });
const install = (more: { id: string; jobs: string[] }[]) =>
  installModelsOf([{ id: "modele" }, ...more], { essai: server.baseUrl });
const VECTORS = { id: "vecteurs", jobs: ["embedding"] };
install([VECTORS]);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => {
  warned.mockClear();
  server.misbehave("none");
});

const RULES = [
  "# Parc\n\nChaque véhicule de service est rendu propre au garage municipal.",
  "# Paie\n\nLa rémunération est versée le vingt-huit de chaque mois.",
  "# Absences\n\nLes congés sont posés un mois à l’avance auprès du responsable.",
].map((chapter) => `${chapter} ${"Le règlement intérieur précise le reste. ".repeat(12)}`);

const signal = () => new AbortController().signal;

onEachDatabase(() => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startReadingFiles();
  });
  afterAll(() => stop());

  async function aFile(actor: Actor): Promise<string> {
    const { id } = await settled(actor, await send(actor, "règles.md", RULES.join("\n\n")));
    return (await getOriginal(actor, id)).fileId;
  }

  const withVector = (actor: Actor, fileId: string) =>
    asMember(actor.agentId, (tx) =>
      tx
        .select({ with: sql<number>`count(embedding)::int`, all: sql<number>`count(*)::int` })
        .from(passages)
        .where(sql`file_id = ${fileId}`),
    ).then(([count]) => count);

  const untilEmbedded = (actor: Actor, fileId: string) =>
    expect
      .poll(
        async () => {
          const count = await withVector(actor, fileId);
          return count && count.all > 0 && count.with === count.all;
        },
        { timeout: 15_000 },
      )
      .toBe(true);

  it("finds what means the same in other words, once a model makes vectors", async () => {
    const actor = await anActor();
    const fileId = await aFile(actor);
    await untilEmbedded(actor, fileId);
    for (const [query, expected] of [
      ["rendre une automobile", "véhicule de service"],
      ["quand tombe mon salaire", "La rémunération"],
      ["poser des vacances", "Les congés"],
    ] as const)
      expect((await searchPassages(actor, [fileId], query, 1))[0]?.text).toContain(expected);
  });

  it("searches by words alone while there are no vectors, and has them made for files that were read before", async () => {
    install([]);
    const actor = await anActor();
    const fileId = await aFile(actor);
    expect(await searchPassages(actor, [fileId], "automobile", 1)).toEqual([]);
    install([VECTORS]);
    await searchPassages(actor, [fileId], "automobile", 1);
    await untilEmbedded(actor, fileId);
    expect((await searchPassages(actor, [fileId], "automobile", 1))[0]?.text).toContain("véhicule");
  });

  it.each<Trouble>(["500", "too-few", "not-numbers", "page", "silent"])(
    "searches by words, and says so once in the logs, when the server of vectors is wrong: %s",
    async (trouble) => {
      const actor = await anActor();
      const fileId = await aFile(actor);
      await untilEmbedded(actor, fileId);
      server.misbehave(trouble);
      const [best] = await searchPassages(actor, [fileId], "rémunération versée", 1);
      expect(best?.text).toContain("La rémunération");
      expect(warned).toHaveBeenCalledOnce();
      expect(String(warned.mock.calls[0]?.[0])).not.toContain("rémunération");
    },
    30_000,
  );

  it("compares only vectors of the same model", async () => {
    const actor = await anActor();
    const fileId = await aFile(actor);
    await untilEmbedded(actor, fileId);
    install([{ id: "autre", jobs: ["embedding"] }]);
    expect(await listPassagesToEmbed(actor.agentId, fileId, "autre", 99)).not.toEqual([]);
    await searchPassages(actor, [fileId], "automobile", 1);
    await expect.poll(() => listPassagesToEmbed(actor.agentId, fileId, "autre", 99), { timeout: 15_000 }).toEqual([]);
    install([VECTORS]);
  });

  it("never reads nor writes the passages of someone else", async () => {
    const [owner, other] = [await anActor(), await anActor({ role: "administrator" })];
    const fileId = await aFile(owner);
    await untilEmbedded(owner, fileId);
    expect(await searchPassages(other, [fileId], "automobile", 9)).toEqual([]);
    expect(await listPassagesToEmbed(other.agentId, fileId, "autre", 9)).toEqual([]);
    const key = { fileId, page: 1, position: 0 };
    await saveEmbeddings(other.agentId, "pirate", [{ key, vector: toBytes([1]) }]);
    expect(await listPassagesToEmbed(owner.agentId, fileId, "vecteurs", 9)).toEqual([]);
  });
});

it("asks a busy server again, and gives up on time", async () => {
  server.misbehave("busy-once");
  expect(await embed(["voiture"], { signal: signal(), withinMs: 5_000 })).toHaveLength(1);
  server.misbehave("silent");
  await expect(embed(["voiture"], { signal: signal(), withinMs: 200 })).rejects.toMatchObject({
    code: "model_too_slow",
  });
  const leaving = new AbortController();
  const asked = embed(["voiture"], { signal: leaving.signal, withinMs: 5_000 });
  leaving.abort(new Error("parti"));
  await expect(asked).rejects.toThrow("parti");
});

it("keeps the order of nearness in bytes", () => {
  const vector = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(vector, vector, (a, b) => {
      const exact = nearnessOf(a, b);
      expect(nearness(toBytes(a), toBytes(b))).toBeCloseTo(exact, 1);
    }),
  );
  expect(nearness(toBytes([1, 0]), toBytes([1, 0, 0]))).toBe(0);
  expect(nearness(toBytes([0, 0]), toBytes([1, 0]))).toBe(0);
});

function nearnessOf(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  const length = Math.sqrt(dot(a, a) * dot(b, b));
  return length === 0 ? 0 : dot(a, b) / length;
}

it("puts first what is well placed in several rankings", () => {
  expect(
    fused(
      [
        ["a", "b", "c"],
        ["d", "b"],
      ],
      String,
    ),
  ).toEqual(["b", "a", "d", "c"]);
  expect(fused([[], ["x"]], String)).toEqual(["x"]);
});
