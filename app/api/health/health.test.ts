import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { openDatabase, replaceDatabase } from "@/db/client";
import { beginStopping } from "@/lib/process/stopping";
import { onEachDatabase } from "@/tests/support/database";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { GET as live } from "./live/route";
import { GET as ready } from "./ready/route";

let upstream = await startScriptedModel();
const { LLM_BASE_URL } = setTestSettings({ LLM_BASE_URL: upstream.baseUrl });

const shared = globalThis as { assistantIsStopping?: boolean };
// What was seen of the model is believed for a while: each test is asked long after the one before.
let now = Date.now();
beforeEach(() => {
  now += 60_000;
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterAll(() => void vi.useRealTimers());

const ask = async (handler: typeof live) => {
  const response = await handler(new Request("http://localhost/api/health"));
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: await response.json() };
};
const checked = (checks: Partial<Record<"database" | "model" | "accepting", boolean>>) => ({
  status: 503,
  body: { ready: false, checks: { database: true, model: true, accepting: true, ...checks } },
});

onEachDatabase(() => {
  it("says ready when the database and the model answer", async () => {
    expect(await ask(ready)).toEqual({
      status: 200,
      body: { ready: true, checks: { database: true, model: true, accepting: true } },
    });
  });

  it("says not ready, and that it lives, when the database is gone", async () => {
    const opened = await openDatabase();
    replaceDatabase({ ...opened, db: new Proxy(opened.db, { get: gone }) });
    try {
      expect(await ask(ready)).toEqual(checked({ database: false }));
      expect(await ask(live)).toEqual({ status: 200, body: { live: true } });
    } finally {
      replaceDatabase(opened);
    }
  });

  it("says not ready when the model's server does not answer", async () => {
    await upstream.close();
    try {
      expect(await ask(ready)).toEqual(checked({ model: false }));
    } finally {
      upstream = await startScriptedModel({ port: Number(new URL(LLM_BASE_URL ?? "").port) });
    }
  });

  it("says not ready once the process was asked to stop, so that no one new is sent to it", async () => {
    beginStopping();
    try {
      expect(await ask(ready)).toEqual(checked({ accepting: false }));
    } finally {
      delete shared.assistantIsStopping;
    }
  });
});

afterAll(() => upstream.close());

function gone(): never {
  throw new Error("connection lost");
}
