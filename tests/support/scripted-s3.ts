import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";

/** The only key that s3rver knows. */
export const S3_KEYS = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };
export const S3_BUCKET = "fichiers";

export type S3Behaviour =
  | "slow-down"
  | "failed"
  | "cut-request"
  | "silent"
  | "cut-answer"
  | "silent-answer"
  | "error-in-success"
  | "forbidden-when-missing";

export type ScriptedS3 = {
  endpoint: string;
  /** What the next requests whose method and address match go through, so many times. */
  misbehave: (how: S3Behaviour, when: RegExp, times: number) => void;
  /** « METHOD /path?query » of every request received. */
  requests: string[];
  keys: () => string[];
  pendingUploads: () => string[];
  /** Of a pending upload. */
  keyOf: (uploadId: string) => string;
  /** Makes a pending upload so many hours old. */
  age: (uploadId: string, hours: number) => void;
  close: () => Promise<void>;
};

/**
 * A real S3 server (s3rver, which checks signatures), that misbehaves when it is told to. The two requests on pending uploads
 * that s3rver does not know, listing and ending them, are answered here.
 */
export async function startScriptedS3(): Promise<ScriptedS3> {
  const directory = mkdtempSync(join(tmpdir(), "s3-"));
  const options = { directory, silent: true, vhostBuckets: true, serviceEndpoint: "localhost" };
  const s3rver = new S3rver({ ...options, configureBuckets: [{ name: S3_BUCKET }] });
  await s3rver.configureBuckets();
  const answer = s3rver.callback();
  const uploads = join(directory, S3_BUCKET, "._S3rver_uploads");
  const requests: string[] = [];
  let script: { how: S3Behaviour; when: RegExp; times: number } | undefined;

  const pendingUploads = () => (existsSync(uploads) ? readdirSync(uploads) : []);

  const keyOf = (uploadId: string) => readFileSync(join(uploads, uploadId, "key"), "utf8");

  function listUploads(response: ServerResponse): void {
    const all = pendingUploads().map((id) => {
      try {
        const initiated = statSync(join(uploads, id, "key")).mtime.toISOString();
        return `<Upload><Key>${keyOf(id)}</Key><UploadId>${id}</UploadId><Initiated>${initiated}</Initiated></Upload>`;
      } catch {
        return ""; // beginning or ending at this moment
      }
    });
    response.setHeader("content-type", "application/xml");
    response.end(`<ListMultipartUploadsResult>${all.join("")}</ListMultipartUploadsResult>`);
  }

  const server = createServer((request, response) => {
    const { method = "", url = "" } = request;
    const said = `${method} ${url}`;
    requests.push(said);
    const query = new URL(url, "http://s3").searchParams;
    // As real ones do, and s3rver does not.
    if (request.headers["transfer-encoding"]) {
      request.resume();
      response.writeHead(411, { "content-type": "application/xml" }).end(errorXml("MissingContentLength"));
      return;
    }
    const isThere = existsSync(join(directory, `${url}._S3rver_object`));
    if (script?.how === "forbidden-when-missing" && script.when.test(said) && !isThere) {
      response.writeHead(403, { "content-type": "application/xml" }).end(errorXml("AccessDenied"));
      return;
    }
    if (script && script.how !== "forbidden-when-missing" && script.times > 0 && script.when.test(said)) {
      script.times -= 1;
      misbehave(script.how, request, response, answer);
      return;
    }
    if (method === "GET" && query.has("uploads")) {
      listUploads(response);
      return;
    }
    const uploadId = query.get("uploadId");
    if (method === "DELETE" && uploadId) {
      rmSync(join(uploads, uploadId), { recursive: true, force: true });
      response.writeHead(204).end();
      return;
    }
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    misbehave: (how, when, times) => {
      script = { how, when, times };
    },
    requests,
    keys: () =>
      readdirSync(join(directory, S3_BUCKET))
        .filter((name) => name.endsWith("._S3rver_object"))
        .map((name) => name.replace("._S3rver_object", "")),
    pendingUploads,
    keyOf,
    age: (uploadId, hours) => {
      const at = Date.now() / 1_000 - hours * 3_600;
      utimesSync(join(uploads, uploadId, "key"), at, at);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const errorXml = (code: string) => `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;

function misbehave(
  how: Exclude<S3Behaviour, "forbidden-when-missing">,
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): void {
  if (how === "cut-answer" || how === "silent-answer") {
    breakAnswer(how, response, () => answer(request, response));
    return;
  }
  if (how === "cut-request") request.once("data", () => request.destroy());
  request.resume();
  if (how === "silent" || how === "cut-request") return;
  request.once("end", () => {
    const status = { "slow-down": 503, failed: 500, "error-in-success": 200 }[how];
    const code = how === "slow-down" ? "SlowDown" : "InternalError";
    response.writeHead(status, { "content-type": "application/xml" }).end(errorXml(code));
  });
}

/** Lets one piece of the body through, then nothing. */
function breakAnswer(how: "cut-answer" | "silent-answer", response: ServerResponse, go: () => void): void {
  const write = response.write.bind(response);
  let pieces = 0;
  response.write = ((piece: Uint8Array) => {
    pieces += 1;
    if (pieces === 1) return write(piece);
    if (how === "cut-answer") response.destroy();
    return false;
  }) as typeof response.write;
  go();
}
