import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Settings } from "../../lib/env.ts";
import type { ModelsFile } from "../../lib/models/schema.ts";
import { findLoopbackPort } from "./port.ts";
import { isProConnectSet } from "./settings.ts";
import type { PortRow } from "./table.ts";

/** What serves a port, and the variables that tell the application so. */
export type Served = { row: PortRow; env: Record<string, string> };

export async function serveSignIn(settings: Settings, appUrl: string): Promise<Served> {
  if (isProConnectSet(settings)) {
    const data = settings.PROCONNECT_ISSUER ?? "";
    return { row: { port: "Connexion", servedBy: "ProConnect", data, forTheRealOne: "✓" }, env: {} };
  }
  // Only when it serves: its library is long to load.
  const { startIdentityProvider } = await import("../../dev/identity-provider.ts");
  const clientId = "assistant-ia";
  const clientSecret = randomBytes(32).toString("base64url");
  const provider = await startIdentityProvider({
    port: await findLoopbackPort(settings.PORT + 1),
    keyFile: join(settings.DATA_DIR, "identity-provider-key.json"),
    clientId,
    clientSecret,
    redirectUris: [`${appUrl}/api/auth/callback/proconnect`],
    postLogoutRedirectUris: [`${appUrl}/deconnexion`],
  });
  return {
    row: {
      port: "Connexion",
      servedBy: "ProConnect de démonstration",
      data: provider.issuer,
      forTheRealOne: "PROCONNECT_ISSUER, _CLIENT_ID, _CLIENT_SECRET",
    },
    env: {
      PROCONNECT_ISSUER: provider.issuer,
      PROCONNECT_CLIENT_ID: clientId,
      PROCONNECT_CLIENT_SECRET: clientSecret,
    },
  };
}

/** The models described in a file: nothing stands in for them. */
export function modelsRow({ providers, models }: ModelsFile): Served {
  const answering = models.filter(({ jobs }) => jobs.includes("answer"));
  const servedBy = answering.map(({ label }) => label).join(", ");
  const data = providers.map(({ baseUrl }) => new URL(baseUrl).host).join(", ");
  return { row: { port: "Modèle de langage", servedBy, data, forTheRealOne: "✓" }, env: {} };
}

export async function serveLanguageModel(settings: Settings): Promise<Served> {
  const port = "Modèle de langage";
  const { LLM_BASE_URL, LLM_MODEL } = settings;
  if (LLM_BASE_URL && LLM_MODEL) {
    return { row: { port, servedBy: LLM_MODEL, data: LLM_BASE_URL, forTheRealOne: "✓" }, env: {} };
  }
  const forTheRealOne = "MODELS_FILE, ou LLM_BASE_URL, LLM_API_KEY, LLM_MODEL";
  const LLM_HOSTING = settings.LLM_HOSTING ?? "cette machine";
  const { findOllama } = await import("../../dev/find-ollama.ts");
  const ollama = await findOllama();
  if (ollama) {
    return {
      row: { port, servedBy: `Ollama, ${ollama.model}`, data: ollama.baseUrl, forTheRealOne },
      env: { LLM_BASE_URL: ollama.baseUrl, LLM_MODEL: ollama.model, LLM_HOSTING },
    };
  }
  const { DEMO_MODEL, startDemoModel } = await import("../../dev/demo-model.ts");
  const demo = await startDemoModel({ port: await findLoopbackPort(settings.PORT + 2) });
  return {
    row: { port, servedBy: "modèle de démonstration", data: demo.baseUrl, forTheRealOne },
    env: {
      LLM_BASE_URL: demo.baseUrl,
      LLM_MODEL: DEMO_MODEL,
      LLM_HOSTING,
      LLM_LABEL: settings.LLM_LABEL ?? "Modèle de démonstration",
    },
  };
}
