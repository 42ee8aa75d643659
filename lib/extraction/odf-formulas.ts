import type { CharacterCount } from "./document-blocks.ts";
import type { WarningCode } from "./extraction.ts";
import { endOfRow, grouped, lowered, raised, withoutLastEnd } from "./linear-math.ts";
import { readSparePart } from "./office-package.ts";
import { parseXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

const OBJECT = /^(.+)\/content\.xml$/;
/** A document of more objects than this is read without their formulas. */
const OBJECTS_MAX = 1_000;
const DEPTH_MAX = 200;
/** What is said beside a formula, in another language. */
const BESIDE = /^math:annotation(-xml)?$/;

type Part = { name: string; parts: string[]; text: string };

/** The formulas that are objects of an OpenDocument file, in plain text, by the path of their object. */
export async function readOdfFormulas(
  archive: Archive,
  warnings: Set<WarningCode>,
  count: CharacterCount,
): Promise<Map<string, string>> {
  const formulas = new Map<string, string>();
  const paths = archive.names.flatMap((name) => OBJECT.exec(name)?.[1] ?? []);
  for (const path of paths.slice(0, OBJECTS_MAX)) {
    await readSparePart(warnings, async () => {
      const formula = await readFormula(archive, `${path}/content.xml`);
      if (formula === "") return;
      count(formula);
      formulas.set(path, formula);
    });
  }
  return formulas;
}

/** The path of an object in its file. */
export const objectPath = (href: string): string => href.replace(/^\.\//, "").replace(/\/$/, "");

/** Empty for an object that is no formula. */
async function readFormula(archive: Archive, name: string): Promise<string> {
  const open: Part[] = [];
  let formula = "";
  let beside = 0;
  await parseXml(archive.stream(name), {
    open(part) {
      if (beside > 0 || BESIDE.test(part)) beside += 1;
      else if (open.length < DEPTH_MAX && (open.length > 0 || part === "math:math"))
        open.push({ name: part, parts: [], text: "" });
    },
    close(part) {
      if (beside > 0) {
        beside -= 1;
        return;
      }
      if (open.at(-1)?.name !== part) return;
      const closed = open.pop();
      if (!closed) return;
      const text = mathmlText(closed);
      const parent = open.at(-1);
      if (parent) parent.parts.push(text);
      else formula = text.trim();
    },
    text(piece) {
      const part = open.at(-1);
      if (part && beside === 0) part.text += piece;
    },
  });
  return formula;
}

function mathmlText({ name, parts, text }: Part): string {
  const [base = "", second = "", third = ""] = parts;
  switch (name) {
    case "math:mfrac":
      return `${grouped(base)}/${grouped(second)}`;
    case "math:msup":
    case "math:mover":
      return base + raised(second);
    case "math:msub":
    case "math:munder":
      return base + lowered(second);
    case "math:msubsup":
    case "math:munderover":
      return base + lowered(second) + raised(third);
    case "math:msqrt":
      return `√${grouped(parts.join(""))}`;
    case "math:mroot":
      return `${raised(second)}√${grouped(base)}`;
    case "math:mtr":
      return endOfRow(parts.join(" "));
    case "math:mtable":
      return withoutLastEnd(parts.join(""));
    case "math:mfenced":
      return `(${parts.join(", ")})`;
    case "math:mspace":
      return " ";
    default:
      return parts.length > 0 ? parts.join("") : text.replace(/\s+/g, " ").trim();
  }
}
