import "server-only";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Readable } from "node:stream";
import { AppError } from "@/lib/errors/app-error";
import { reportFailure } from "@/lib/telemetry/report";
import type { Verdict } from "./antivirus";

/** Without a word for so long, clamd is taken to be away. A large archive takes it many seconds. */
const SILENCE_MS = 60_000;
const CONNECT_MS = 5_000;
const ANSWER_CHARACTERS_MAX = 4_096;

/**
 * Sends a stream to clamd (its INSTREAM command: pieces that begin with their length, then a length of zero) and reads its
 * verdict. Anything but « OK » or « FOUND » is no verdict, whatever went wrong.
 */
export async function scanWithClamd({ hostname, port }: URL, bytes: Readable): Promise<Verdict> {
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || 3310) });
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error("clamd does not answer")));
  const answered = readAnswer(socket);
  try {
    await Promise.race([once(socket, "connect"), answered]);
    socket.setTimeout(SILENCE_MS);
    // It may answer, and hang up, before the end: a virus was found, or the stream is too long for it.
    send(socket, bytes).catch((error: Error) => socket.destroy(error));
    return verdictOf(await answered);
  } catch (error) {
    return unavailable(error);
  } finally {
    bytes.destroy();
    socket.destroy();
  }
}

async function send(socket: Socket, bytes: Readable): Promise<void> {
  socket.write("zINSTREAM\0");
  for await (const piece of bytes) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(piece.length);
    socket.write(length);
    if (!socket.write(piece)) await once(socket, "drain");
  }
  socket.write(Buffer.alloc(4));
}

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      answer += text;
      if (answer.includes("\0") || answer.length > ANSWER_CHARACTERS_MAX) resolve(answer);
    });
    socket.once("end", () => resolve(answer));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("clamd hung up")));
  });
}

function verdictOf(answer: string): Verdict {
  const said = answer.replace(/\0.*$/s, "").trim();
  if (/^stream: OK$/.test(said)) return "clean";
  if (/^stream: .+ FOUND$/.test(said)) return "infected";
  // Its own limits, a signature base being reloaded, or no answer at all.
  return unavailable(null);
}

function unavailable(cause: unknown): Verdict {
  reportFailure(new AppError("antivirus_unavailable", { cause }), { operation: "antivirus.scan" });
  return "unavailable";
}
