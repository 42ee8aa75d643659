import sharp from "sharp";
import { expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { removeDocument } from "@/lib/documents/remove-document";
import { anActor } from "@/tests/support/actors";
import { readFilesMeanwhile, startAskingDocuments } from "@/tests/support/asking-documents";
import { onEachDatabase } from "@/tests/support/database";
import { send, settled } from "@/tests/support/documents";
import { aQuestion } from "@/tests/support/turns";

const { ask: askTurn } = await startAskingDocuments([
  { id: "voyant", vision: true, fallbacks: ["aveugle"] },
  { id: "aveugle" },
  { id: "myope", vision: true, context: 8_192, outputMax: 1_024 },
]);

/** A photograph that says where it was taken. */
const photograph = (red: number) =>
  sharp({ create: { width: 3_000, height: 600, channels: 3, background: { r: red, g: 90, b: 90 } } })
    .jpeg()
    .withExif({ IFD0: { Artist: "Zoé" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "48/1 51/1 24/1" } })
    .toBuffer();

onEachDatabase(() => {
  readFilesMeanwhile();

  const sent = async (actor: Actor, name: string, red = 200) =>
    (await settled(actor, await send(actor, name, await photograph(red)))).id;

  async function ask(actor: Actor, modelId: string, documentIds: string[], scenario = "default") {
    const question = aQuestion(`[scenario:${scenario}] Que voit-on ?`, { modelId, documentIds });
    const { heard, sent: requests } = await askTurn(actor, question);
    const asked = requests.map((body) => body.messages?.at(-1));
    return { end: heard.end, asked, images: asked.map((message) => message?.images ?? []) };
  }

  it("shows images to a model that sees, scaled down and without the place where they were taken", async () => {
    const actor = await anActor();
    const { asked, images } = await ask(actor, "voyant", [await sent(actor, "façade.jpg")]);
    const [url = ""] = images[0] ?? [];
    expect(url).toMatch(/^data:image\/jpeg;base64,/);
    const bytes = Buffer.from(url.split(",")[1] ?? "", "base64");
    const { exif, width, height } = await sharp(bytes).metadata();
    expect({ exif, width, height }).toEqual({ exif: undefined, width: 2_048, height: 410 });
    expect(bytes.includes("Zoé")).toBe(false);
    expect(asked[0]?.content).toMatch(/Document 1\u00a0:\n⟦DÉBUT\u00a0: IMAGE⟧\nfaçade\.jpg\n⟦FIN\u00a0: IMAGE⟧/);
    expect(asked[0]?.content).toContain("Que voit-on ?");
  });

  it("gives another model what was recognised in them, and shows it nothing", async () => {
    const actor = await anActor();
    const { asked, images } = await ask(actor, "aveugle", [await sent(actor, "façade.jpg")]);
    expect(images).toEqual([[]]);
    expect(asked[0]?.content).toContain("façade.jpg");
  });

  it("shows nothing to a model without eyes that takes the place of one that fails", async () => {
    const actor = await anActor();
    const { end, images } = await ask(actor, "voyant", [await sent(actor, "façade.jpg")], "500");
    expect(end).toMatchObject({ status: "failed" });
    expect(images.map(({ length }) => length)).toEqual(expect.arrayContaining([1, 0]));
    expect(images.at(-1)).toEqual([]);
  });

  it("shows the most recent ones that fit, and none that is deleted", async () => {
    const actor = await anActor();
    const ids = [
      await sent(actor, "un.jpg", 10),
      await sent(actor, "deux.jpg", 20),
      await sent(actor, "trois.jpg", 30),
    ];
    const { asked, images } = await ask(actor, "myope", ids);
    expect(images[0]).toHaveLength(1);
    expect(asked[0]?.content).toContain("IMAGE⟧\ntrois.jpg");
    await removeDocument(actor, ids[2] ?? "");
    const after = await ask(actor, "myope", ids.slice(0, 2));
    expect(after.asked[0]?.content).toContain("IMAGE⟧\ndeux.jpg");
  });
});
