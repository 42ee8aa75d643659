import { describe, expect, it } from "vitest";
import { readEml } from "./eml.ts";
import { READING_LIMITS } from "./extraction.ts";

const read = async (eml: string) => {
  const { pages, warnings } = await readEml(new Uint8Array(Buffer.from(eml.replaceAll("\n", "\r\n"))), {
    limits: READING_LIMITS,
  });
  return { text: pages.map(({ text }) => text).join("\n\f\n"), warnings };
};

const HEADER = `From: =?utf-8?q?Zo=C3=A9?= <zoe@mairie.fr>
To: a@b.fr, Service: c@d.fr, e@f.fr;
Cc: g@h.fr
Date: Tue, 24 Nov 2026 09:30:00 +0100
Subject: =?iso-8859-1?Q?R=E9union?=
MIME-Version: 1.0
`;

const multipartOf = (boundary: string | number, ...parts: string[]) =>
  `Content-Type: multipart/mixed; boundary=x${boundary}\n\n--x${boundary}\n${parts.join(`\n--x${boundary}\n`)}\n--x${boundary}--\n`;
const multipart = (...parts: string[]) => multipartOf("", ...parts);
const nested = (depth: number): string =>
  `From: n${depth}@b.fr\nSubject: Niveau ${depth}\n${
    depth === 6
      ? "\nfond"
      : multipartOf(depth, "Content-Type: text/plain\n\ncorps", `Content-Type: message/rfc822\n\n${nested(depth + 1)}`)
  }`;

describe("a message", () => {
  it("begins with who wrote it, to whom, when and about what", async () => {
    expect((await read(`${HEADER}Content-Type: text/plain; charset=utf-8\n\nBonjour,\n\nà demain.`)).text).toBe(
      "# Réunion\n\nDe : Zoé <zoe@mairie.fr>\nÀ : a@b.fr, Service (c@d.fr, e@f.fr)\nCc : g@h.fr\n" +
        "Date : Tue, 24 Nov 2026 09:30:00 +0100\n\nBonjour,\n\nà demain.",
    );
  });

  it("gives its plain text rather than its HTML, and its HTML when there is nothing else", async () => {
    const plain = "Content-Type: text/plain\n\nen clair";
    const html = "Content-Type: text/html\n\n<p>en <b>HTML</b><script>secret</script><ul><li>a</ul>";
    const both = multipart(plain, html).replace("mixed", "alternative");

    expect((await read(HEADER + both)).text).toMatch(/\n\nen clair$/);
    expect((await read(HEADER + multipart(html))).text).toMatch(/\n\nen HTML\n\n- a$/);
  });

  it("lists its attachments by name and size, and says so", async () => {
    const attachment =
      'Content-Type: application/pdf; name="devis.pdf"\nContent-Disposition: attachment; filename="devis.pdf"\n' +
      `Content-Transfer-Encoding: base64\n\n${Buffer.alloc(3_000).toString("base64")}`;
    const { text, warnings } = await read(HEADER + multipart("Content-Type: text/plain\n\nVoir.", attachment));

    expect(text).toMatch(/\n\nVoir\.\n\nPièces jointes :\n- devis\.pdf \(3 ko\)$/);
    expect(warnings).toEqual(["attachments_listed"]);
  });

  it("reads the messages it carries, three deep, and lists the others", async () => {
    const { text } = await read(nested(1));

    expect(text).toContain("#### Niveau 4");
    expect(text).not.toContain("Niveau 5");
    expect(text).toMatch(/Pièces jointes :\n- message\/rfc822 \(\d+ octets\)$/);
  });

  it("has no text when there is none, and is damaged when it is no message or has no end of parts", async () => {
    expect((await read("  \n\n ")).text).toBe("");
    await expect(read("Ceci n'est pas un message.\nPas du tout.")).rejects.toMatchObject({ code: "damaged" });

    const parts = Array.from({ length: 80 }, (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`);
    await expect(read(HEADER + parts.join(""))).rejects.toMatchObject({ code: "damaged" });
  });
});
