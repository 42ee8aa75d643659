import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DocumentSummary } from "@/lib/documents/schema";
import { waitMs } from "./ask-repeatedly";
import { createAttachments } from "./attachments";

const aPage = () => Object.assign(new EventTarget(), { visibilityState: "visible" });
let page = aPage();
let browser = new EventTarget();
let network = { onLine: true };
const ids = ["11111111-1111-7111-8111-111111111111", "22222222-2222-7222-8222-222222222222"];

/** What the server answers to each request, and when each one came. */
let states: Record<string, DocumentSummary["state"]> = {};
let isBroken = false;
let requests: { at: number; ids: string[] }[] = [];
let startedAt = 0;

const aDocument = (id: string): DocumentSummary => ({
  id,
  name: `${id}.pdf`,
  sizeBytes: 10,
  state: states[id] ?? "received",
  failureCode: null,
  type: null,
  pages: null,
  pagesToRecognise: 0,
  pagesRecognised: 0,
  characters: null,
});

beforeEach(() => {
  vi.useFakeTimers();
  // Of their own to each test: what the one before awaits must not wake.
  page = aPage();
  browser = new EventTarget();
  network = { onLine: true };
  vi.spyOn(Math, "random").mockReturnValue(1);
  const kept = new Map([["draft:documents:agent:new", ids.join(",")]]);
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", browser);
  vi.stubGlobal("navigator", network);
  vi.stubGlobal("fetch", async (address: string) => {
    const asked = (new URL(address, "http://localhost").searchParams.get("ids") ?? "").split(",");
    requests.push({ at: Date.now() - startedAt, ids: asked });
    if (isBroken) throw new TypeError("Failed to fetch");
    return Response.json(asked.map(aDocument));
  });
  states = {};
  isBroken = false;
  requests = [];
  startedAt = Date.now();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function show(state: "visible" | "hidden"): void {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
}

async function restored() {
  const attachments = createAttachments("agent", null);
  await attachments.restore();
  return attachments;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const times = () => requests.map(({ at }) => at);
const gaps = () => requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));

describe("files being read", () => {
  it("are asked for together, until each has been read", async () => {
    const attachments = await restored();
    await pass(1_500);
    expect(requests.map((request) => request.ids)).toEqual([ids, ids, ids]);
    states = { [ids[0] ?? ""]: "ready" };
    await pass(1_400);
    expect(requests.at(-1)?.ids).toEqual(ids.slice(1));
    states = { [ids[0] ?? ""]: "ready", [ids[1] ?? ""]: "ready" };
    await pass(700);
    const count = requests.length;
    await pass(60_000);
    expect(requests).toHaveLength(count);
    expect(attachments.current().map(({ document }) => document?.state)).toEqual(["ready", "ready"]);
  });

  it("are asked for ever more slowly while the network fails, then as before", async () => {
    await restored();
    isBroken = true;
    await pass(60_000);
    expect(gaps().slice(0, 6)).toEqual([700, 1_400, 2_800, 5_600, 10_000, 10_000]);
    isBroken = false;
    await pass(10_000);
    const count = requests.length;
    await pass(1_400);
    expect(requests).toHaveLength(count + 2);
  });

  it("are not asked for in a hidden tab, and are at once when it is shown", async () => {
    await restored();
    show("hidden");
    await pass(60_000);
    expect(times()).toEqual([0]);
    show("visible");
    await pass(0);
    expect(times()).toEqual([0, 60_000]);
  });

  it("are not asked for without network, and are at once when it is back", async () => {
    await restored();
    network.onLine = false;
    await pass(60_000);
    expect(times()).toEqual([0]);
    network.onLine = true;
    browser.dispatchEvent(new Event("online"));
    await pass(0);
    expect(times()).toEqual([0, 60_000]);
  });

  it("do not wait for the end of a long pause when the network is back", async () => {
    await restored();
    isBroken = true;
    await pass(25_000);
    isBroken = false;
    const count = requests.length;
    browser.dispatchEvent(new Event("online"));
    await pass(0);
    expect(requests).toHaveLength(count + 1);
  });

  it("come back after a reload even when the network failed then", async () => {
    isBroken = true;
    const attachments = await restored();
    await pass(5_000);
    expect(attachments.current()).toEqual([]);
    expect(localStorage.getItem("draft:documents:agent:new")).toBe(ids.join(","));
    isBroken = false;
    await pass(10_000);
    expect(attachments.current().map(({ key }) => key)).toEqual(ids);
  });
});

it("tabs that lost the network together do not come back together", () => {
  expect([waitMs(0, 0.3), waitMs(1, 0), waitMs(1, 1), waitMs(20, 0), waitMs(20, 1)]).toEqual([
    700, 700, 1_400, 5_000, 10_000,
  ]);
});
