import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { jobsGrants } from "../db/jobs.ts";
import { migrate } from "../db/migrate.ts";
import { type Database, type OpenDatabase, openPostgres } from "../db/open.ts";
import { PRODUCT_ROLES } from "./launcher/postgres.ts";
import { Refusal, runOrRefuse } from "./launcher/refusal.ts";
import { requireSettings } from "./launcher/settings.ts";

/** Any number: it only has to be ours, so that two deployments migrating at once wait for each other. */
const ADVISORY_LOCK = 4_071_201;

await runOrRefuse(async () => {
  const { DATABASE_URL, MIGRATION_DATABASE_URL } = requireSettings();
  const ownerUrl = MIGRATION_DATABASE_URL ?? DATABASE_URL;
  if (!ownerUrl) {
    throw new Refusal(
      "Aucune base PostgreSQL n’est désignée : renseignez MIGRATION_DATABASE_URL ou DATABASE_URL (la base embarquée, elle, est mise à jour à chaque démarrage).",
    );
  }
  const owner = await openPostgres(ownerUrl, { connections: 1 });
  try {
    await owner.db.execute(sql`select pg_advisory_lock(${ADVISORY_LOCK})`);
    await migrate(owner);
    if (DATABASE_URL) await admitApplication(owner, new URL(DATABASE_URL));
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`La mise à jour de la base a échoué : ${reason(error)}`);
  } finally {
    await owner.close();
  }
  console.log("La base PostgreSQL est à jour.");
});

/** Creates the application's login role when it is missing, and lets it take the product's roles and read the schema's version. */
async function admitApplication({ db }: OpenDatabase, application: URL): Promise<void> {
  const name = decodeURIComponent(application.username);
  const password = decodeURIComponent(application.password);
  if (!name) throw new Refusal("DATABASE_URL ne nomme aucun rôle.");
  const run = async (template: string, ...values: string[]) => {
    // format() quotes names and literals on the server: neither can be a parameter of these statements.
    const args = sql.join(
      [template, ...values].map((value) => sql`${value}::text`),
      sql`, `,
    );
    for (const { text } of await rowsOf(db, sql`select format(${args}) as text`)) await db.execute(sql.raw(text));
  };
  const existing = await rowsOf(db, sql`select rolname as text from pg_roles where rolname = ${name}`);
  if (existing.length === 0) {
    await run("create role %I login password %L nosuperuser nobypassrls noinherit", name, password);
    console.log(`Le rôle « ${name} » a été créé pour l’application.`);
  }
  for (const role of PRODUCT_ROLES) await run("grant %I to %I", role, name);
  await run("grant usage on schema drizzle to %I", name);
  await run("grant select on drizzle.__drizzle_migrations to %I", name);
  for (const grant of jobsGrants(name)) await db.execute(grant);
}

async function rowsOf(db: Database, query: SQL): Promise<{ text: string }[]> {
  return z.array(z.object({ text: z.string() })).parse(Array.from((await db.execute(query)) as Iterable<unknown>));
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
