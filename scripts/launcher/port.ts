import { createServer } from "node:net";
import { Refusal } from "./refusal.ts";

const LOOPBACK = "127.0.0.1";

function listens(port: number, host?: string): Promise<number | "taken" | "forbidden"> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve("taken");
      else if (error.code === "EACCES") resolve("forbidden");
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : port));
    });
  });
}

export async function requireFreePort(port: number): Promise<void> {
  const outcome = await listens(port);
  if (outcome === "taken") {
    throw new Refusal(
      `Le port ${port} est déjà utilisé par un autre programme : arrêtez-le, ou choisissez un autre port avec la variable PORT.`,
    );
  }
  if (outcome === "forbidden") {
    throw new Refusal(
      `Le port ${port} est réservé au système : choisissez un port supérieur à 1023 avec la variable PORT.`,
    );
  }
}

/** `preferred` on the loopback interface when it is free, else any free port. */
export async function findLoopbackPort(preferred: number): Promise<number> {
  const first = preferred <= 65_535 ? await listens(preferred, LOOPBACK) : "taken";
  const port = typeof first === "number" ? first : await listens(0, LOOPBACK);
  if (typeof port !== "number")
    throw new Refusal("Aucun port libre n’a été trouvé pour les services de démonstration.");
  return port;
}
