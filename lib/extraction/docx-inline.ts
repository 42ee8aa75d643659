import { cleanLine } from "./clean-text.ts";
import type { CharacterCount } from "./document-blocks.ts";
import type { DocxStyles } from "./docx-styles.ts";
import { isOn } from "./docx-styles.ts";
import { linkMarkdown, markedDeletion } from "./marks.ts";
import { MATH_PARTS, type MathSigns, mathText } from "./ooxml-math.ts";
import type { XmlAttributes } from "./xml-names.ts";

export type InlineContext = {
  styles: DocxStyles;
  /** Address of an outside link by the id of its relationship. */
  linkTarget(id: string): string | null;
  /** What is written where a note or a comment is called. */
  noteCall(kind: "footnote" | "endnote", id: string): string;
  comment(id: string): string;
  count: CharacterCount;
};

export type Line = string[];
type Mark = { name: string; line: Line; from: number; target: string | null } & MathSigns;
type Field = { instruction: string; isResult: boolean; line: Line; from: number; box: string };

const MARKED = new Set(["w:hyperlink", "w:fldSimple", "w:del", "w:moveFrom", ...MATH_PARTS]);
/** No more fields are open at once than this: some writers forget to end theirs. */
const FIELDS_MAX = 200;
const CAPTURED = new Set(["w:t", "w:delText", "m:t", "w:instrText"]);

/** Text of paragraphs: runs, fields, links, tracked changes, equations. `line` is where it is written. */
export function createInline(context: InlineContext) {
  const runs: { isHidden: boolean }[] = [];
  const marks: Mark[] = [];
  const fields: Field[] = [];
  let instructing = 0;
  let properties = 0;
  let captured: string | null = null;
  let characters = 0;
  let line: Line = [];

  function add(text: string): void {
    if (instructing > 0 || runs.at(-1)?.isHidden) return;
    context.count(text);
    line.push(text);
    if (text.trim() !== "") characters += text.length;
  }

  function rewrite(from: { line: Line; from: number }, write: (text: string) => string): void {
    if (from.line !== line) return;
    const text = write(line.splice(from.from).join(""));
    if (text !== "") line.push(text);
  }

  function fieldCharacter(type: string | undefined): void {
    if (type === "begin") {
      fields.push({ instruction: "", isResult: false, line, from: line.length, box: "" });
      instructing += 1;
      if (fields.length > FIELDS_MAX) showResult(fields.shift());
    } else if (type === "separate") {
      showResult(fields.at(-1));
    } else if (type === "end") {
      const field = fields.pop();
      showResult(field);
      if (field?.box) add(field.box);
      const target = linkOfInstruction(field?.instruction ?? "");
      if (field && target) rewrite(field, (text) => linkMarkdown(text, target));
    }
  }

  function showResult(field: Field | undefined): void {
    if (!field || field.isResult) return;
    field.isResult = true;
    field.from = field.line === line ? line.length : field.from;
    instructing -= 1;
  }

  function openMark(name: string, attributes: XmlAttributes): void {
    const target =
      name === "w:fldSimple"
        ? linkOfInstruction(attributes["w:instr"] ?? "")
        : context.linkTarget(attributes["r:id"] ?? "");
    marks.push({ name, line, from: line.length, target });
  }

  function closeMark(): void {
    const mark = marks.pop();
    if (!mark) return;
    const { name, target } = mark;
    if (name === "w:del" || name === "w:moveFrom") rewrite(mark, markedDeletion);
    else if (MATH_PARTS.has(name)) rewrite(mark, (text) => mathText(name, marks.at(-1)?.name ?? null, text, mark));
    else if (target) rewrite(mark, (text) => linkMarkdown(text, target));
  }

  function openInRun(name: string, attributes: XmlAttributes): void {
    const run = runs.at(-1);
    if (name === "w:vanish" && run && properties === 0) run.isHidden = isOn(attributes["w:val"]);
    else if (name === "w:rStyle" && run && properties === 0) {
      run.isHidden ||= context.styles.isHidden(attributes["w:val"] ?? "");
    } else if ((name === "w:tab" || name === "w:ptab") && properties === 0) add("\t");
    else if (name === "w:br" || name === "w:cr") add("\n");
    else if (name === "w:noBreakHyphen") add("-");
    else if (name === "w:sym") add(symbol(attributes["w:char"]));
    else if (name === "w:fldChar") fieldCharacter(attributes["w:fldCharType"]);
    else if (name === "w:footnoteReference") add(context.noteCall("footnote", attributes["w:id"] ?? ""));
    else if (name === "w:endnoteReference") add(context.noteCall("endnote", attributes["w:id"] ?? ""));
    else if (name === "w:commentReference") add(context.comment(attributes["w:id"] ?? ""));
  }

  function openProperty(name: string, attributes: XmlAttributes): void {
    const field = fields.at(-1);
    const mark = marks.at(-1);
    if (name === "w:checkBox" && field) field.box = "☐";
    else if ((name === "w:default" || name === "w:checked") && field?.box) {
      field.box = isOn(attributes["w:val"]) ? "☒" : "☐";
    } else if ((name === "m:begChr" || name === "m:chr") && mark) mark.before = attributes["m:val"] ?? "";
    else if (name === "m:endChr" && mark) mark.after = attributes["m:val"] ?? "";
  }

  return {
    open(name: string, attributes: XmlAttributes): void {
      if (name === "w:pPr") properties += 1;
      else if (name === "w:r") runs.push({ isHidden: false });
      else if (CAPTURED.has(name)) captured = name;
      else if (MARKED.has(name)) openMark(name, attributes);
      else {
        openInRun(name, attributes);
        openProperty(name, attributes);
      }
    },
    close(name: string): void {
      if (name === "w:pPr") properties -= 1;
      else if (name === "w:r") runs.pop();
      else if (CAPTURED.has(name)) captured = null;
      else if (MARKED.has(name)) closeMark();
    },
    text(text: string): void {
      const field = fields.at(-1);
      if (captured === "w:instrText") {
        if (field && field.instruction.length < 2_000) field.instruction += text;
      } else if (captured !== null) add(text.replace(/[\n\r\t]/g, " "));
    },
    /** Writes in another line from now on, and gives the one it was writing in. */
    writeIn(other: Line): Line {
      const before = line;
      line = other;
      return before;
    },
    /** A field that is never ended hides no more than its paragraph. */
    endParagraph(): void {
      if (instructing > 0) for (const field of fields) showResult(field);
    },
    isInProperties: () => properties > 0,
    charactersWritten: () => characters,
  };
}

function linkOfInstruction(instruction: string): string | null {
  return /^\s*HYPERLINK\s+"(https?:\/\/[^"]+)"/i.exec(instruction)?.[1] ?? null;
}

function symbol(code: string | undefined): string {
  const character = Number.parseInt(code ?? "", 16);
  return character > 0 && character <= 0xffff ? cleanLine(String.fromCharCode(character)) : "";
}
