import { env } from "../../lib/env.ts";
import { closeRedis, sharedRedis } from "../../lib/providers/redis.ts";
import { searchWeb } from "../../lib/web/search-web.ts";

/** A process that searches `argv[2]` once as the agent `argv[3]`, and prints what came, or the code of the refusal. */
const [, , text = "", agentId = ""] = process.argv;
env();
await sharedRedis()?.untilReady(10_000);
const answer = await searchWeb(
  { text, period: null, officialOnly: false },
  { agentId, signal: new AbortController().signal },
).catch(({ code, reopensAt }: { code: string; reopensAt?: Date }) => ({ code, reopensAt }));
process.stdout.write(`${JSON.stringify(answer)}\n`);
await closeRedis();
