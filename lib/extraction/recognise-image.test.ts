import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { close, recognise } from "./recognise-image.ts";
import { toParagraphs } from "./recognised-lines.ts";
import { toPlaces } from "./recognised-places.ts";

afterAll(close);

/** Written with whatever font this machine has. */
const pictureOf = (...lines: string[]) =>
  sharp({
    text: { text: lines.join("\n"), font: "sans 24", dpi: 100, rgba: true },
  })
    .flatten({ background: "white" })
    .extend({ top: 40, bottom: 40, left: 40, right: 40, background: "white" })
    .png()
    .toBuffer();

describe("recognition", () => {
  it("reads French in a picture", async () => {
    const { text, confidence } = await recognise(await pictureOf("Arrêté préfectoral du 24 novembre 2026", "Budget"));

    expect(text).toContain("Arrêté préfectoral du 24 novembre 2026");
    expect(confidence).toBeGreaterThan(70);
  });

  it("tells where each line is, in shares of the picture", async () => {
    const picture = await pictureOf("Le montant de la subvention", "est de 4 512 euros.");
    const { text, places } = await recognise(picture);
    const said = places.map(({ start, length }) => text.slice(start, start + length));
    expect(said).toEqual(["Le montant de la subvention", "est de 4 512 euros."]);
    const { width = 0, height = 0 } = await sharp(picture).metadata();
    const [first, second] = places;
    expect((first?.x ?? 0) * width).toBeGreaterThan(38);
    expect((first?.x ?? 0) * width).toBeLessThan(46);
    expect((first?.y ?? 0) * height).toBeGreaterThan(38);
    expect((second?.y ?? 0) * height).toBeGreaterThan((first?.y ?? 0) * height + 20);
    expect(((second?.y ?? 0) + (second?.height ?? 0)) * height).toBeLessThan(height - 36);
  });

  it("keeps its worker from one picture to the next", async () => {
    const start = performance.now();

    expect((await recognise(await pictureOf("Bonjour"))).text).toBe("Bonjour");
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it("refuses what is no picture, or a giant one, and goes on", async () => {
    await expect(recognise(Buffer.from("rien"))).rejects.toMatchObject({ code: "damaged" });
    expect((await recognise(await pictureOf("Bonsoir"))).text).toBe("Bonsoir");
  });

  it("gives up when its caller does or when it takes too long, and goes on", async () => {
    const picture = await pictureOf(...Array.from({ length: 30 }, () => "Une ligne parmi beaucoup d’autres"));

    await expect(recognise(picture, { timeoutMs: 50 })).rejects.toMatchObject({ code: "too_long" });
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(new Error("parti")), 50);
    await expect(recognise(picture, { signal: giveUp.signal })).rejects.toThrow("parti");
    expect((await recognise(await pictureOf("Encore"))).text).toBe("Encore");
  });

  it("works without any network, in a process where none can be used", async () => {
    const folder = mkdtempSync(join(tmpdir(), "recognition-test-"));
    writeFileSync(join(folder, "picture.png"), await pictureOf("Sans réseau"));
    // Loaded in the worker's thread too: it inherits --import.
    writeFileSync(
      join(folder, "no-network.mjs"),
      `import net from "node:net"; import dns from "node:dns"; import { writeSync } from "node:fs";
       const refuse = () => { writeSync(2, "network used"); process.kill(process.pid, "SIGKILL"); };
       net.Socket.prototype.connect = refuse; dns.lookup = refuse; globalThis.fetch = refuse;
       writeSync(1, "guarded ");`,
    );
    const program = `
      import { readFileSync } from "node:fs";
      import { close, recognise } from ${JSON.stringify(pathToFileURL(join(process.cwd(), "lib/extraction/recognise-image.ts")))};
      if (process.env.PROOF) await fetch("http://127.0.0.1:9/").catch(() => {});
      console.log((await recognise(readFileSync(process.env.PICTURE))).text);
      await close();
    `;
    writeFileSync(join(folder, "program.mjs"), program);
    const run = (proof: string) => {
      const { PATH, NODE_ENV } = process.env;
      const env = { PATH, NODE_ENV, TMPDIR: folder, PICTURE: join(folder, "picture.png"), PROOF: proof };
      const flags = ["--import", join(folder, "no-network.mjs"), join(folder, "program.mjs")];
      return spawnSync(process.execPath, flags, { encoding: "utf8", env });
    };

    const { stdout, stderr, status } = run("");

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    // Once in the process, once in the worker.
    expect(stdout.match(/guarded/g)).toHaveLength(2);
    expect(stdout).toContain("Sans réseau");
    expect(["fra.traineddata", "eng.traineddata"].filter((file) => existsSync(file))).toEqual([]);
    // The guard itself works.
    expect(run("1").stderr).toBe("network used");
    rmSync(folder, { recursive: true });
  });
});

describe("the places of recognised words", () => {
  const word = (text: string, line: number, x: number, width: number) =>
    `5\t1\t1\t1\t${line}\t1\t${x}\t${line * 20}\t${width}\t10\t96\t${text}`;
  const tsv = (...words: string[]) => ["1\t1\t0\t0\t0\t0\t0\t0\t200\t100\t-1\t", ...words, ""].join("\n");
  const said = (text: string, table: string) =>
    toPlaces(text, table).map(({ start, length }) => text.slice(start, start + length));

  it("are those of its lines, cut at what is far, and a word cut in two is in two places", () => {
    const table = tsv(word("Le", 1, 10, 20), word("déli-", 1, 35, 30), word("béré", 2, 10, 30), word("12", 2, 150, 20));
    expect(said("Le délibéré 12", table)).toEqual(["Le déli", "béré", "12"]);
    expect(toPlaces("Le délibéré 12", table)[0]).toEqual({
      start: 0,
      length: 7,
      x: expect.closeTo(0.05),
      y: expect.closeTo(0.2),
      width: expect.closeTo(0.275, 5),
      height: expect.closeTo(0.1),
    });
  });

  it("leave out a word that was not kept, and are none without a picture", () => {
    expect(said("Le montant", tsv(word("Le", 1, 10, 20), word("§", 1, 31, 5), word("montant", 1, 40, 50)))).toEqual([
      "Le montant",
    ]);
    expect(toPlaces("Le montant", "")).toEqual([]);
  });
});

describe("recognised lines", () => {
  it("go on when they are full, and stay apart when they are short", () => {
    expect(
      toParagraphs(
        "Le conseil municipal s’est réuni hier soir afin de déli-\nbérer du budget de la commune pour l’année qui vient\net des travaux.\n\nNom :\nDupont\n- un\n- deux\n",
      ),
    ).toBe(
      "Le conseil municipal s’est réuni hier soir afin de délibérer du budget de la commune pour l’année qui vient et des travaux.\n\nNom :\nDupont\n- un\n- deux",
    );
  });
});
