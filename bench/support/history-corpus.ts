import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Sql } from "postgres";
import { titleFrom } from "../../lib/conversations/rules.ts";
import { toLexemes } from "../../lib/documents/lexemes.ts";
import { makeText, randomFrom, type Vocabulary } from "./zipf-french.ts";

const AGENTS = 1_000;
const EXCHANGES_PER_CONVERSATION = 10;
const SPAN_MS = 2 * 365 * 86_400_000;
const CHUNK = 1 << 20;

/** The numbers of the agents that are measured: one that wrote for twenty, and an ordinary one. */
export const [BIG, SMALL] = [0, 1];

/** A UUIDv7 of that moment, the same each time. */
function idAt(ms: number, serial: number): string {
  const time = Math.floor(ms).toString(16).padStart(12, "0");
  const rest = serial.toString(16).padStart(16, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-8${rest.slice(4, 7)}-${rest.slice(7).padStart(12, "0")}`;
}

export const agentId = (agent: number): string => idAt(1, agent);

/** How many messages each agent has: the first as many as a twentieth of all, the second 1,000 or so. */
export const messagesOf = (agent: number, total: number): number =>
  agent === BIG
    ? total / 20
    : agent === SMALL
      ? Math.min(1_000, total / 20)
      : ((total * 19) / 20 - Math.min(1_000, total / 20)) / (AGENTS - 2);

/** Writes all that many agents would have written in two years, mixed as they would have written it. */
export async function fillHistory(owner: Sql, vocabulary: Vocabulary, total: number): Promise<void> {
  // Its own rows are consistent: no key is worth being checked a million times.
  await owner.unsafe("set session_replication_role = replica");
  await owner.unsafe("set maintenance_work_mem = '512MB'");
  await owner.unsafe("drop index search_entries_words");
  await owner`insert into agents (id, email, given_name, usual_name)
    select id, id || '@ministere.example', 'Camille', 'Martin' from unnest(${Array.from({ length: AGENTS }, (_, n) => agentId(n))}::uuid[]) id`;
  const conversations = await table(owner, "conversations (id, owner_id, title, created_at, used_at)");
  const messages = await table(
    owner,
    "messages (id, conversation_id, owner_id, parent_id, author, parts, text, created_at)",
  );
  const turns = await table(
    owner,
    "turns (id, conversation_id, owner_id, question_id, answer_id, status, model_label, started_at, ended_at, search_version)",
  );
  const entries = await table(owner, "search_entries (conversation_id, message_id, owner_id, at, lexemes)");
  const random = randomFrom(20);
  const rounds = Math.max(1, Math.ceil(messagesOf(2, total) / 2));
  const begin = Date.now() - SPAN_MS;
  const current = new Map<number, { id: string; last: string; left: number }>();
  let serial = AGENTS;
  for (let round = 0; round < rounds; round += 1) {
    for (let agent = 0; agent < AGENTS; agent += 1) {
      const share = messagesOf(agent, total) / 2 / rounds;
      const exchanges = Math.floor((round + 1) * share) - Math.floor(round * share);
      for (let n = 0; n < exchanges; n += 1) {
        const ms = begin + (SPAN_MS * (round + agent / AGENTS)) / rounds;
        const [at, ownerId] = [new Date(ms).toISOString(), agentId(agent)];
        const question = makeText(vocabulary, 8 + Math.floor(32 * random()), random);
        const answer = makeText(vocabulary, 60 + Math.floor(120 * random()), random);
        serial += 4;
        const [questionId, answerId] = [idAt(ms, serial), idAt(ms, serial + 1)];
        let conversation = current.get(agent);
        if (!conversation || conversation.left === 0) {
          conversation = { id: idAt(ms, serial + 2), last: "\\N", left: EXCHANGES_PER_CONVERSATION };
          current.set(agent, conversation);
          const title = titleFrom(question.text);
          conversations.add([conversation.id, ownerId, title, at, at]);
          const words = toLexemes(title).map(({ lexeme, position }) => `'${lexeme}':${position}A`);
          entries.add([conversation.id, "\\N", ownerId, at, words.join(" ")]);
        }
        const { id, last } = conversation;
        const part = (text: string) => `[{"type":"text","text":"${text}"}]`;
        messages.add([questionId, id, ownerId, last, "agent", part(question.text), question.text, at]);
        messages.add([answerId, id, ownerId, questionId, "assistant", part(answer.text), answer.text, at]);
        turns.add([idAt(ms, serial + 3), id, ownerId, questionId, answerId, "completed", "Modèle", at, at, "1"]);
        entries.add([id, questionId, ownerId, at, question.vector]);
        entries.add([id, answerId, ownerId, at, answer.vector]);
        conversation.last = answerId;
        conversation.left -= 1;
      }
    }
    for (const each of [conversations, messages, turns, entries]) await each.flush();
  }
  for (const each of [conversations, messages, turns, entries]) await each.end();
}

type Table = { add: (row: string[]) => void; flush: () => Promise<void>; end: () => Promise<void> };

/** Each on a connection of its own. */
async function table(owner: Sql, columns: string): Promise<Table> {
  const connection = await owner.reserve();
  await connection.unsafe("set session_replication_role = replica");
  const stream: Writable = await connection.unsafe(`copy ${columns} from stdin`).writable();
  let lines: string[] = [];
  let size = 0;
  const write = async () => {
    const isReady = stream.write(lines.join(""));
    [lines, size] = [[], 0];
    if (!isReady) await once(stream, "drain");
  };
  return {
    add: (row) => {
      const line = `${row.join("\t")}\n`;
      lines.push(line);
      size += line.length;
    },
    flush: async () => {
      if (size > CHUNK) await write();
    },
    end: async () => {
      await write();
      stream.end();
      await once(stream, "finish");
      connection.release();
    },
  };
}
