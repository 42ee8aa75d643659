import { randomBytes } from "node:crypto";
import { type AppSettings, env } from "@/lib/env";

/** Settings for the suite, set before anything reads them. Another file of tests has its own. */
export function setTestSettings(variables: Record<string, string> = {}): AppSettings {
  Object.assign(process.env, {
    APP_URL: "http://localhost:4100",
    NEXTAUTH_URL: variables.APP_URL ?? "http://localhost:4100",
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    PROCONNECT_ISSUER: "http://127.0.0.1:4101/api/v2",
    PROCONNECT_CLIENT_ID: "test-client",
    PROCONNECT_CLIENT_SECRET: "a-secret-of-the-test-client",
    LLM_BASE_URL: "http://127.0.0.1:4102/v1",
    LLM_MODEL: "essai",
    ...variables,
  });
  return env();
}
