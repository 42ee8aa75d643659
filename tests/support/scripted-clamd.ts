import { type AddressInfo, createServer, type Socket } from "node:net";

/** The test file that every antivirus must find, written in two halves so that no antivirus finds it here. */
export const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

type Behaviour = "normal" | "size-limit" | "hangs-up" | "nonsense";

export type ScriptedClamd = {
  url: string;
  behave: (how: Behaviour) => void;
  /** The bytes of each stream it received whole. */
  received: Buffer[];
  close: () => Promise<void>;
};

/** A clamd that speaks INSTREAM, finds EICAR and nothing else, and misbehaves as real ones do. */
export async function startScriptedClamd(): Promise<ScriptedClamd> {
  let behaviour: Behaviour = "normal";
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // a client that leaves
    let bytes = Buffer.alloc(0);
    socket.on("data", (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      if (behaviour === "hangs-up") return void socket.destroy();
      if (behaviour === "nonsense") return void socket.end("UNKNOWN COMMAND\0");
      if (behaviour === "size-limit" && bytes.length > 1_000)
        return void socket.end("INSTREAM size limit exceeded. ERROR\0");
      const whole = wholeStream(bytes);
      if (!whole) return;
      received.push(whole);
      socket.end(whole.includes(EICAR) ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behave: (how) => {
      behaviour = how;
    },
    received,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const COMMAND = "zINSTREAM\0";

/** The bytes of a stream, or null until its last piece has come. */
function wholeStream(bytes: Buffer): Buffer | null {
  if (bytes.subarray(0, COMMAND.length).toString() !== COMMAND) return null;
  const pieces: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
