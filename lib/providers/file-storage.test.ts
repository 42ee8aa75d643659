import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { newId } from "@/lib/id";
import { fileStorageContract } from "./file-storage.contract";
import { createLocalStorage } from "./file-storage.local";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());

fileStorageContract("in a local folder", async () => {
  const folder = aFolder();
  return { storage: createLocalStorage(folder), keysIn: async () => filesIn(folder) };
});

it("forgets what a dead process was receiving, and nothing that a living one receives", async () => {
  const folder = aFolder();
  mkdirSync(join(folder, "incoming"));
  writeFileSync(join(folder, "incoming", "999999999-dead"), "half");
  writeFileSync(join(folder, "incoming", `${process.ppid}-living`), "half");
  const storage = createLocalStorage(folder);
  await storage.put(newId(), (async function* () {})(), 10);
  expect(readdirSync(join(folder, "incoming"))).toEqual([`${process.ppid}-living`]);
});

it("keeps files from the other accounts of the machine", async () => {
  const folder = aFolder();
  const key = newId();
  await createLocalStorage(folder).put(key, (async function* () {})(), 10);
  const [path = ""] = filesIn(folder);
  expect(statSync(join(folder, path)).mode & 0o077).toBe(0);
});
