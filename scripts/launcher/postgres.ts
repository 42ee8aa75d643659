import { readFileSync } from "node:fs";
import postgres from "postgres";
import { z } from "zod";
import { openPostgres } from "../../db/open.ts";
import { DatabaseInUseError, holdDatabase } from "../../db/process-lock.ts";
import { Refusal } from "./refusal.ts";
import { admitTestAgents } from "./test-agents.ts";

export const PRODUCT_ROLES = ["assistant_member", "assistant_gate", "assistant_maintenance"] as const;

const journalSchema = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) });

const MIGRATE = "lancez « npm run db:migrate », puis redémarrez";

/** Refuses a database that does not answer, a role above the row-level policies, and a schema that is behind the code. */
export async function requirePostgres(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await requireAnswer(sql);
    await requireHumbleRole(sql);
    await requireMigrations(sql);
    for (const role of PRODUCT_ROLES) await requireRole(sql, role);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Refuses before anything is built what the application would refuse when it serves: see `db/process-lock.ts`. */
export async function requirePlaceOnPostgres(url: string, { alone }: { alone: boolean }): Promise<void> {
  try {
    const release = await holdDatabase(url, { alone });
    await release();
  } catch (error) {
    if (error instanceof DatabaseInUseError) throw new Refusal(error.message);
    throw error;
  }
}

export async function seedPostgres(url: string): Promise<void> {
  const database = await openPostgres(url, { connections: 1 });
  try {
    await admitTestAgents(database);
  } finally {
    await database.close();
  }
}

async function requireAnswer(sql: postgres.Sql): Promise<void> {
  try {
    await sql`select 1`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new Refusal(
      `La base PostgreSQL de DATABASE_URL ne répond pas ou refuse la connexion${code} : vérifiez l’adresse, le rôle et le mot de passe ; sur une base neuve, ${MIGRATE}.`,
    );
  }
}

async function requireHumbleRole(sql: postgres.Sql): Promise<void> {
  const [role] = await sql<{ name: string; above: boolean }[]>`
    select rolname as name, rolsuper or rolbypassrls as above from pg_roles where rolname = current_user`;
  if (role?.above) {
    throw new Refusal(
      `DATABASE_URL : le rôle « ${role.name} » est superutilisateur ou BYPASSRLS et passerait outre le cloisonnement des données : donnez à l’application un rôle ordinaire, et gardez celui-ci pour MIGRATION_DATABASE_URL.`,
    );
  }
}

async function requireMigrations(sql: postgres.Sql): Promise<void> {
  const { entries } = journalSchema.parse(JSON.parse(readFileSync("db/migrations/meta/_journal.json", "utf8")));
  const newest = Math.max(...entries.map(({ when }) => when));
  if ((await newestApplied(sql)) < newest) {
    throw new Refusal(`Le schéma de la base PostgreSQL n’est pas à jour : ${MIGRATE}.`);
  }
}

async function newestApplied(sql: postgres.Sql): Promise<number> {
  try {
    const [row] = await sql<{ newest: string | null }[]>`
      select max(created_at) as newest from drizzle.__drizzle_migrations`;
    return Number(row?.newest ?? 0);
  } catch {
    return 0; // no such table, or no right to read it: either way db:migrate is what is missing
  }
}

async function requireRole(sql: postgres.Sql, role: string): Promise<void> {
  try {
    await sql.begin((tx) => tx`select set_config('role', ${role}, true)`);
  } catch {
    throw new Refusal(`DATABASE_URL : le rôle de l’application ne peut pas prendre le rôle « ${role} » : ${MIGRATE}.`);
  }
}
