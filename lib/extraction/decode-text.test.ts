import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeText } from "./decode-text.ts";

const FRENCH =
  "L’été dernier, la préfète a reçu 12 000 € : « déjà », dit-elle, au cœur de l’hôtel de région. N° 4, à Besançon.";
const SIMPLE = "Le préfet a été reçu à la mairie où l'élève était déjà très gênée, en français.";

describe("decoding", () => {
  it.each(["utf-8", "utf-16le", "utf-16be", "utf-32le"])("follows the mark of %s", (encoding) => {
    const bytes = iconv.encode(FRENCH, encoding, { addBOM: true });

    expect(decodeText(bytes)).toEqual({ text: FRENCH, encoding, isGuessed: false });
  });

  it.each(["utf-16le", "utf-16be"])("recognises %s without a mark", (encoding) => {
    expect(decodeText(iconv.encode(SIMPLE, encoding))).toEqual({ text: SIMPLE, encoding, isGuessed: true });
  });

  it("takes UTF-8 for what it is, even when a page says otherwise", () => {
    expect(decodeText(Buffer.from(FRENCH))).toMatchObject({ text: FRENCH, encoding: "utf-8", isGuessed: false });
    expect(decodeText(Buffer.from(FRENCH), "iso-8859-1")).toMatchObject({ text: FRENCH, encoding: "utf-8" });
  });

  it.each(["windows-1252", "macintosh"])("guesses %s by its letters", (encoding) => {
    // iconv-lite has the generic currency sign where Mac Roman has had the euro since 1998.
    const bytes = iconv.encode(encoding === "macintosh" ? FRENCH.replace("€", "¤") : FRENCH, encoding);

    expect(decodeText(bytes)).toEqual({ text: FRENCH, encoding, isGuessed: true });
  });

  it.each(["windows-1252", "macintosh", "cp850"])("guesses %s by é, è, à, ç alone", (encoding) => {
    expect(decodeText(iconv.encode(SIMPLE, encoding)).text).toBe(SIMPLE);
  });

  it("guesses ISO-8859-15 by the œ and the € that Windows-1252 has elsewhere", () => {
    const text = "Le cœur de l'œuvre a coûté 300 € à l'État.";

    expect(decodeText(iconv.encode(text, "iso-8859-15"))).toEqual({ text, encoding: "iso-8859-15", isGuessed: true });
  });

  it("keeps the curved quotes of an English text", () => {
    const text = "This is a “windows” encoding";

    expect(decodeText(iconv.encode(text, "windows-1252")).text).toBe(text);
  });

  it("believes a declared charset that UTF-8 does not contradict", () => {
    const text = "Аренда квартир";

    expect(decodeText(iconv.encode(text, "windows-1251"), "Windows-1251")).toMatchObject({ text, isGuessed: false });
    expect(decodeText(iconv.encode("日本語", "shift_jis"), "Shift_JIS").text).toBe("日本語");
  });

  it("guesses again when the declared charset does not exist or is not true", () => {
    expect(decodeText(iconv.encode(SIMPLE, "windows-1252"), "x-inconnu").text).toBe(SIMPLE);
    expect(decodeText(iconv.encode(SIMPLE, "windows-1252"), "utf-8").text).toBe(SIMPLE);
  });

  it("forgives UTF-8 that is cut in the middle of a letter", () => {
    const cut = Buffer.from(`${FRENCH} é`).subarray(0, -1);

    expect(decodeText(cut)).toMatchObject({ encoding: "utf-8", text: `${FRENCH} \ufffd` });
  });
});
