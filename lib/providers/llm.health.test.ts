import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { installModelsOf } from "@/tests/support/models";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { forgetHealth, healthOfModel } from "./llm.health";
import { findModel } from "./llm.registry";

const upstream = await startScriptedModel();
afterAll(() => upstream.close());
const SECOND = 1000;
const MINUTE = 60 * SECOND;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  forgetHealth();
  installModelsOf([{ id: "grand" }, { id: "petit" }], { albert: upstream.baseUrl });
});
afterEach(() => {
  forgetHealth();
  vi.useRealTimers();
});

const health = () => ["grand", "petit"].map((id) => healthOfModel(findModel(id) ?? expect.fail(id)));
const looks = () => upstream.timesListed();

it("looks at a provider once for all its models, then every thirty seconds while someone uses it", async () => {
  const before = looks();
  health();
  await expect.poll(looks).toBe(before + 1);
  vi.advanceTimersByTime(29 * SECOND);
  health();
  expect(looks()).toBe(before + 1);
  vi.advanceTimersByTime(SECOND);
  await expect.poll(looks).toBe(before + 2);
});

it("leaves a provider alone that nobody used for five minutes, and looks again at the next use", async () => {
  const before = looks();
  health();
  vi.advanceTimersByTime(5 * MINUTE - SECOND);
  await expect.poll(looks).toBe(before + 10);
  vi.advanceTimersByTime(10 * MINUTE);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(looks()).toBe(before + 10);
  health();
  await expect.poll(looks).toBe(before + 11);
});

it("sees a provider fall and come back", async () => {
  upstream.listModelsWith(500);
  health();
  await expect.poll(health).toEqual(["down", "down"]);
  upstream.listModelsWith(200);
  vi.advanceTimersByTime(30 * SECOND);
  await expect.poll(health).toEqual(["good", "good"]);
});
