import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { OpenConnection } from "./open-connection";
import { WebFailure } from "./web-failure";

/** Sites send long security policies; more than this is no header of a page. */
const HEADER_BYTES_MAX = 32 * 1024;

export type HttpAnswer = { status: number; headers: IncomingHttpHeaders; body: IncomingMessage };

/** One GET on a connection of its own, which the answer's end closes. Rejects as sockets do. */
export function get(connection: OpenConnection, host: string, headers: Record<string, string>): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      path: connection.target,
      headers: { host, ...headers, ...connection.headers },
      maxHeaderSize: HEADER_BYTES_MAX,
      createConnection: () => connection.socket,
    });
    asked.on("error", reject);
    asked.once("upgrade", () => {
      connection.socket.destroy();
      reject(new WebFailure("unreachable"));
    });
    asked.once("response", (body) => {
      body.on("error", () => {}); // its reader sees it; without one it must not end the process
      resolve({ status: body.statusCode ?? 0, headers: body.headers, body });
    });
    asked.end();
  });
}

/** Where an answer leads, as the server wrote it (in UTF-8 when it is not ASCII); null when it leads nowhere. */
export function redirectTarget({ status, headers }: HttpAnswer): string | null {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return null;
  return Buffer.from(headers.location, "latin1").toString("utf8");
}
