import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { writeZip } from "@/tests/support/zip-writer";
import { READING_LIMITS } from "./extraction.ts";
import { readFile } from "./read-file.ts";

const read = (content: string | Uint8Array, name: string, limits = READING_LIMITS) =>
  readFile(new Uint8Array(Buffer.from(content)), name, { limits });

describe("reading a file", () => {
  it("gives its type, its pages, its titles and its language", async () => {
    expect(await read("# Budget\n\nLe conseil a voté le budget de la commune pour l’année.", "budget.md")).toEqual({
      type: "md",
      pages: [
        {
          kind: "section",
          label: "Budget",
          text: "# Budget\n\nLe conseil a voté le budget de la commune pour l’année.",
        },
      ],
      outline: [{ title: "Budget", level: 1, page: 0 }],
      language: "fr",
      warnings: [],
    });
  });

  it.each([
    ["a.csv", "a;b\n1;2"],
    ["a.txt", "a"],
    ["a.html", "<p>a"],
    ["a.rtf", "{\\rtf1 a}"],
    ["a.eml", "From: a@b.fr\n\na"],
  ])("reads %s", async (name, content) => {
    expect((await read(content, name)).pages[0]?.text).toContain("a");
  });

  it("leaves a picture to be recognised", async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: "red" } })
      .png()
      .toBuffer();

    expect(await read(png, "a.png")).toMatchObject({
      type: "png",
      language: null,
      pages: [{ needsRecognition: true }],
    });
  });

  it.each([
    ["a.txt", " \n "],
    ["a.csv", ";;;\n;;;"],
    ["a.html", "<script>a()</script>"],
    ["a.rtf", "{\\rtf1 \\par}"],
    ["a.eml", "\n\n"],
  ])("says that a blank %s has no text", async (name, content) => {
    await expect(read(content, name)).rejects.toMatchObject({ code: "no_text" });
  });

  it("holds to its limits", async () => {
    const limits = { ...READING_LIMITS, pagesMax: 2 };
    await expect(read(`${"mot ".repeat(1_000)}\n\n`.repeat(20), "a.txt", limits)).rejects.toMatchObject({
      code: "too_many_pages",
    });
    await expect(read("a".repeat(11), "a.txt", { ...READING_LIMITS, charactersMax: 10 })).rejects.toMatchObject({
      code: "too_large_inside",
    });
  });

  it("says in a code alone why a file is not read", async () => {
    await expect(read("", "a.txt")).rejects.toMatchObject({ code: "empty_file", message: "empty_file" });
    await expect(read(writeZip({ "secret.txt": "secret" }), "a.zip")).rejects.toMatchObject({
      message: "unsupported_type",
    });
  });
});
