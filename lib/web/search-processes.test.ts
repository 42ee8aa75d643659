import { afterAll, expect, it } from "vitest";
import { launch } from "@/tests/support/launcher";
import { onRedis, TEST_REDIS_URL } from "@/tests/support/redis";
import { aResult, searxngReply, startScriptedSearch } from "@/tests/support/scripted-search";

const engine = await startScriptedSearch();
afterAll(() => engine.close());

/** Each search in a process of its own. */
async function searchElsewhere(
  text: string,
  agentId: string,
): Promise<{ code: number | null; said: unknown; out: string }> {
  const { ended } = launch(
    ["--import", "./tests/support/alias-hooks.mjs", "tests/support/searching-process.ts", text, agentId],
    {
      APP_URL: "http://localhost:4100",
      AUTH_SECRET: "le-meme-secret-pour-tous-les-processus",
      PROCONNECT_ISSUER: "http://127.0.0.1:4101/api/v2",
      PROCONNECT_CLIENT_ID: "test-client",
      PROCONNECT_CLIENT_SECRET: "a-secret-of-the-test-client",
      LLM_BASE_URL: "http://127.0.0.1:4102/v1",
      LLM_MODEL: "essai",
      REDIS_URL: TEST_REDIS_URL,
      SEARXNG_URL: engine.baseUrl,
      WEB_SEARCH_PER_AGENT_PER_MINUTE: "0",
      WEB_SEARCH_PER_AGENT_PER_DAY: "2",
    },
  );
  const { code, out } = await ended;
  return { code, said: JSON.parse(out.trim().split("\n").at(-1) ?? "null"), out };
}

onRedis("searches of two processes", () => {
  it("ask the engine once for the same thing, and count together what an agent asks", async () => {
    const [agentId, text] = [crypto.randomUUID(), `congés ${crypto.randomUUID()}`];
    engine.reply(searxngReply([aResult("exemple.fr")]));
    const here = await searchElsewhere(text, agentId);
    expect(here).toMatchObject({
      code: 0,
      said: { engine: { id: "searxng" }, results: [{ url: "https://exemple.fr/1" }] },
    });
    const there = await searchElsewhere(text, agentId);
    expect(there).toEqual(here);
    expect(engine.requests).toHaveLength(1);

    await searchElsewhere(`${text} annuels`, agentId);
    expect((await searchElsewhere(`${text} bonifiés`, agentId)).said).toEqual({
      code: "web_search_limit",
      reopensAt: expect.stringMatching(/T2[123]:00:00\.000Z$/),
    });
    expect((await searchElsewhere(text, agentId)).said).toEqual(here.said);
    expect(engine.requests).toHaveLength(2);
    expect(here.out).not.toContain(text);
  }, 240_000);
});
