/** What every format is written from: a small tree, with nothing in it that a format could run or load. */
export type ExportDocument = {
  title: string;
  /** What the document is made of: models, in the order they answered. */
  models: string[];
  /** Of what is exported, not of the file. */
  date: Date;
  blocks: Block[];
  /** Sources and notes, in the order they are first called: a run `note: 0` calls the first. */
  notes: Inline[][];
};

/** Text and how it looks. `url` is safe to follow. */
export type Run = {
  kind: "text";
  text: string;
  bold?: boolean | undefined;
  italic?: boolean | undefined;
  strike?: boolean | undefined;
  code?: boolean | undefined;
  url?: string | undefined;
};
export type Inline = Run | { kind: "break" } | { kind: "note"; note: number };

export type Cell = Inline[];
export type ListItem = { blocks: Block[]; isChecked: boolean | null };

export type Block =
  /** `level` is 1 to 4. */
  | { kind: "heading"; level: number; content: Inline[] }
  | { kind: "paragraph"; content: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; start: number | null; items: ListItem[] }
  | { kind: "table"; header: Cell[]; rows: Cell[][]; align: ("left" | "right" | "center" | null)[] }
  | { kind: "rule" };

export const LEVEL_MAX = 4;

export const plain = (content: readonly Inline[]): string =>
  content.map((inline) => (inline.kind === "text" ? inline.text : inline.kind === "break" ? "\n" : "")).join("");
