import "server-only";
import type { SQL } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres, { type Options, type Sql } from "postgres";
import type { Database, Identity, Transactions } from "./open.ts";

type Connection = { client: Sql; db: Database; isOpen: boolean };

const IDENTIFY = "select set_config('role', $1, true), set_config('app.actor', $2, true)";

/**
 * Transactions on at most `size` connections. The library's own `begin` waits for each answer before it sends what comes next:
 * three round trips for one statement. Here each connection is a client of its own, for one transaction at a time: statements
 * are sent as they come, PostgreSQL runs them in that order, and refuses all that follow one that failed.
 */
export function createPool(url: string, size: number, options: Options<Record<string, never>>): Pool {
  const connections: Connection[] = [];
  const idle: Connection[] = [];
  const waiting: ((connection: Connection) => void)[] = [];

  function open(): Connection {
    const onclose = () => {
      connection.isOpen = false;
    };
    // It would be closed between two statements of a transaction.
    const client = postgres(url, { ...options, max: 1, max_lifetime: null, onclose });
    const connection = { client, db: drizzle(eager(client)) as unknown as Database, isOpen: false };
    connections.push(connection);
    return connection;
  }

  async function take(): Promise<Connection> {
    const ready = idle.pop() ?? (connections.length < size ? open() : undefined);
    return ready ?? new Promise((resolve) => waiting.push(resolve));
  }

  async function withConnection<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await take();
    try {
      return await use(connection);
    } finally {
      const next = waiting.shift();
      if (next) next(connection);
      else idle.push(connection);
    }
  }

  return {
    transaction: <T>(identity: Identity, work: (tx: Database) => PromiseLike<T>) =>
      withConnection((connection) =>
        inTransaction(connection, () => {
          const identified = identify(connection, identity);
          const asked = work(connection.db);
          const answer = Promise.all([asked.then((value) => value), identified]).then(([value]) => value);
          // What Drizzle gives when it is not waited for is one statement, sent by asking for its answer.
          return { answer, isAll: !(asked instanceof Promise) };
        }),
      ),
    sendAll: (statements: readonly { identity: Identity; statement: SQL }[]) =>
      withConnection((connection) =>
        inTransaction(connection, () => {
          const sent = statements.flatMap(({ identity, statement }) => [
            identify(connection, identity),
            connection.db.execute(statement).execute(),
          ]);
          return { answer: Promise.all(sent).then(() => {}), isAll: true };
        }),
      ),
    close: async () => {
      await Promise.all(connections.map(({ client }) => client.end({ timeout: 5 })));
    },
  };
}

export type Pool = Transactions & { close: () => Promise<void> };

// set_config(…, true) is SET LOCAL: both end with the transaction, so nothing leaks to the connection's next user.
const identify = ({ client }: Connection, { role, actorId }: Identity) =>
  heeded(client.unsafe(IDENTIFY, [role, actorId]));

/** Its failure is that of all that follows: nobody may be listening when it comes. */
function heeded<T extends Promise<unknown>>(sent: T): T {
  sent.catch(() => {});
  return sent;
}

/**
 * Sends each statement when it is written, in that order, and prepares it: each would otherwise be parsed, described and planned
 * anew, at the price of one more round trip. `?prepare=false` in the URL keeps it so, for a pooler that knows no prepared
 * statement.
 */
function eager(client: Sql): Sql {
  const { unsafe } = client;
  const sent = (...[query, parameters, options]: Parameters<typeof unsafe>) =>
    unsafe(query, parameters, { ...options, prepare: (parameters?.length ?? 0) > 0 }).execute();
  return Object.assign(client, { unsafe: sent });
}

/** `isAll`: all the statements are sent, none depends on the answers to the others. The end is then sent with them. */
async function inTransaction<T>(
  connection: Connection,
  send: () => { answer: Promise<T>; isAll: boolean },
): Promise<T> {
  const { client } = connection;
  const begun = heeded(client.unsafe("begin"));
  if (!connection.isOpen) {
    // Nothing is sent behind on a connection that may not open.
    await begun;
    connection.isOpen = true;
  }
  try {
    const { answer, isAll } = send();
    if (!isAll) await Promise.all([begun, answer]);
    const [value, { command }] = await Promise.all([answer, client.unsafe("commit"), begun]);
    // Another connection took its place in the middle, or a statement failed whose failure was not told.
    if (!connection.isOpen || command !== "COMMIT") throw new Error("The transaction was lost");
    return value;
  } catch (error) {
    if (connection.isOpen) await client.unsafe("rollback").catch(() => {}); // the first failure is the one to tell
    throw error;
  }
}
