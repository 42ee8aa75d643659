import { afterAll, describe, expect, it } from "vitest";
import { readSettings, type Settings } from "@/lib/env";
import { startScriptedSearch } from "@/tests/support/scripted-search";
import { searxngWarning, serveWebSearch } from "./web-search.ts";

const server = await startScriptedSearch();
afterAll(() => server.close());

function settingsOf(variables: Record<string, string> = {}): Settings {
  const result = readSettings(variables);
  if (!result.ok) throw new Error(result.problems.join("\n"));
  return result.settings;
}
const problemsOf = (variables: Record<string, string>) => {
  const result = readSettings(variables);
  return result.ok ? [] : result.problems;
};
/** Enough for production. */
const PRODUCTION = {
  APP_ENV: "production",
  APP_URL: "https://assistant.exemple.gouv.fr",
  AUTH_SECRET: "un-secret-bien-assez-long-pour-les-sessions",
  PROCONNECT_ISSUER: "https://fca.exemple.fr",
  PROCONNECT_CLIENT_ID: "client",
  PROCONNECT_CLIENT_SECRET: "secret",
  LLM_BASE_URL: "https://modele.exemple.fr/v1",
  LLM_MODEL: "grand",
};

describe("the row of the start table", () => {
  it("names the engines in their order, with where they are, and starts nothing else", async () => {
    const both = { SEARXNG_URL: "http://recherche:8080/sx", STAAN_API_KEY: "cle" };
    expect(await serveWebSearch(settingsOf(both))).toEqual({
      row: {
        port: "Recherche web",
        servedBy: "SearXNG, Staan",
        data: "recherche:8080, api.staan.ai",
        forTheRealOne: "✓",
      },
      env: {},
    });
    const { row } = await serveWebSearch(settingsOf({ ...both, WEB_SEARCH_ENGINES: "staan, searxng" }));
    expect(row.servedBy).toBe("Staan, SearXNG");
    expect((await serveWebSearch(settingsOf({ ...both, WEB_SEARCH_ENGINES: "searxng" }))).row.servedBy).toBe("SearXNG");
  });

  it("says « aucune » in production without an engine: no stand-in", async () => {
    expect(await serveWebSearch(settingsOf(PRODUCTION))).toEqual({
      row: { port: "Recherche web", servedBy: "aucune", data: "aucune", forTheRealOne: "SEARXNG_URL ou STAAN_API_KEY" },
      env: {},
    });
  });

  it("starts the demonstration engine otherwise, whose pages may be read and pass for official", async () => {
    const { row, env } = await serveWebSearch(
      settingsOf({ DEV_FETCH_ALLOW: "127.0.0.1:9999", WEB_PREFERRED_DOMAINS: "insee.fr" }),
    );
    expect(row).toMatchObject({ servedBy: "moteur de démonstration", data: env.SEARXNG_URL });
    const given = settingsOf(env);
    expect(given).toMatchObject({ SEARXNG_LABEL: "Moteur de démonstration", SEARXNG_HOSTING: "cette machine" });
    expect(given.DEV_FETCH_ALLOW).toHaveLength(4);
    expect(given.DEV_FETCH_ALLOW[0]).toBe("127.0.0.1:9999");
    expect(given.WEB_PREFERRED_DOMAINS).toEqual(["insee.fr", ...given.DEV_FETCH_ALLOW.slice(1, 3)]);
    expect(await searxngWarning(given)).toBeNull();
  });
});

describe("what is said of SearXNG at the start", () => {
  const warningOf = (SEARXNG_URL: string) => searxngWarning(settingsOf({ SEARXNG_URL }));

  it("says how to permit JSON when it is refused, without sending any query", async () => {
    server.reply({ status: 403 });
    expect(await warningOf(server.baseUrl)).toMatch(/JSON.*search\.formats/);
    expect(server.requests).toEqual([{ path: "/search", parameters: { format: "json" }, authorization: undefined }]);
  });

  it("says nothing when it only misses a query, and that it does not answer when it does not", async () => {
    server.reply({ status: 400 });
    expect(await warningOf(`${server.baseUrl}/`)).toBeNull();
    expect(await warningOf("http://127.0.0.1:9")).toMatch(/ne répond pas.*SEARXNG_URL/);
    expect(await searxngWarning(settingsOf())).toBeNull();
  });
});

it.each([
  [{ WEB_SEARCH_ENGINES: "google" }, /^WEB_SEARCH_ENGINES.* : des moteurs connus/],
  [
    { WEB_SEARCH_ENGINES: "searxng,staan", STAAN_API_KEY: "cle" },
    /^SEARXNG_URL : variable obligatoire quand WEB_SEARCH_ENGINES cite searxng\.$/,
  ],
  [{ WEB_SEARCH_ENGINES: "staan" }, /^STAAN_API_KEY : variable obligatoire/],
  [{ SEARXNG_URL: "ftp://recherche" }, /^SEARXNG_URL : une adresse commençant/],
  [{ SEARXNG_URL: "http://moi:secret@recherche" }, /^SEARXNG_URL : une adresse sans nom ni mot de passe/],
  [{ WEB_PREFERRED_DOMAINS: "insee.fr,https://senat.fr/" }, /^WEB_PREFERRED_DOMAINS.* : des noms de domaine/],
  [{ WEB_SEARCH_PER_AGENT_PER_DAY: "beaucoup" }, /^WEB_SEARCH_PER_AGENT_PER_DAY : un nombre est attendu/],
])("refuses %j, and says why", (variables, sentence) => {
  expect(problemsOf(variables)).toEqual([expect.stringMatching(sentence)]);
});
