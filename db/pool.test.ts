import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPostgresThere, onPostgres } from "@/tests/support/database";
import type { Database, Identity } from "./open";

const nobody: Identity = { role: "assistant_gate", actorId: "" };
const somebody: Identity = { role: "assistant_member", actorId: "somebody" };

const identity = sql`select current_setting('role') as role, current_setting('app.actor', true) as actor`;
const firstRow = (rows: unknown) => (rows as Record<string, unknown>[])[0];

describe.each(isPostgresThere ? ["PostgreSQL"] : [])("transactions on %s", () => {
  let database: Awaited<ReturnType<typeof onPostgres>>;
  let transaction: (typeof database)["opened"]["transaction"];
  const numbers = async () =>
    ((await database.opened.db.execute(sql`select n from numbers order by n`)) as unknown as { n: number }[]).map(
      ({ n }) => n,
    );
  const addNumber = (tx: Database, n: number) => tx.execute(sql`insert into numbers values (${n})`);

  beforeAll(async () => {
    database = await onPostgres();
    ({ transaction } = database.opened);
    await database.asOwner(sql`create table numbers (n integer primary key)`);
    await database.asOwner(sql`grant select, insert on numbers to public`);
  });
  afterAll(() => database.drop());

  it("speak in the name they are given, whether they are one statement or several, and leave no trace of it", async () => {
    expect(firstRow(await transaction(somebody, (tx) => tx.execute(identity)))).toEqual({
      role: "assistant_member",
      actor: "somebody",
    });
    const several = await transaction(nobody, async (tx) => [await tx.execute(identity), await tx.execute(identity)]);
    expect(several.map(firstRow)).toEqual(Array(2).fill({ role: "assistant_gate", actor: "" }));
    expect(firstRow(await database.opened.db.execute(identity))).toMatchObject({ role: "none" });
  });

  it("keep each its own name when many run at once on few connections", async () => {
    const actors = Array.from({ length: 40 }, (_, n) => `actor ${n}`);
    const seen = await Promise.all(
      actors.map((actorId, n) =>
        transaction({ ...somebody, actorId }, (tx) =>
          n % 2 ? tx.execute(identity) : tx.execute(sql`select pg_sleep(0.002)`).then(() => tx.execute(identity)),
        ),
      ),
    );
    expect(seen.map((rows) => firstRow(rows)?.actor)).toEqual(actors);
  });

  it("keep nothing of a work that fails after its statements", async () => {
    const failing = transaction(nobody, async (tx) => {
      await addNumber(tx, 1);
      throw new Error("refused");
    });
    await expect(failing).rejects.toThrow("refused");
    expect(await numbers()).toEqual([]);
  });

  it("tell the failure of a statement, and that of one nobody waited for", async () => {
    await transaction(nobody, (tx) => addNumber(tx, 2));
    await expect(transaction(nobody, (tx) => addNumber(tx, 2))).rejects.toThrow();
    const swallowed = transaction(nobody, async (tx) => {
      await addNumber(tx, 3);
      await addNumber(tx, 2).catch(() => {});
    });
    await expect(swallowed).rejects.toThrow("lost");
    expect(await numbers()).toEqual([2]);
  });

  it("send several statements in several names, all or none", async () => {
    const statement = (n: number) => sql`insert into numbers values (${n})`;
    await database.opened.sendAll([
      { identity: somebody, statement: statement(4) },
      { identity: nobody, statement: statement(5) },
    ]);
    const refused = database.opened.sendAll([
      { identity: somebody, statement: statement(6) },
      { identity: nobody, statement: statement(5) },
    ]);
    await expect(refused).rejects.toThrow();
    expect(await numbers()).toEqual([2, 4, 5]);
  });

  it("fail when their connection is cut between two statements, and go on with the next", async () => {
    const cut = transaction(nobody, async (tx) => {
      await addNumber(tx, 7);
      const row = firstRow(await tx.execute(sql`select pg_backend_pid() as pid`));
      await database.asOwner(sql`select pg_terminate_backend(${row?.pid}::int)`);
      await new Promise((resolve) => setTimeout(resolve, 200));
      // On another connection, where nothing is begun.
      await tx.execute(sql`select 1`);
    });
    await expect(cut).rejects.toThrow();
    expect(await numbers()).toEqual([2, 4, 5]);
    await transaction(nobody, (tx) => addNumber(tx, 8));
    expect(await numbers()).toEqual([2, 4, 5, 8]);
  });
});
