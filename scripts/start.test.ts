import { statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { openEmbedded } from "@/db/open";
import { PRODUCTION_REQUIRED } from "@/lib/env";
import { copyEmbedded } from "@/tests/support/database-template";
import { aFolder, check, launch } from "@/tests/support/launcher";
import { aModelsFile } from "@/tests/support/models";
import { developmentSecret } from "./launcher/data-folder.ts";

const PORT = "4571";

const lines = (out: string) => out.trim().split("\n");

describe("the launcher's checks", () => {
  it("accepts a bare machine, and leaves a database that opens", async () => {
    const DATA_DIR = join(aFolder(), "data");

    expect(await check({ DATA_DIR, PORT })).toMatchObject({ code: 0, out: expect.stringContaining("peut démarrer") });

    const { db, close } = await openEmbedded(join(DATA_DIR, "db"));
    await db.execute(sql`select id from conversations`);
    await close();
  });

  it("refuses a folder that another process holds, in one sentence, and takes it again after that process was killed", async () => {
    const DATA_DIR = aFolder();
    await copyEmbedded(join(DATA_DIR, "db"));
    const holder = launch(["tests/support/hold-database.ts", join(DATA_DIR, "db")]);
    onTestFinished(() => void holder.child.kill("SIGKILL"));
    await new Promise((resolve) => holder.child.stdout?.once("data", resolve));

    const refused = await check({ DATA_DIR, PORT });
    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringMatching(/déjà utilisée par une autre instance.*DATA_DIR/)]);

    holder.child.kill("SIGKILL");
    await holder.ended;
    expect(await check({ DATA_DIR, PORT })).toMatchObject({ code: 0 });
    const { db, close } = await openEmbedded(join(DATA_DIR, "db"));
    expect(await db.execute(sql`select word from kept`)).toMatchObject({ rows: [{ word: "gardé" }] });
    await close();
  }, 60_000);

  it("refuses a port that is taken, and names PORT", async () => {
    const server = createServer().listen(0);
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;

    const refused = await check({ DATA_DIR: aFolder(), PORT: String(port) });

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringMatching(new RegExp(`port ${port} est déjà utilisé.*PORT`))]);
  });

  it("refuses a data folder it cannot write in", async () => {
    const file = join(aFolder(), "file");
    writeFileSync(file, "");

    const refused = await check({ DATA_DIR: join(file, "data"), PORT });

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringContaining("DATA_DIR")]);
  });

  it("names each wrong variable on a line of its own", async () => {
    const refused = await check({ PORT: "beaucoup", LLM_BASE_URL: "ftp://modele", LLM_IDLE_TIMEOUT_SECONDS: "-1" });

    expect(refused.code).toBe(1);
    expect(lines(refused.out).map((line) => line.split(" ")[0])).toEqual([
      "PORT",
      "LLM_BASE_URL",
      "LLM_IDLE_TIMEOUT_SECONDS",
    ]);
    expect(refused.out).not.toMatch(/Invalid|expected/);
  });

  it("refuses the stand-ins in production, and names every missing variable", async () => {
    const refused = await check({ APP_ENV: "production", DATA_DIR: aFolder(), PORT });

    expect(refused.code).toBe(1);
    expect(lines(refused.out).map((line) => line.split(" ")[0])).toEqual([...PRODUCTION_REQUIRED]);
  });

  it("requires the same key of actions for all processes in production, once Redis lets them be several", async () => {
    const refused = await check({
      APP_ENV: "production",
      DATA_DIR: aFolder(),
      PORT,
      REDIS_URL: "redis://127.0.0.1:1",
      ...Object.fromEntries(
        PRODUCTION_REQUIRED.map((name) => [name, "https://exemple.gouv.fr/une-valeur-assez-longue"]),
      ),
    });

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringMatching(/^NEXT_SERVER_ACTIONS_ENCRYPTION_KEY.*obligatoire/)]);
  });

  it("refuses a key of actions that is not one, and a Redis address that is not one", async () => {
    const refused = await check({ PORT, REDIS_URL: "http://redis", NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: "trop-court" });

    expect(refused.code).toBe(1);
    expect(lines(refused.out).map((line) => line.split(" ")[0])).toEqual([
      "REDIS_URL",
      "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY",
    ]);
  });

  it("refuses a Redis that does not answer, without showing its password", async () => {
    const refused = await check({ DATA_DIR: aFolder(), PORT, REDIS_URL: "redis://:secret@127.0.0.1:1" });

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringMatching(/Redis ne répond pas.*REDIS_URL.*ECONNREFUSED/)]);
    expect(refused.out).not.toContain("secret");
  });

  it("takes the models of a file in place of one model, and does not ask for the variables it replaces", async () => {
    const MODELS_FILE = join(aFolder(), "models.json");
    writeFileSync(MODELS_FILE, JSON.stringify(aModelsFile([{ id: "grand" }])));

    const DATA_DIR = aFolder();
    await copyEmbedded(join(DATA_DIR, "db"));

    expect(await check({ DATA_DIR, PORT, MODELS_FILE })).toMatchObject({ code: 0 });

    const refused = await check({ APP_ENV: "production", DATA_DIR: aFolder(), PORT, MODELS_FILE });
    expect(lines(refused.out).map((line) => line.split(" ")[0])).toEqual(
      PRODUCTION_REQUIRED.filter((name) => !name.startsWith("LLM_")),
    );
  });

  it("refuses a file of models that is wrong, and says where, one mistake a line", async () => {
    const MODELS_FILE = join(aFolder(), "models.json");
    writeFileSync(
      MODELS_FILE,
      JSON.stringify(
        aModelsFile([
          { id: "grand", context: "32k" },
          { id: "petit", jobs: [] },
        ]),
      ),
    );

    const refused = await check({ DATA_DIR: aFolder(), PORT, MODELS_FILE });

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([
      "models.json : models[0].context : un nombre de jetons est attendu.",
      "models.json : models[1].jobs : au moins une tâche est attendue.",
    ]);
  });

  it.each([
    ["that does not exist", null, /^MODELS_FILE : le fichier .* est introuvable ou illisible\.$/],
    ["that is no JSON", '{\n  "providers": [,]\n}', /n’est pas du JSON valide, vers la ligne 2\.$/],
  ])("refuses a file of models %s", async (_what, text, sentence) => {
    const MODELS_FILE = join(aFolder(), "models.json");
    if (text !== null) writeFileSync(MODELS_FILE, text);

    const refused = await check({ DATA_DIR: aFolder(), PORT, MODELS_FILE });

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringMatching(sentence)]);
  });

  it("refuses an older Node, and says how to get the right one", async () => {
    // What the check reads is replaced before it runs; the machine may have no older Node.
    const refused = await launch(["scripts/start.ts", "--check"], {
      NODE_OPTIONS: `--import=data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.9.0'})`,
    }).ended;

    expect(refused.code).toBe(1);
    expect(lines(refused.out)).toEqual([expect.stringMatching(/Node 20\.9\.0 est trop ancien.*npm ci/)]);
  });
});

it("keeps the secret of a development machine from one start to the next, readable by its owner alone", () => {
  const folder = aFolder();

  const secret = developmentSecret(folder);

  expect(secret.length).toBeGreaterThanOrEqual(32);
  expect(developmentSecret(folder)).toBe(secret);
  expect(statSync(join(folder, "auth-secret")).mode & 0o777).toBe(0o600);
});
