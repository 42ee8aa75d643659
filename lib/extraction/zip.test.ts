import { expect, it } from "vitest";
import { writeZip } from "@/tests/support/zip-writer";
import { READING_LIMITS } from "./extraction.ts";
import { openArchive } from "./zip.ts";

async function readAll(bytes: Uint8Array, name: string, limits = READING_LIMITS): Promise<string> {
  const archive = await openArchive(bytes, limits);
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.stream(name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it("gives the parts of an archive, deflated or stored", async () => {
  expect(await readAll(writeZip({ "a.xml": "bonjour" }), "a.xml")).toBe("bonjour");
  expect(await readAll(writeZip({ "a.xml": "bonjour" }, { isStored: true }), "a.xml")).toBe("bonjour");
});

it("takes names for keys, whatever path they look like", async () => {
  const archive = await openArchive(writeZip({ "../../etc/passwd": "x", "/Word\\Document.xml": "y" }), READING_LIMITS);
  expect(archive.has("../../etc/passwd")).toBe(true);
  expect(archive.has("word/document.xml")).toBe(true);
});

it("reads the first of two parts of the same name", async () => {
  const twice = writeZip([
    ["a.xml", "premier"],
    ["A.xml", "second"],
  ]);
  expect(await readAll(twice, "a.xml")).toBe("premier");
});

it("refuses an empty file, what is not an archive, a cut one, and one whose content does not have its checksum", async () => {
  const whole = writeZip({ "a.xml": "bonjour ".repeat(1000) });
  await expect(readAll(new Uint8Array(), "a.xml")).rejects.toMatchObject({ code: "empty_file" });
  await expect(readAll(Buffer.from("pas une archive"), "a.xml")).rejects.toMatchObject({ code: "damaged" });
  await expect(readAll(whole.subarray(0, whole.length - 30), "a.xml")).rejects.toMatchObject({ code: "damaged" });
  await expect(readAll(writeZip({ "a.xml": "x" }, { checksumError: 1 }), "a.xml")).rejects.toMatchObject({
    code: "damaged",
  });
  await expect(readAll(whole, "absent.xml")).rejects.toMatchObject({ code: "damaged" });
});

it("says that an encrypted part needs a password", async () => {
  const encrypted = writeZip({ "a.xml": "secret" }, { isEncrypted: true });
  await expect(readAll(encrypted, "a.xml")).rejects.toMatchObject({ code: "password_needed" });
});

it("stops a part that deflates better than any document", async () => {
  const bomb = writeZip({ "a.xml": Buffer.alloc(60_000_000) });
  expect(bomb.length).toBeLessThan(100_000);
  await expect(readAll(bomb, "a.xml")).rejects.toMatchObject({ code: "too_large_inside" });
});

it("stops at the limit while inflating, whatever the archive says of its size", async () => {
  const limits = { ...READING_LIMITS, inflatedBytesMax: 100_000 };
  const large = { "a.xml": "x".repeat(300_000) };
  await expect(readAll(writeZip(large), "a.xml", limits)).rejects.toMatchObject({ code: "too_large_inside" });
  await expect(readAll(writeZip(large, { declaredSize: 10 }), "a.xml", limits)).rejects.toMatchObject({
    code: "damaged",
  });
});

it("counts all the parts together, and each reading of the same", async () => {
  const limits = { ...READING_LIMITS, inflatedBytesMax: 1_500 };
  const archive = await openArchive(writeZip({ "a.xml": "x".repeat(1_000) }), limits);
  const read = async () => {
    for await (const _ of archive.stream("a.xml"));
  };
  await read();
  await expect(read()).rejects.toMatchObject({ code: "too_large_inside" });
});

it("refuses an archive of too many parts", async () => {
  const parts = Array.from({ length: 20_001 }, (_, at): [string, string] => [`p${at}`, ""]);
  await expect(openArchive(writeZip(parts, { isStored: true }), READING_LIMITS)).rejects.toMatchObject({
    code: "too_large_inside",
  });
});

it("keeps nothing of the file in its errors", async () => {
  const error = await readAll(writeZip({ "secret-name.xml": "x" }, { checksumError: 1 }), "secret-name.xml").catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ message: "damaged" });
  expect(error).not.toHaveProperty("cause");
});
