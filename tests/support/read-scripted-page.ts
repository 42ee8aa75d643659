import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { expect, onTestFinished, vi } from "vitest";
import type { PAGE_LIMITS } from "@/lib/web/page-fetcher";
import { type Answer, fetcherOn, startRawSite, startSite } from "./scripted-sites";

/** Reads /a of a site that answers so; the site says when its side of the connection was closed. */
export async function readPageAnswered(answer: Answer, limits: Partial<typeof PAGE_LIMITS> = {}) {
  const closed = vi.fn();
  const watched: Answer = (response, request) => {
    request.socket.once("close", closed);
    answer(response, request);
  };
  const site = await startSite({ "/a": watched });
  onTestFinished(site.close);
  const result = fetcherOn({ "exemple.fr": site }, { limits }).fetchPage("http://exemple.fr/a");
  result.then(
    () => {},
    () => {},
  );
  return { result, closed };
}

/** The same, of a server that writes what it wants in place of HTTP; robots.txt is a 404. */
export async function readPageWritten(answer: (socket: Socket) => void, limits: Partial<typeof PAGE_LIMITS> = {}) {
  let asked = 0;
  const site = await startRawSite((socket) => {
    if (asked++ === 0) socket.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    else answer(socket);
  });
  onTestFinished(site.close);
  return fetcherOn({ "exemple.fr": site }, { limits }).fetchPage("http://exemple.fr/a");
}

export const failure = (code: string) => expect.objectContaining({ name: "WebFailure", code });

export async function writeForever(response: ServerResponse, piece: Buffer): Promise<void> {
  while (!response.destroyed) {
    if (!response.write(piece)) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
