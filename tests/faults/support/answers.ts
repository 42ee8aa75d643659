import { randomBytes } from "node:crypto";
import { afterAll, onTestFinished } from "vitest";
import { replaceDatabase } from "@/db/client";
import type { Actor } from "@/lib/auth/actor";
import { listShownMessages } from "@/lib/conversations/queries";
import { plainText } from "@/lib/conversations/rules";
import { anActor } from "@/tests/support/actors";
import { onPostgres, TEST_DATABASE_URL } from "@/tests/support/database";
import { aPrivateRedis, type PrivateRedis } from "@/tests/support/redis";
import { wordsAnswer } from "@/tests/support/scripted-answers";
import { startScriptedModel } from "@/tests/support/scripted-model";
import { setTestSettings } from "@/tests/support/settings";
import { aBrowserOf, anInstance, type Instance } from "./instance";

/*
 * What the suites share whose application is killed, drained, or robbed of its Redis or its database in the middle of an answer.
 */
export const upstream = await startScriptedModel();
afterAll(() => upstream.close());
export const model = { LLM_BASE_URL: upstream.baseUrl, LLM_MODEL: "essai", LLM_LABEL: "Modèle d’essai" };
setTestSettings(model);
const actionsKey = { NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString("base64") };

/** What « twenty-seconds » says. */
export const WHOLE = `${wordsAnswer(200)} `;

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
export const answerOf = async (actor: Actor, conversationId: string) =>
  (await listShownMessages(actor, conversationId)).at(-1);
export const textOf = (answer: Awaited<ReturnType<typeof answerOf>>) => plainText(answer?.parts ?? []);

/** A database on `server`, that the product's code in this process uses too. */
export async function aDatabase(server = TEST_DATABASE_URL): Promise<{ DATABASE_URL: string }> {
  const { opened, url, drop } = await onPostgres(server);
  replaceDatabase(opened);
  onTestFinished(async () => {
    replaceDatabase(undefined);
    await drop();
  });
  return { DATABASE_URL: url };
}

/** Two processes that share a database and a Redis of their own. */
export async function twoInstances(): Promise<[Instance, Instance, PrivateRedis]> {
  const redis = await aPrivateRedis();
  const shared = { ...model, ...actionsKey, ...(await aDatabase()), REDIS_URL: redis.url };
  const [here, there] = await Promise.all([anInstance(shared), anInstance(shared)]);
  return [here, there, redis];
}

export async function anAgent() {
  const actor = await anActor();
  return { actor, browser: await aBrowserOf(actor) };
}
