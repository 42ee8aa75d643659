import { parseArgs } from "node:util";
import type { Settings } from "../lib/env.ts";
import { exitOf, startApplication, untilItAnswers } from "./launcher/application.ts";
import { build, deploymentId, isBuildCurrent } from "./launcher/build.ts";
import { developmentSecret, requireWritableFolder } from "./launcher/data-folder.ts";
import { documentRows } from "./launcher/documents.ts";
import { embeddedFolder, prepareEmbeddedDatabase } from "./launcher/embedded-database.ts";
import { requireFreePort } from "./launcher/port.ts";
import { requirePlaceOnPostgres, requirePostgres, seedPostgres } from "./launcher/postgres.ts";
import { requireRedis, sharedRows } from "./launcher/redis.ts";
import { runOrRefuse } from "./launcher/refusal.ts";
import { requireFileStorage } from "./launcher/s3.ts";
import { isProConnectSet, requireModels, requireSettings } from "./launcher/settings.ts";
import { modelsRow, serveLanguageModel, serveSignIn } from "./launcher/stand-ins.ts";
import { formatTable, type PortRow } from "./launcher/table.ts";
import { copyViewerFiles } from "./launcher/viewer-files.ts";
import { searxngWarning, serveWebSearch } from "./launcher/web-search.ts";

const { values: flags } = parseArgs({
  options: {
    dev: { type: "boolean", default: false },
    // Verifies the configuration and the database, then stops: nothing is built nor served.
    check: { type: "boolean", default: false },
  },
});

await runOrRefuse(async () => {
  const startedAt = Date.now();
  const settings = requireSettings();
  const models = requireModels(settings);
  await requireFreePort(settings.PORT);
  requireWritableFolder(settings.DATA_DIR);
  if (settings.REDIS_URL) await requireRedis(settings.REDIS_URL);
  await requireFileStorage(settings);
  const warning = await searxngWarning(settings);
  if (warning) console.warn(warning);
  const database = await serveDatabase(settings);
  if (flags.check) {
    console.log("Configuration vérifiée : l’application peut démarrer.");
    return database.release();
  }
  const appUrl = settings.APP_URL ?? `http://localhost:${settings.PORT}`;
  const signIn = await serveSignIn(settings, appUrl);
  const model = models ? modelsRow(models) : await serveLanguageModel(settings);
  const webSearch = await serveWebSearch(settings);
  copyViewerFiles();
  if (!flags.dev && !isBuildCurrent()) await build("progress");
  const served = [database.row, signIn.row, model.row, webSearch.row];
  console.log(`\n${formatTable([...served, ...documentRows(settings), ...sharedRows(settings)])}\n`);

  // With stand-ins anyone may sign in as a test agent: not from the network, unless it is asked for.
  const host = settings.HOST ?? (settings.APP_ENV === "production" ? "0.0.0.0" : "localhost");
  database.release();
  const child = startApplication({
    dev: flags.dev,
    port: settings.PORT,
    host,
    env: {
      PORT: String(settings.PORT),
      APP_ENV: settings.APP_ENV,
      APP_URL: appUrl,
      NEXTAUTH_URL: appUrl,
      ...(!flags.dev && { NEXT_DEPLOYMENT_ID: deploymentId() }),
      AUTH_SECRET: settings.AUTH_SECRET ?? developmentSecret(settings.DATA_DIR),
      ...signIn.env,
      ...model.env,
      ...webSearch.env,
    },
  });
  const ended = new AbortController();
  const code = exitOf(child).finally(() => ended.abort());
  await untilItAnswers({ host, port: settings.PORT }, ended.signal);
  if (!ended.signal.aborted) {
    console.log(`\nL’Assistant IA est prêt (${Math.round((Date.now() - startedAt) / 1000)} s) : ${appUrl}\n`);
  }
  // The stand-ins would keep this process alive: it ends with the application.
  process.exit(await code);
});

async function serveDatabase(settings: Settings): Promise<{ row: PortRow; release: () => void }> {
  const { DATABASE_URL, REDIS_URL, DATA_DIR, APP_ENV } = settings;
  const testAgents = !flags.check && !isProConnectSet(settings);
  if (DATABASE_URL) {
    await requirePostgres(DATABASE_URL);
    // A check may be made beside the service.
    if (!flags.check) await requirePlaceOnPostgres(DATABASE_URL, { alone: !REDIS_URL });
    if (testAgents) await seedPostgres(DATABASE_URL);
    const { host, pathname } = new URL(DATABASE_URL);
    return {
      row: { port: "Base de données", servedBy: "PostgreSQL", data: `${host}${pathname}`, forTheRealOne: "✓" },
      release: () => {},
    };
  }
  const release = await prepareEmbeddedDatabase(DATA_DIR, { testAgents });
  const servedBy = APP_ENV === "production" ? "PGlite embarqué (un seul processus !)" : "PGlite embarqué";
  return {
    row: { port: "Base de données", servedBy, data: embeddedFolder(DATA_DIR), forTheRealOne: "DATABASE_URL" },
    release,
  };
}
