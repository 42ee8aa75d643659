import { describe, expect, it, onTestFinished } from "vitest";
import { fetcherOn, startSite } from "@/tests/support/scripted-sites";

const PDF = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj";
const HTML = "<!doctype html><p>a</p>";

async function read(contentType: string | null, body: string | Buffer) {
  const site = await startSite({
    "/a": (response) =>
      void response
        .writeHead(200, contentType === null ? {} : { "content-type": contentType })
        .end(typeof body === "string" ? Buffer.from(body, "latin1") : body),
  });
  onTestFinished(site.close);
  return fetcherOn({ "exemple.fr": site })
    .fetchPage("http://exemple.fr/a")
    .then(
      ({ type, charset }) => (charset === null ? type : `${type} ${charset}`),
      ({ code }) => `refused: ${code}`,
    );
}

describe("what a server says", () => {
  it.each([
    ["text/html", HTML, "html"],
    ["Text/HTML; Charset=ISO-8859-15", HTML, "html iso-8859-15"],
    ['text/html;charset="utf-8"', HTML, "html utf-8"],
    ["text/html; boundary=a; charset=windows-1252", HTML, "html windows-1252"],
    ["text/html; charset=<script>", HTML, "html"],
    ["application/xhtml+xml", HTML, "html"],
    ["text/plain", "a", "text"],
    ["text/markdown; charset=utf-8", "# a", "markdown utf-8"],
    ["text/x-markdown", "# a", "markdown"],
    ["application/json", "{}", "json"],
    ["application/ld+json", "{}", "json"],
    ["text/xml", "<a/>", "xml"],
    ["application/xml", "<a/>", "xml"],
    ["application/rss+xml", "<rss/>", "xml"],
    ["application/atom+xml", "<feed/>", "xml"],
    ["application/pdf", PDF, "pdf"],
    ["application/pdf", `\n\n${PDF}`, "pdf"],
    ["application/pdf", HTML, "refused: unreadable"],
    ["application/octet-stream", PDF, "pdf"],
    ["application/force-download", PDF, "pdf"],
    ["application/octet-stream", HTML, "refused: type"],
    ["application/octet-stream", "a text", "refused: type"],
    ["image/png", HTML, "refused: type"],
    ["image/svg+xml", "<svg/>", "refused: type"],
    ["video/mp4", HTML, "refused: type"],
    ["text/css", "a {}", "refused: type"],
    ["text/javascript", "a()", "refused: type"],
    ["application/javascript", "a()", "refused: type"],
    ["application/zip", "PK\x03\x04", "refused: type"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04", "refused: type"],
    ["multipart/form-data; boundary=a", "--a", "refused: type"],
    ["texthtml", HTML, "refused: type"],
    ["constructor", HTML, "refused: type"],
  ])("%s: %j is %s", async (contentType, body, outcome) => expect(await read(contentType, body)).toBe(outcome));
});

describe("what bytes say when the server does not", () => {
  it.each([
    [HTML, "html"],
    ["\xef\xbb\xbf  \n<!DOCTYPE html><p>a</p>", "html"],
    ["<!-- un mot -->\n<html lang='fr'>", "html"],
    ["<html>", "html"],
    ["<?xml version='1.0'?><rss/>", "xml"],
    [PDF, "pdf"],
    ["Un texte, sans plus.\n", "text"],
    [Buffer.from("Un été à la préfecture"), "text"],
    [Buffer.from(`${"a".repeat(4_095)}é`), "text"],
    ["Un \xe9t\xe9 en latin1", "refused: type"],
    ["PK\x03\x04\x14\x00", "refused: type"],
    ["\x89PNG\r\n\x1a\n\x00", "refused: type"],
    ["\x7fELF\x02", "refused: type"],
    ["<htmlx>\x00", "refused: type"],
  ])("%j is %s", async (body, outcome) => expect(await read(null, body)).toBe(outcome));
});
