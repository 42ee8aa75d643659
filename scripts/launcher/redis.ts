import type { Settings } from "../../lib/env.ts";
import { Refusal } from "./refusal.ts";
import type { PortRow } from "./table.ts";

const CONNECT_MS = 5_000;

/** Refuses a Redis that does not answer: the processes would not hear each other. */
export async function requireRedis(url: string): Promise<void> {
  // Loaded only by those who use it: most starts have no Redis.
  const { createClient } = await import("@redis/client");
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: CONNECT_MS } });
  client.on("error", () => {}); // `connect` fails with the same error
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw new Refusal(
      `Redis ne répond pas à l’adresse de REDIS_URL ou refuse la connexion${code} : vérifiez l’adresse et le mot de passe.`,
    );
  } finally {
    if (client.isOpen) client.destroy();
  }
}

/** What processes share when there are several. */
export function sharedRows({ REDIS_URL, DATABASE_URL }: Settings): PortRow[] {
  const ports = ["Réponses en cours", "Limites d’utilisation"];
  if (REDIS_URL) {
    const { host } = new URL(REDIS_URL);
    return ports.map((port) => ({ port, servedBy: "Redis", data: host, forTheRealOne: "✓" }));
  }
  const forTheRealOne = DATABASE_URL ? "REDIS_URL (plusieurs processus)" : "DATABASE_URL et REDIS_URL";
  return ports.map((port) => ({
    port,
    servedBy: "mémoire de l’application (un seul processus)",
    data: "aucune",
    forTheRealOne,
  }));
}
