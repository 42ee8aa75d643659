import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import {
  failure,
  readPageAnswered as read,
  readPageWritten as readRaw,
  writeForever,
} from "@/tests/support/read-scripted-page";
import { type Answer, fetcherOn, page } from "@/tests/support/scripted-sites";

const MEGABYTE = 1_000_000;

describe("the size", () => {
  it("is five megabytes, and not a byte more", async () => {
    const { result } = await read(page(Buffer.alloc(5 * MEGABYTE, "a")));
    expect((await result).bytes).toHaveLength(5 * MEGABYTE);
    const { result: larger } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(Buffer.alloc(5 * MEGABYTE + 1, "a"));
    });
    await expect(larger).rejects.toEqual(failure("too_large"));
  });

  it("when it is announced too large, is believed: nothing is read", async () => {
    const { result, closed } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html", "content-length": String(6 * MEGABYTE) }).write("<p>");
    });
    await expect(result).rejects.toEqual(failure("too_large"));
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("is counted on a body that never ends", async () => {
    const { result, closed } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html" });
      void writeForever(response, Buffer.alloc(100_000, "a"));
    });
    await expect(result).rejects.toEqual(failure("too_large"));
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("is limited for headers too", async () => {
    const { result } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html", "x-long": "a".repeat(40_000) }).end("<p>a</p>");
    });
    await expect(result).rejects.toEqual(failure("too_large"));
  });

  it("of headers that a site may have is no obstacle", async () => {
    const { result } = await read(page("<p>a</p>", { "content-security-policy": "a".repeat(20_000) }));
    expect(await result).toMatchObject({ type: "html" });
  });
});

describe("the time", () => {
  it.each([
    ["a server that never answers", () => {}],
    [
      "a byte now and then",
      (response) => {
        response.writeHead(200, { "content-type": "text/html" });
        const drip = setInterval(() => response.write("a"), 50);
        response.once("close", () => clearInterval(drip));
      },
    ],
    [
      "a compressed byte now and then",
      (response) => {
        response.writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" });
        const bytes = gzipSync("a".repeat(100_000));
        let at = 0;
        const drip = setInterval(() => response.write(bytes.subarray(at, ++at)), 50);
        response.once("close", () => clearInterval(drip));
      },
    ],
    [
      "« continue », for ever",
      (response) => {
        const drip = setInterval(() => response.writeContinue(), 50);
        response.once("close", () => clearInterval(drip));
      },
    ],
  ] satisfies [string, Answer][])("ends what is too slow: %s", async (_what, answer) => {
    const startedAt = performance.now();
    const { result, closed } = await read(answer, { totalMs: 400 });
    await expect(result).rejects.toEqual(failure("timeout"));
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(395);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("counts all the redirects together", async () => {
    const { result } = await read(
      (response) => void setTimeout(() => response.writeHead(302, { location: "/a" }).end(), 150),
      { totalMs: 400 },
    );
    await expect(result).rejects.toEqual(failure("timeout"));
  });

  it("is ten seconds, of a byte every half second", async () => {
    const startedAt = performance.now();
    const { result } = await read((response) => {
      response.writeHead(200, { "content-type": "text/html" });
      const drip = setInterval(() => response.write("a"), 500);
      response.once("close", () => clearInterval(drip));
    });
    await expect(result).rejects.toEqual(failure("timeout"));
    expect((performance.now() - startedAt) / 1_000).toBeCloseTo(10, 0);
  });
});

describe("a broken answer", () => {
  it.each([
    ["shorter than announced", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100\r\n\r\n<p>a</p>"],
    ["a length that is no number", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: dix\r\n\r\n<p>a</p>"],
    [
      "two lengths",
      "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 8\r\ncontent-length: 9\r\n\r\n<p>a</p>",
    ],
    [
      "a length and pieces",
      "HTTP/1.1 200 OK\r\ncontent-length: 8\r\ntransfer-encoding: chunked\r\n\r\n8\r\n<p>a</p>\r\n0\r\n\r\n",
    ],
    [
      "pieces without an end",
      "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n8\r\n<p>a</p>\r\n",
    ],
    [
      "a piece of no size",
      "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n<p>a</p>\r\n",
    ],
    ["headers without an end", "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"],
    ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["an upgrade", "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n"],
    ["nothing", ""],
  ])("cannot be reached: %s", async (_what, bytes) => {
    await expect(readRaw((socket) => socket.end(bytes))).rejects.toEqual(failure("unreachable"));
  });

  it("cannot be reached: a connection that is reset in the middle", async () => {
    const reset = readRaw((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100000\r\n\r\n<p>a</p>");
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
    await expect(reset).rejects.toEqual(failure("unreachable"));
  });

  it("longer than announced is read as far as announced", async () => {
    const read = await readRaw((socket) =>
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 3\r\n\r\n<p>a</p>"),
    );
    expect(Buffer.from(read.bytes).toString()).toBe("<p>");
  });

  it("does not say where it came from", async () => {
    const { fetchPage } = fetcherOn(
      {},
      {
        resolve: () =>
          Promise.reject(
            Object.assign(new Error("getaddrinfo ENOTFOUND secret.fr"), { code: "ENOTFOUND", hostname: "secret.fr" }),
          ),
      },
    );
    const error = await fetchPage("http://secret.fr/page-secrete").catch((thrown) => thrown);
    expect(error).toEqual(failure("unreachable"));
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/secret/);
  });
});

describe("the status", () => {
  it.each([
    [200, "read"],
    [203, "read"],
    [204, "unreadable"],
    [205, "unreadable"],
    [300, "status"],
    [302, "status"],
    [304, "status"],
    [400, "status"],
    [401, "closed"],
    [402, "closed"],
    [403, "closed"],
    [404, "status"],
    [410, "status"],
    [429, "status"],
    [500, "status"],
    [503, "status"],
  ])("%i: %s", async (status, outcome) => {
    const { result, closed } = await read(
      (response) => void response.writeHead(status, { "content-type": "text/html" }).end("<p>a</p>"),
    );
    if (outcome === "read") expect(await result).toMatchObject({ type: "html" });
    else await expect(result).rejects.toEqual(failure(outcome));
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("200 of nothing: unreadable", async () => {
    const { result } = await read(page(""));
    await expect(result).rejects.toEqual(failure("unreadable"));
  });
});
