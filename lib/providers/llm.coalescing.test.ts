import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type ByteSource, gathered, mergeDeltas, WINDOW_MS_MAX, windowFor } from "./llm.coalescing";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A server's answer, said by hand. */
function aBody() {
  let hear: Parameters<ByteSource["listen"]>[0] = { bytes() {}, end() {} };
  const cancelled: unknown[] = [];
  let paused = false;
  let asleep = false;
  let network: string[] = [];
  const source: ByteSource = {
    listen: (given) => {
      hear = given;
    },
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
    },
    sleep: () => {
      asleep = true;
    },
    wake: () => {
      asleep = false;
      const waiting = network.join("");
      network = [];
      if (waiting !== "") hear.bytes(encoder.encode(waiting));
    },
    cancel: (reason) => void cancelled.push(reason),
  };
  return {
    source,
    cancelled,
    isPaused: () => paused,
    isAsleep: () => asleep,
    say: (text: string) => void (asleep ? network.push(text) : hear.bytes(encoder.encode(text))),
    end: () => hear.end(),
    fail: (error: Error) => hear.end({ error }),
  };
}

/** Reads to the end, noting each piece as it comes. */
function listen(stream: ReadableStream<Uint8Array>) {
  const pieces: string[] = [];
  const reader = stream.getReader();
  const ended = (async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      pieces.push(decoder.decode(next.value));
    return "ended";
  })().catch((error: Error) => error.message);
  return { pieces, ended, reader };
}

describe("the window", () => {
  it("is nothing on an idle machine, grows with what runs, and stops at its maximum", () => {
    expect(windowFor({ streams: 1, busy: 0 })).toBe(0);
    expect(windowFor({ streams: 50, busy: 0 })).toBeLessThan(windowFor({ streams: 150, busy: 0 }));
    expect(windowFor({ streams: 1, busy: 0.9 })).toBeGreaterThan(windowFor({ streams: 1, busy: 0.6 }));
    expect(windowFor({ streams: 5_000, busy: 1 })).toBe(WINDOW_MS_MAX);
  });
});

describe("gathered", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const settle = () => vi.advanceTimersByTimeAsync(0);

  it("gives the first pieces at once, whatever the load", async () => {
    const body = aBody();
    const { pieces } = listen(gathered(body.source, () => WINDOW_MS_MAX));
    for (let n = 1; n <= 8; n += 1) {
      body.say(`${n}`);
      await settle();
      expect(pieces).toHaveLength(n);
    }
    body.say("9");
    await settle();
    expect(pieces).toHaveLength(8);
    await vi.advanceTimersByTimeAsync(WINDOW_MS_MAX + 1);
    expect(pieces.at(-1)).toBe("9");
  });

  it("joins what comes within the window, and gives at once what comes long after", async () => {
    const body = aBody();
    const { pieces } = listen(gathered(body.source, () => 50));
    for (let n = 0; n < 8; n += 1) {
      body.say(".");
      await settle();
    }
    for (const word of ["un ", "deux ", "trois"]) {
      body.say(word);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(pieces).toHaveLength(8);
    await vi.advanceTimersByTimeAsync(50);
    expect(pieces.slice(8)).toEqual(["un deux trois"]);
    await vi.advanceTimersByTimeAsync(1_000);
    body.say("plus tard");
    await settle();
    expect(pieces.at(-1)).toBe("plus tard");
  });

  it("reads nothing from the network while it waits, and leaves an ended connection awake", async () => {
    const body = aBody();
    const { pieces, ended } = listen(gathered(body.source, () => WINDOW_MS_MAX));
    for (let n = 0; n < 8; n += 1) {
      expect(body.isAsleep()).toBe(false);
      body.say(".");
      await settle();
    }
    expect(body.isAsleep()).toBe(true);
    await vi.advanceTimersByTimeAsync(WINDOW_MS_MAX + 1);
    expect(body.isAsleep()).toBe(false);
    body.say("plus tard");
    await settle();
    expect(pieces.at(-1)).toBe("plus tard");
    expect(body.isAsleep()).toBe(true);
    body.end();
    expect(await ended).toBe("ended");
    expect(body.isAsleep()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("waits for nothing when the window is nothing", async () => {
    const body = aBody();
    const { pieces } = listen(gathered(body.source, () => 0));
    for (let n = 1; n <= 30; n += 1) {
      body.say("x");
      await settle();
      expect(pieces).toHaveLength(n);
    }
  });

  it.each([
    ["the end", (body: ReturnType<typeof aBody>) => body.end(), "ended"],
    ["a failure", (body: ReturnType<typeof aBody>) => body.fail(new Error("cut")), "cut"],
  ])("gives what it holds at once at %s, then tells it", async (_what, happen, told) => {
    const body = aBody();
    const { pieces, ended } = listen(gathered(body.source, () => WINDOW_MS_MAX));
    for (let n = 0; n < 8; n += 1) {
      body.say(".");
      await settle();
    }
    body.say("dernier mot");
    await settle();
    expect(pieces).toHaveLength(8);
    happen(body);
    await settle();
    expect(pieces.at(-1)).toBe("dernier mot");
    expect(await ended).toBe(told);
  });

  it("hangs up at once when its reader leaves, even while it waits", async () => {
    const body = aBody();
    const { reader } = listen(gathered(body.source, () => WINDOW_MS_MAX));
    for (let n = 0; n < 10; n += 1) {
      body.say(".");
      await settle();
    }
    void reader.cancel("left");
    await settle();
    expect(body.cancelled).toEqual(["left"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("makes the server wait rather than hold too much for a reader that does not read", async () => {
    const body = aBody();
    const reader = gathered(body.source, () => 0).getReader();
    body.say("x".repeat(600_000));
    expect(body.isPaused()).toBe(false);
    body.say("x".repeat(600_000));
    expect(body.isPaused()).toBe(true);
    expect((await reader.read()).value).toHaveLength(1_200_000);
    expect(body.isPaused()).toBe(false);
  });

  it("loses no byte and keeps their order, however they are cut and whenever they come", async () => {
    const cut = fc.array(fc.tuple(fc.string({ unit: "grapheme", minLength: 1 }), fc.integer({ min: 0, max: 120 })));
    await fc.assert(
      fc.asyncProperty(cut, fc.integer({ min: 0, max: 100 }), fc.boolean(), async (writes, window, isCut) => {
        const body = aBody();
        const { pieces, ended } = listen(gathered(body.source, () => window));
        for (const [text, afterMs] of writes) {
          body.say(text);
          await vi.advanceTimersByTimeAsync(afterMs);
        }
        if (isCut) body.fail(new Error("cut"));
        else body.end();
        await vi.advanceTimersByTimeAsync(WINDOW_MS_MAX);
        expect(await ended).toBe(isCut ? "cut" : "ended");
        expect(pieces.join("")).toBe(writes.map(([text]) => text).join(""));
      }),
      { numRuns: 200 },
    );
  });
});

describe("mergeDeltas", () => {
  type Event =
    | { type: "text" | "reasoning"; delta: string }
    | { type: "tool-calls"; calls: string[] }
    | { type: "usage"; tokens: number }
    | { type: "finish"; reason: string };

  it("makes one of the deltas of one kind that follow each other, and moves nothing else", () => {
    const merged = mergeDeltas<Event>([
      { type: "reasoning", delta: "Je " },
      { type: "reasoning", delta: "pense" },
      { type: "text", delta: "Bon" },
      { type: "text", delta: "jour" },
      { type: "tool-calls", calls: ["chercher"] },
      { type: "text", delta: " à " },
      { type: "usage", tokens: 3 },
      { type: "text", delta: "vous" },
      { type: "finish", reason: "stop" },
    ]);
    expect(merged).toEqual([
      { type: "reasoning", delta: "Je pense" },
      { type: "text", delta: "Bonjour" },
      { type: "tool-calls", calls: ["chercher"] },
      { type: "text", delta: " à " },
      { type: "usage", tokens: 3 },
      { type: "text", delta: "vous" },
      { type: "finish", reason: "stop" },
    ]);
  });

  it("changes neither what it was given, nor what is read, whatever the order of events", () => {
    const event: fc.Arbitrary<Event> = fc.oneof(
      fc.record({ type: fc.constantFrom("text" as const, "reasoning" as const), delta: fc.string() }),
      fc.record({ type: fc.constant("tool-calls" as const), calls: fc.array(fc.string()) }),
      fc.record({ type: fc.constant("usage" as const), tokens: fc.nat() }),
    );
    /** Character by character: what a reader learns, and when. */
    const told = (events: readonly Event[]): unknown[] =>
      events.flatMap((each): unknown[] =>
        each.type === "text" || each.type === "reasoning"
          ? [...each.delta].map((one) => `${each.type} ${one}`)
          : [each],
      );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const before = structuredClone(events);
        const merged = mergeDeltas(events);
        expect(events).toEqual(before);
        expect(told(merged)).toEqual(told(events));
        for (const [index, { type }] of merged.entries())
          if (type === "text" || type === "reasoning") expect(merged[index + 1]?.type).not.toBe(type);
      }),
    );
  });
});
