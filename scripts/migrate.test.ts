import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPostgresThere, TEST_DATABASE_URL } from "@/tests/support/database";
import { aFolder, check, launch } from "@/tests/support/launcher";

const PORT = "4572";

const migrate = (variables: Record<string, string>) => launch(["scripts/migrate.ts"], variables).ended;

/** An empty database, and the addresses of its owner and of an application's role that does not exist yet. */
async function anEmptyDatabase() {
  const name = `assistant_launcher_${randomUUID().replaceAll("-", "")}`;
  const server = postgres(TEST_DATABASE_URL, { max: 1, onnotice: () => {} });
  await server.unsafe(`create database ${name}`);
  onTestFinished(async () => {
    await server.unsafe(`drop database ${name} with (force)`);
    await server.unsafe(`drop role if exists ${name}`);
    await server.end();
  });
  const owner = new URL(TEST_DATABASE_URL);
  owner.pathname = `/${name}`;
  const application = new URL(owner);
  application.username = name;
  application.password = "mot de passe: l'@utre";
  return { owner: owner.href, application: application.href, name, server };
}

describe.runIf(isPostgresThere)("with PostgreSQL", () => {
  it("creates the schema and the application's role, changes nothing the second time, and the launcher is then satisfied", async () => {
    const { owner, application, name, server } = await anEmptyDatabase();
    const variables = { DATABASE_URL: application, MIGRATION_DATABASE_URL: owner, DATA_DIR: aFolder(), PORT };

    expect(await check(variables)).toMatchObject({ code: 1, out: expect.stringContaining("npm run db:migrate") });
    expect(await migrate(variables)).toMatchObject({ code: 0, out: expect.stringContaining(`${name} » a été créé`) });
    expect(await migrate(variables)).toMatchObject({ code: 0, out: "La base PostgreSQL est à jour.\n" });
    expect(await check(variables)).toMatchObject({ code: 0 });

    const [role] =
      await server`select rolcanlogin, rolsuper, rolbypassrls, rolinherit from pg_roles where rolname = ${name}`;
    expect(role).toEqual({ rolcanlogin: true, rolsuper: false, rolbypassrls: false, rolinherit: false });
  });

  it("refuses to start on a schema that is behind the code", async () => {
    const { owner, application } = await anEmptyDatabase();
    const variables = { DATABASE_URL: application, MIGRATION_DATABASE_URL: owner, DATA_DIR: aFolder(), PORT };
    await migrate(variables);
    const client = postgres(owner, { max: 1 });
    await client`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`;
    await client.end();

    const refused = await check(variables);

    expect(refused.code).toBe(1);
    expect(refused.out.trim()).toMatch(/^Le schéma .* n’est pas à jour.*npm run db:migrate.*$/);
  });

  it("refuses a role that row-level security does not bind", async () => {
    const { owner } = await anEmptyDatabase();

    const refused = await check({ DATABASE_URL: owner, DATA_DIR: aFolder(), PORT });

    expect(refused.code).toBe(1);
    expect(refused.out.trim()).toMatch(/^DATABASE_URL.*superutilisateur ou BYPASSRLS.*MIGRATION_DATABASE_URL\.$/);
  });

  it("refuses a role that cannot take the product's roles", async () => {
    const { owner, application, name } = await anEmptyDatabase();
    const variables = { DATABASE_URL: application, MIGRATION_DATABASE_URL: owner, DATA_DIR: aFolder(), PORT };
    await migrate(variables);
    const client = postgres(owner, { max: 1 });
    await client.unsafe(`revoke assistant_gate from ${name}`);
    await client.end();

    expect(await check(variables)).toMatchObject({ code: 1, out: expect.stringContaining("assistant_gate") });
  });
});

it("refuses a server that does not answer, in one sentence without the password", async () => {
  const refused = await check({
    DATABASE_URL: "postgres://app:secret@127.0.0.1:1/rien",
    DATA_DIR: aFolder(),
    PORT,
  });

  expect(refused.code).toBe(1);
  expect(refused.out.trim()).toMatch(/^La base PostgreSQL de DATABASE_URL ne répond pas.*ECONNREFUSED.*$/);
  expect(refused.out).not.toContain("secret");
});

it("says what to set when no PostgreSQL is named", async () => {
  expect(await migrate({})).toMatchObject({ code: 1, out: expect.stringContaining("MIGRATION_DATABASE_URL") });
});
