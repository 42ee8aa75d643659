import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { memoryOf } from "./process-memory.ts";
import type { ReadingUsage } from "./reading-child.ts";
import { createReadingPool, type ReadingPoolOptions } from "./reading-pool.ts";

const MISBEHAVING = join("tests", "support", "misbehaving-reading-process.ts");

function aPool(options: ReadingPoolOptions) {
  const pool = createReadingPool({ size: 1, ...options });
  onTestFinished(() => pool.close());
  return pool;
}

/** A pool whose files do what they are named; what they give is the number of their process. */
function aMisbehavingPool(options: ReadingPoolOptions = {}) {
  const pool = aPool({ script: MISBEHAVING, memoryBytes: 350_000_000, ...options });
  return async (fileName: string, signal?: AbortSignal) =>
    Number((await pool.read({ path: "", fileName }, { signal })).pages[0]?.text);
}

function aFile(name: string, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "reading-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/**
 * Watches this thread from now on, and gives the longest turn of its event loop in milliseconds of its own work: what the
 * machine does besides does not count.
 */
function watchTurns(): () => number {
  let longestMs = 0;
  let isOver = false;
  let last = process.threadCpuUsage();
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
    return longestMs;
  };
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const untilEnded = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 5_000 });

describe("reading in another process", () => {
  it("gives pages as the reader gives them, and what they cost", async () => {
    const pool = aPool({});
    const usages: ReadingUsage[] = [];
    const path = aFile("x", "# Titre\n\nLe conseil a voté le budget de la commune pour l’année.");

    const read = await pool.read({ path, fileName: "a.md" }, { report: (usage) => void usages.push(usage) });

    expect(read).toEqual({
      type: "md",
      pages: [{ kind: "section", label: "Titre", text: expect.stringContaining("budget") }],
      outline: [{ title: "Titre", level: 1, page: 0 }],
      language: "fr",
      warnings: [],
    });
    expect(usages).toEqual([{ milliseconds: expect.any(Number), peakMemoryBytes: expect.any(Number) }]);
    expect(usages[0]?.peakMemoryBytes).toBeGreaterThan(30_000_000);
  });

  it("rejects with the code of the reader, and reads the next file", async () => {
    const pool = aPool({});

    await expect(pool.read({ path: aFile("x", ""), fileName: "a.txt" })).rejects.toMatchObject({ code: "empty_file" });
    await expect(pool.read({ path: aFile("x", "MZ\0\0\0"), fileName: "a.exe" })).rejects.toMatchObject({
      code: "unsupported_type",
    });
    await expect(pool.read({ path: "/nowhere", fileName: "a.txt" })).rejects.toMatchObject({ code: "unexpected" });
    expect(await pool.read({ path: aFile("x", "un"), fileName: "a.txt" })).toMatchObject({ type: "txt" });
  });

  it("brings a long result back whole, and leaves the parent free meanwhile", async () => {
    const pool = aPool({});
    const paragraph = `${"Le conseil municipal a délibéré. ".repeat(40)}\n\n`;
    const long = aFile("x", paragraph.repeat(2_300));
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index};ligne ${index};${index / 2}`);
    const table = aFile("y", ["n;nom;moitié", ...rows].join("\n"));
    await pool.read({ path: aFile("z", "a"), fileName: "a.txt" });
    const longestTurn = watchTurns();

    const text = await pool.read({ path: long, fileName: "a.txt" });
    const sheet = await pool.read({ path: table, fileName: "a.csv" });
    const longestMs = longestTurn();

    expect(text.pages.length).toBeGreaterThan(500);
    expect(text.pages.map((page) => page.text).join("").length).toBeGreaterThan(2_900_000);
    expect(sheet.pages[0]?.cells).toHaveLength(60_001);
    expect(sheet.pages[0]?.cells?.at(-1)).toEqual(["59999", "ligne 59999", "29999.5"]);
    const lines = sheet.pages[0]?.text.split("\n");
    expect(lines).toHaveLength(60_002);
    expect(lines?.slice(3, 5)).toEqual(["| 1 | ligne 1 | 0.5 |", "| 2 | ligne 2 | 1 |"]);
    expect(lines?.at(-1)).toBe("| 59999 | ligne 59999 | 29999.5 |");
    // Piece by piece: how long each takes is measured by bench:documents.
    expect(longestMs).toBeLessThan(1_000);
  });

  it.each([
    ["loop", "too_long"],
    ["memory", "too_much_memory"],
    ["heap", "too_much_memory"],
    ["abort", "too_much_memory"],
    ["crash", "damaged"],
    ["exit", "damaged"],
  ])("kills or loses a process that meets %s as %s, and harms no other file", async (misfortune, code) => {
    const read = aMisbehavingPool({ timeoutMs: misfortune === "loop" ? 2_000 : 30_000, size: 2 });

    const [fate, beside, after] = await Promise.allSettled([read(misfortune), read("well"), read("well")]);

    expect(fate).toMatchObject({ status: "rejected", reason: { code } });
    expect([beside?.status, after?.status]).toEqual(["fulfilled", "fulfilled"]);
    expect(await read("well")).toBeGreaterThan(0);
  });

  it("keeps a process for the next file, unless it kept too much memory", async () => {
    const read = aMisbehavingPool();

    const first = await read("well");
    expect(await read("well")).toBe(first);
    expect(await read("fat")).toBe(first);
    expect(await read("well")).not.toBe(first);
    await untilEnded(first);
  });

  it("keeps what recognises for the next picture, not for the next file", async () => {
    const pool = aPool({ script: MISBEHAVING, memoryBytes: 350_000_000 });

    const first = await pool.recognise({ path: "" });
    expect(await pool.recognise({ path: "" })).toEqual(first);
    expect((await pool.read({ path: "", fileName: "well" })).pages[0]?.text).not.toBe(first.text);
  });

  it("ends a process that has nothing to do", async () => {
    const read = aMisbehavingPool({ idleMs: 50 });

    await untilEnded(await read("well"));
    expect(await read("well")).toBeGreaterThan(0);
  });

  it("gives up at once when its caller does, whether the file was being read or waiting", async () => {
    const read = aMisbehavingPool();
    const giveUp = new AbortController();
    const reading = read("loop", giveUp.signal);
    const waiting = read("well", giveUp.signal);
    const next = read("well");

    setTimeout(() => giveUp.abort(new Error("parti")), 200);

    for (const fate of await Promise.allSettled([reading, waiting]))
      expect(fate).toMatchObject({ status: "rejected", reason: { message: "parti" } });
    expect(await next).toBeGreaterThan(0);
    await expect(read("well", AbortSignal.abort(new Error("déjà parti")))).rejects.toThrow("déjà parti");
  });

  it.runIf(process.platform === "linux")("tells a process nothing of what the application knows", async () => {
    vi.stubEnv("AUTH_SECRET", "secret");
    onTestFinished(() => void vi.unstubAllEnvs());

    const environment = readFileSync(`/proc/${await aMisbehavingPool()("well")}/environ`, "utf8");

    expect(environment).toContain("NODE_ENV=production");
    expect(environment).not.toContain("secret");
  });

  it("reads no more files at a time than its size", async () => {
    const read = aMisbehavingPool({ size: 2 });

    const processes = await Promise.all(Array.from({ length: 6 }, () => read("slow")));

    expect(new Set(processes).size).toBe(2);
  });

  it("ends everything when it closes", async () => {
    const pool = createReadingPool({ size: 1, script: MISBEHAVING });
    const reading = pool.read({ path: "", fileName: "loop" });
    const waiting = pool.read({ path: "", fileName: "well" });
    setTimeout(() => pool.close(), 100);

    const fates = await Promise.allSettled([reading, waiting]);

    for (const fate of fates) expect(fate).toMatchObject({ status: "rejected", reason: { name: "ExtractionError" } });
  });

  it.runIf(process.platform === "linux")("dies with its parent, even in the middle of a loop", async () => {
    const program = `
      import { createReadingPool } from "./lib/extraction/reading-pool.ts";
      const pool = createReadingPool({ size: 1, script: ${JSON.stringify(MISBEHAVING)} });
      const { pages } = await pool.read({ path: "", fileName: "well" });
      console.log(pages[0].text);
      await pool.read({ path: "", fileName: "loop" });
    `;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(line.toString());
    onTestFinished(() => {
      if (isRunning(pid)) process.kill(pid, "SIGKILL");
    });
    expect(memoryOf(pid)).toBeGreaterThan(10_000_000);
    await new Promise((resolve) => setTimeout(resolve, 200));

    parent.kill("SIGKILL");

    await untilEnded(pid);
  });
});
