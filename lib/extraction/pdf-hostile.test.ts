import { describe, expect, it } from "vitest";
import { pdfWriter, show } from "../../tests/support/pdf-writer.ts";
import { READING_LIMITS, type ReadingLimits } from "./extraction.ts";
import { readPdf } from "./pdf.ts";

const read = (bytes: Uint8Array, more: { password?: string; limits?: Partial<ReadingLimits> } = {}) =>
  readPdf(bytes, { password: more.password, limits: { ...READING_LIMITS, ...more.limits } });

const aSecret = (passwords: { user: string; owner: string }) => {
  const writer = pdfWriter();
  writer.page({ content: show(60, 700, "Confidentiel") });
  return writer.bytes(passwords);
};

describe("a password", () => {
  const locked = aSecret({ user: "sésame", owner: "maître" });

  it("is asked for when it is needed", async () => {
    await expect(read(locked)).rejects.toMatchObject({ code: "password_needed" });
  });

  it("is refused when it is wrong", async () => {
    await expect(read(locked, { password: "autre" })).rejects.toMatchObject({ code: "password_wrong" });
  });

  it.each(["sésame", "maître"])("opens the document when it is right: %s", async (password) => {
    expect((await read(locked, { password })).pages[0]?.text).toBe("Confidentiel");
  });

  it("is not needed when it only protects from changes", async () => {
    expect((await read(aSecret({ user: "", owner: "maître" }))).pages[0]?.text).toBe("Confidentiel");
  });
});

describe("a damaged file", () => {
  const whole = () => {
    const writer = pdfWriter();
    writer.page({ content: show(60, 700, "Bonjour") });
    return writer.bytes();
  };

  it("of no byte is said empty", async () => {
    await expect(read(new Uint8Array())).rejects.toMatchObject({ code: "empty_file" });
  });

  it.each([
    ["noise", Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 251))],
    ["a header alone", Buffer.from("%PDF-1.7\n%%EOF\n")],
    ["its first bytes", whole().subarray(0, 150)],
    ["text", Buffer.from("Ceci n'est pas un PDF. ".repeat(50))],
  ])("of %s is said damaged, with nothing of it in the message", async (_what, bytes) => {
    const failure: Error = await read(bytes).then(
      () => new Error("it was read"),
      (error) => error,
    );
    expect(failure).toMatchObject({ name: "ExtractionError", code: "damaged", message: "damaged" });
    expect(failure.cause).toBeUndefined();
  });

  it("whose table of objects is lost is read all the same", async () => {
    const bytes = Buffer.from(
      whole()
        .toString("latin1")
        .replace(/xref\n.*trailer/s, "trailer"),
      "latin1",
    );
    expect((await read(bytes)).pages[0]?.text).toBe("Bonjour");
  });

  it("whose stream is not closed is read, and said to be damaged", async () => {
    const bytes = Buffer.from(whole().toString("latin1").replace("endstream", "enxstream"), "latin1");
    const { pages, warnings } = await read(bytes);
    expect(pages[0]?.text).toContain("Bonjour");
    expect(warnings).toContain("damaged_parts");
  });

  it("that does not say how many pages it has is refused: nobody could tell whether all were read", async () => {
    const bytes = Buffer.from(whole().toString("latin1").replace("/Count", "/Nombr"), "latin1");
    await expect(read(bytes)).rejects.toMatchObject({ code: "damaged" });
  });

  it("that lacks some of its pages gives the others, and says so", async () => {
    const writer = pdfWriter();
    const page = writer.page({ content: show(60, 700, "Bonjour") });
    writer.lie({ kids: `${page} 99 0 R`, count: 2 });
    const { pages, warnings } = await read(writer.bytes());
    expect(pages.map(({ text }) => text)).toEqual(["Bonjour", ""]);
    expect(warnings).toEqual(["damaged_parts"]);
  });
});

describe("what would never end", () => {
  it("is refused before it starts when there are too many pages", async () => {
    const writer = pdfWriter();
    const page = writer.page({ content: show(60, 700, "Bonjour") });
    writer.lie({ kids: `${page} `.repeat(6_000), count: 6_000 });
    await expect(read(writer.bytes())).rejects.toMatchObject({ code: "too_many_pages" });
  });

  it("is not what a file says of its pages: there may be fewer", async () => {
    const writer = pdfWriter();
    writer.page({ content: show(60, 700, "Bonjour") });
    writer.lie({ count: 100_000 });
    expect((await read(writer.bytes())).pages).toHaveLength(1);
  });

  it("is refused when there is too much text, within one page too", async () => {
    const writer = pdfWriter();
    writer.page({ content: show(60, 700, "Bonjour à tous").repeat(200) });
    await expect(read(writer.bytes(), { limits: { charactersMax: 1_000 } })).rejects.toMatchObject({
      code: "too_large_inside",
    });
  });

  it("ends: a page tree, or a drawing, that contains itself", async () => {
    const looped = pdfWriter();
    looped.lie({ kids: looped.tree, count: 1 });
    await expect(read(looped.bytes())).rejects.toMatchObject({ code: "damaged" });

    const writer = pdfWriter();
    const form = `${4} 0 R`;
    writer.addStream(
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${form} >> >>`,
      "/X Do",
    );
    writer.page({ content: `/X Do ${show(60, 700, "Bonjour")}`, xObjects: { X: form } });
    expect((await read(writer.bytes())).pages[0]?.text).toBe("Bonjour");
  });

  it("runs nothing: a script of the document is no text and does nothing", async () => {
    const writer = pdfWriter();
    writer.catalog("/OpenAction << /S /JavaScript /JS (globalThis.wasRun = true; app.alert('x')) >>");
    writer.page({ content: show(60, 700, "Bonjour") });
    expect((await read(writer.bytes())).pages[0]?.text).toBe("Bonjour");
    expect(globalThis).not.toHaveProperty("wasRun");
  });

  it("lays out a page of thousands of scattered words in reasonable time", async () => {
    const writer = pdfWriter();
    const words = Array.from({ length: 20_000 }, (_, index) =>
      show(10 + ((index * 7_919) % 570), 10 + ((index * 104_729) % 820), `m${index}`, 4),
    );
    writer.page({ content: words.join("") });
    const started = performance.now();
    const { pages } = await read(writer.bytes());
    expect(pages[0]?.text).toContain("m19999");
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
