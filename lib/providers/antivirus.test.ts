import { Readable } from "node:stream";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { EICAR, startScriptedClamd } from "@/tests/support/scripted-clamd";
import { setTestSettings } from "@/tests/support/settings";
import { scan } from "./antivirus";
import { scanWithClamd } from "./antivirus.clamd";

const clamd = await startScriptedClamd();
afterAll(() => clamd.close());

setTestSettings();
const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => {
  warned.mockClear();
  clamd.behave("normal");
});

const streamOf = (...pieces: (string | Buffer)[]) => Readable.from(pieces.map((piece) => Buffer.from(piece)));

describe("with clamd", () => {
  const scanned = (bytes: Readable) => scanWithClamd(new URL(clamd.url), bytes);

  it("finds a sound file clean, having sent every byte of it", async () => {
    const large = Buffer.alloc(3_000_000, "contenu ");
    expect(await scanned(streamOf(large, "fin"))).toBe("clean");
    expect(clamd.received.at(-1)?.equals(Buffer.concat([large, Buffer.from("fin")]))).toBe(true);
  });

  it("finds the test virus, even across two pieces", async () => {
    expect(await scanned(streamOf("début ", EICAR.slice(0, 20), EICAR.slice(20)))).toBe("infected");
  });

  it("finds an empty file clean", async () => {
    expect(await scanned(streamOf())).toBe("clean");
  });

  it.each(["size-limit", "hangs-up", "nonsense"] as const)("has no verdict when clamd does this: %s", async (how) => {
    clamd.behave(how);
    expect(await scanned(streamOf(Buffer.alloc(2_000_000, "a"), EICAR))).toBe("unavailable");
    expect(warned).toHaveBeenCalled();
  });

  it("has no verdict when the file cannot be read to its end", async () => {
    const broken = new Readable({
      read() {
        this.push(Buffer.from("début"));
        this.destroy(new Error("disk"));
      },
    });
    expect(await scanned(broken)).toBe("unavailable");
  });
});

it("has no verdict when clamd is away", async () => {
  expect(await scanWithClamd(new URL("tcp://127.0.0.1:9"), streamOf("bonjour"))).toBe("unavailable");
});

it("lets everything through when there is no antivirus, without opening it", async () => {
  let opened = 0;
  const open = async () => {
    opened += 1;
    return streamOf(EICAR);
  };
  expect(await scan(open)).toBe("clean");
  expect(opened).toBe(0);
});
