import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { APP_PORT, APP_URL, MODEL_PORT, SEARCH_PORT, SERVER_LOG, SITE_HOSTS } from "./tests/e2e/support/addresses";
import { chromiumLaunch } from "./tests/e2e/support/chromium";

const dataDir = mkdtempSync(join(tmpdir(), "assistant-e2e-"));

export default defineConfig({
  testDir: "tests/e2e",
  // One embedded database behind one server: journeys sign in as different agents and do not meet, yet share two cores.
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: ".reports/playwright.json" }]],
  use: {
    baseURL: APP_URL,
    locale: "fr-FR",
    timezoneId: "Europe/Paris",
    launchOptions: await chromiumLaunch(),
    screenshot: "only-on-failure",
    // Pictures of each moment would be taken of the journeys that pass too, which costs them time; the pages are kept without.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
  webServer: [
    {
      command: `node tests/support/scripted-model.ts --port ${MODEL_PORT}`,
      url: `http://127.0.0.1:${MODEL_PORT}/v1/models`,
      reuseExistingServer: false,
    },
    {
      command: `node tests/support/searching-web.ts --port ${SEARCH_PORT}`,
      url: `http://127.0.0.1:${SEARCH_PORT}/search?q=essai&format=json`,
      reuseExistingServer: false,
    },
    {
      // What the server prints goes to a file that the « nothing personal in the logs » journey reads.
      command: `mkdir -p test-results && npm start > ${SERVER_LOG} 2>&1`,
      url: `${APP_URL}/api/health/ready`,
      // It may have to build first.
      timeout: 600_000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
      env: {
        PORT: String(APP_PORT),
        DATA_DIR: dataDir,
        LLM_BASE_URL: `http://127.0.0.1:${MODEL_PORT}/v1`,
        LLM_API_KEY: "cle-d-essai",
        LLM_MODEL: "modele-d-essai",
        LLM_LABEL: "Modèle d’essai",
        SEARXNG_URL: `http://127.0.0.1:${SEARCH_PORT}`,
        SEARXNG_LABEL: "Moteur d’essai",
        SEARXNG_HOSTING: "cette machine",
        DEV_FETCH_ALLOW: SITE_HOSTS.join(","),
        WEB_PREFERRED_DOMAINS: SITE_HOSTS.slice(1, 3).join(","),
        WEB_SEARCH_PER_AGENT_PER_MINUTE: "0",
        DOCUMENT_MEGABYTES_MAX: "2",
        LLM_FIRST_TOKEN_TIMEOUT_SECONDS: "3",
        // Journeys of several files share their agents.
        LIMIT_AGENT_MESSAGES_PER_MINUTE: "0",
      },
    },
  ],
});
