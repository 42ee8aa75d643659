import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { pdfWriter, show } from "@/tests/support/pdf-writer";
import { startScriptedOcr } from "@/tests/support/scripted-ocr";
import { setTestSettings } from "@/tests/support/settings";
import { recognisePage, recognitionHosting } from "./page-recognition";
import { askOcr } from "./page-recognition.ocr";
import { closeReadingPool } from "./reading";

const ocr = await startScriptedOcr();
const folder = mkdtempSync(join(tmpdir(), "recognition-"));
setTestSettings({
  OCR_BASE_URL: ocr.baseUrl,
  OCR_MODEL: "mistral-ocr",
  OCR_API_KEY: "une-clef",
  OCR_TIMEOUT_SECONDS: "2",
});
afterAll(async () => {
  closeReadingPool();
  await ocr.close();
  rmSync(folder, { recursive: true, force: true });
});

const forever = () => new AbortController().signal;
const jpeg = new Uint8Array([0xff, 0xd8, 0xff]);
const options = { baseUrl: ocr.baseUrl, apiKey: "une-clef", model: "mistral-ocr", timeoutMs: 2_000 };
const ask = (wishes: Partial<typeof options> = {}, signal = forever()) =>
  askOcr({ ...options, ...wishes }, jpeg, signal);

describe("a server that recognises", () => {
  it("is sent the picture in the address of an image, with the model and the key, and gives the text of the page", async () => {
    ocr.answer({ markdown: "# Arrêté\n\n![img-0.jpeg](img-0.jpeg)\n\nLe délai est de **deux mois**.\u0000" });
    expect(await ask()).toBe("# Arrêté\n\nLe délai est de **deux mois**.");
    expect(ocr.requests).toEqual([
      {
        path: "/v1/ocr",
        authorization: "Bearer une-clef",
        body: { model: "mistral-ocr", document: { type: "image_url", image_url: "data:image/jpeg;base64,/9j/" } },
      },
    ]);
  });

  it.each([429, 503])("is asked again when it is busy (%i), after the time it says", async (status) => {
    ocr.answer({ status, retryAfter: "1" }, { markdown: "Texte" });
    const start = performance.now();
    expect(await ask()).toBe("Texte");
    expect(performance.now() - start).toBeGreaterThan(950);
    expect(ocr.requests).toHaveLength(2);
  });

  it("is asked three times at most, and never beyond the time of a page", async () => {
    ocr.answer({ status: 503, retryAfter: "0" });
    await expect(ask()).rejects.toMatchObject({ name: "OcrError", isAway: true });
    expect(ocr.requests).toHaveLength(3);
    ocr.answer({ status: 429, retryAfter: "10" });
    const start = performance.now();
    await expect(ask()).rejects.toMatchObject({ name: "OcrError", isAway: true });
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it.each([
    ["a key it refuses", { status: 403 }, true],
    ["a page it refuses", { status: 422 }, false],
    ["a picture too large for it", { status: 413 }, false],
    ["an answer that is no JSON", { status: 200, body: "<html>" }, false],
    ["an answer of another shape", { status: 200, body: '{"choices":[]}' }, false],
    ["an answer without end", "endless", false],
    ["an answer that is cut", "cut", true],
    ["silence", "silent", true],
    ["an address elsewhere", { status: 302, location: "/elsewhere" }, true],
  ] as const)("fails in a way that is known: %s", async (_, answer, isAway) => {
    ocr.answer(answer);
    const error = await ask({ timeoutMs: 500 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "OcrError", isAway });
    expect(String(error)).not.toContain("une-clef");
    expect(ocr.requests).toHaveLength(1);
  });

  it("is left at once by a caller who leaves", async () => {
    ocr.answer("silent");
    const leave = new AbortController();
    setTimeout(() => leave.abort(new Error("parti")), 50);
    await expect(ask({}, leave.signal)).rejects.toThrow("parti");
  });
});

describe("a page", () => {
  const reported = vi.spyOn(console, "warn").mockImplementation(() => {});
  beforeEach(() => {
    Object.assign(globalThis, { assistantOcrAwayUntil: undefined });
    reported.mockClear();
  });

  const aPicture = async () => {
    const path = join(folder, "picture.png");
    const text = { text: "Bonjour", font: "sans 24", dpi: 100, rgba: true };
    const picture = sharp({ text }).flatten({ background: "white" });
    await picture.extend({ top: 40, bottom: 40, left: 40, right: 40, background: "white" }).png().toFile(path);
    return { path, page: undefined };
  };

  it("is drawn, sent as a JPEG that can travel, and has the text of the server", async () => {
    const path = join(folder, "scan.pdf");
    const writer = pdfWriter();
    writer.page({ content: show(20, 60, "Bonjour", 60), size: [595, 842] });
    writeFileSync(path, writer.bytes({ user: "", owner: "maître" }));
    ocr.answer({ markdown: "Lu par le serveur" });
    expect(await recognisePage({ path, page: 1 }, forever())).toMatchObject({ text: "Lu par le serveur" });
    const [sent] = ocr.requests as { body: { document: { image_url: string } } }[];
    const bytes = Buffer.from((sent?.body.document.image_url ?? "").replace("data:image/jpeg;base64,", ""), "base64");
    const { format, height = 0 } = await sharp(bytes).metadata();
    expect(format).toBe("jpeg");
    expect(height).toBe(2_400);
    expect(bytes.length).toBeLessThan(500_000);
  });

  it("is read on this machine when the server fails, which is said without what it sent, and is not asked again for a while", async () => {
    const picture = await aPicture();
    ocr.answer({ status: 403 });
    expect(await recognisePage(picture, forever())).toMatchObject({ text: "Bonjour" });
    expect(await recognisePage(picture, forever())).toMatchObject({ text: "Bonjour" });
    expect(ocr.requests).toHaveLength(1);
    expect(reported).toHaveBeenCalledTimes(1);
    expect(reported.mock.lastCall?.[0]).toMatch(/recognition\.ocr.*OcrError/);
    expect(reported.mock.lastCall?.[0]).not.toMatch(/une-clef|base64/);
  });

  it("is sent to the server even when the one before was refused", async () => {
    const picture = await aPicture();
    ocr.answer({ status: 422 }, { markdown: "Lu par le serveur" });
    expect(await recognisePage(picture, forever())).toMatchObject({ text: "Bonjour" });
    expect(await recognisePage(picture, forever())).toMatchObject({ text: "Lu par le serveur" });
  });

  it("stays without text when it cannot be drawn", async () => {
    const path = join(folder, "rien.png");
    writeFileSync(path, "rien");
    ocr.answer({ markdown: "Lu" });
    expect(await recognisePage({ path, page: undefined }, forever())).toBeNull();
    expect(ocr.requests).toEqual([]);
  });

  it("is left with the reason of whoever stops the work", async () => {
    ocr.answer("silent");
    const leave = new AbortController();
    setTimeout(() => leave.abort(new Error("arrêt")), 300);
    await expect(recognisePage(await aPicture(), leave.signal)).rejects.toThrow("arrêt");
  });

  it("goes where the configuration says, which agents are told", () => {
    expect(recognitionHosting()).toBe("127.0.0.1");
  });
});
