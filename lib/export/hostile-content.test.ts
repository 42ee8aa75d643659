import { describe, expect, it } from "vitest";
import { READING_LIMITS } from "@/lib/extraction/extraction";
import { readFile } from "@/lib/extraction/read-file";
import { anExchange } from "@/tests/support/exported";
import { writeFile } from "./write-file";

const WORD = "convention";
const formats = [
  ["docx", "essai.docx"],
  ["odt", "essai.odt"],
  ["pdf", "essai.pdf"],
] as const;

const hostile: [name: string, answer: string][] = [
  [
    "controls and code points that XML refuses",
    `avant ${Array.from({ length: 32 }, (_, n) => String.fromCharCode(n)).join("")}\ufffe\uffff\ufdd0 ${WORD}`,
  ],
  ["halves of characters", `\ud800 ${WORD} \udc00 *\ud83d*`],
  ["marks that turn the text round", `\u202e${WORD}\u2066`],
  ["a line of 200 kB without a space", `${"x".repeat(200_000)}\n\n${WORD}`],
  ["a line of 200 kB of words", `${"mot ".repeat(50_000)}\n\n${WORD}`],
  ["quotes nested 5,000 times", `${">".repeat(5_000)} profond\n\n${WORD}`],
  ["lists nested 3,000 times", `${"- ".repeat(3_000)}profond\n\n${WORD}`],
  [
    "lists nested by their indentation",
    `${Array.from({ length: 300 }, (_, n) => `${"  ".repeat(n)}- x`).join("\n")}\n\n${WORD}`,
  ],
  ["20,000 stars", `${"*".repeat(20_000)}a${"*".repeat(20_000)}\n\n${WORD}`],
  ["20,000 stars between words", `${"*a _b ".repeat(10_000)}\n\n${WORD}`],
  ["20,000 brackets", `${"[".repeat(20_000)}x${"](".repeat(20_000)}\n\n${WORD}`],
  ["10,000 links that never close", `${"[a](".repeat(10_000)}\n\n${WORD}`],
  ["a table of 2,000 rows", `|a|b|\n|-|-|\n${"|1|2|\n".repeat(2_000)}\n${WORD}`],
  ["a table of 500 columns", `|${"a|".repeat(500)}\n|${"-|".repeat(500)}\n|${"1|".repeat(500)}\n\n${WORD}`],
  ["a cell of 50,000 characters", `|a|b|\n|-|-|\n|${"long ".repeat(10_000)}|2|\n\n${WORD}`],
  ["a table in a list in a quote", `> - a\n>\n>   |a|b|\n>   |-|-|\n>   |1|2|\n\n${WORD}`],
  [
    "markup of the formats",
    `</text:p></w:t><w:p>&amp;&#0;]]> <![CDATA[ \`</text:p>\` [x](https://a.example/"><b>) ${WORD}`,
  ],
  ["a note that calls itself", `a[^1]\n\n[^1]: encore[^1]\n\n${WORD}`],
  ["a list that starts at a huge number", `999999999. a\n1000000000. b\n\n${WORD}`],
  ["code of 5,000 lines", `\`\`\`\n${"ligne\n".repeat(5_000)}\`\`\`\n\n${WORD}`],
  ["only what cannot be seen, then a word", `<br><br>\n\n![](x)\n\n[](y)\n\n---\n\n# \n\n- \n\n> \n\n${WORD}`],
];

describe.each(formats)("%s", (format, name) => {
  it.each(hostile)(
    "holds %s, and what follows",
    async (_what, answer) => {
      const started = performance.now();
      const file = await writeFile(anExchange(answer), format);
      const elapsed = performance.now() - started;
      if (process.env.SHOW) console.log(format, _what, Math.round(elapsed), file.length);
      const { pages } = await readFile(file, name, { limits: READING_LIMITS });
      expect(pages.map(({ text }) => text).join("\n")).toContain(WORD);
    },
    60_000,
  );
});
