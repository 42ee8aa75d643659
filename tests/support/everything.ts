import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { openDatabase } from "@/db/client";
import type { Actor } from "@/lib/auth/actor";
import { addProjectDocuments, changeProject, createProject, moveConversations } from "@/lib/projects/mutations";
import { TEST_DATABASE_URL } from "./addresses";
import { send, settled } from "./documents";

type Run = (statement: string) => Promise<Record<string, unknown>[]>;

/** Runs statements as whom no policy binds, hence on all there is. */
async function asEngine<T>(work: (run: Run) => Promise<T>): Promise<T> {
  const { db, engine } = await openDatabase();
  if (engine === "pglite") {
    return work(async (statement) => {
      const result = await db.execute(sql.raw(statement));
      return (result as unknown as { rows: Record<string, unknown>[] }).rows;
    });
  }
  const [current] = (await db.execute(sql`select current_database() as name`)) as unknown as { name: string }[];
  const url = new URL(TEST_DATABASE_URL);
  url.pathname = `/${current?.name}`;
  const client = postgres(url.href, { max: 1, onnotice: () => {} });
  try {
    return await work(async (statement) => [...(await client.unsafe(statement))]);
  } finally {
    await client.end();
  }
}

/** A project that holds a conversation, with marks in it and a document that nothing else uses. */
export async function aMarkedProject(actor: Actor, of: (where: string) => string, conversationId: string) {
  const id = await createProject(actor, { title: of("projecttitle"), colour: "ochre" });
  await changeProject(actor, { id, instructions: of("projectinstructions") });
  const note = await settled(actor, await send(actor, `${of("notename")}.txt`, `Une note avec ${of("note")} dedans.`));
  await addProjectDocuments(actor, { id, documentIds: [note.id] });
  await moveConversations(actor, { ids: [conversationId], projectId: id });
  return { projectId: id, noteId: note.id };
}

/**
 * Each table of each schema where `mark` is found, in whatever column of whatever type, with how many rows of it hold it. Bytes are
 * looked at as text too.
 */
export function tablesHolding(mark: string): Promise<Record<string, number>> {
  const inBytes = Buffer.from(mark).toString("hex");
  return asEngine(async (run) => {
    const tables = await run(`select quote_ident(nspname) || '.' || quote_ident(relname) as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'm', 'p') and nspname not like 'pg\\_%' and nspname <> 'information_schema' order by 1`);
    const found: Record<string, number> = {};
    for (const { name } of tables) {
      const [counted] = await run(
        `select count(*)::int as n from ${name} as whole
         where strpos(lower(whole::text), '${mark}') > 0 or strpos(whole::text, '${inBytes}') > 0`,
      );
      if (Number(counted?.n) > 0) found[String(name)] = Number(counted?.n);
    }
    return found;
  });
}

/** The files under a folder that hold `mark`, besides those of an embedded database. */
export function filesHolding(folder: string, mark: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(mark));
}
