import { plainText } from "@/lib/conversations/rules";
import type { CitationChecks, MessagePart } from "@/lib/conversations/schema";
import type { AnswerContent } from "@/lib/turns/mutations";
import { type CheckedText, NOTHING_CHECKED } from "./citations/check-citations";
import type { AssistantChunk } from "./stream-parts";
import type { ToolPart } from "./tools/tool-parts";

type TextPart = Extract<MessagePart, { type: "text" }>;
type Delta = { type: "text" | "reasoning"; delta: string };

/**
 * Gathers what the model says into the parts that are stored and the chunks that are streamed. `begun` is the text of the
 * answer that this one continues: what comes next is written after it, in the same part.
 */
export function createAnswer(begun: readonly MessagePart[] = [], now: () => number = Date.now) {
  const parts: MessagePart[] = begun.map((part) => ({ ...part }));
  let thinksSince = 0;

  /** The first half of a character that was cut in two: its other half comes with the next delta. */
  let half = "";

  /** What PostgreSQL can hold: no null character, no half of a character. */
  function storable(said: string): string {
    const whole = half + said.replaceAll("\0", "");
    half = /[\uD800-\uDBFF]$/.test(whole) ? whole.slice(-1) : "";
    return (half ? whole.slice(0, -1) : whole).toWellFormed();
  }

  const closing = (): AssistantChunk[] => {
    const last = parts.at(-1);
    if (last?.type === "reasoning") last.durationMs = now() - thinksSince;
    return last ? endOf(last, String(parts.length - 1)) : [];
  };

  /** Adds a delta and gives the chunks that say it. A change of kind closes a part and opens the next. */
  function add({ type, delta: said }: Delta, cited?: CheckedText): AssistantChunk[] {
    const delta = storable(said);
    if (delta === "") return cited ? cite(cited) : [];
    const before: AssistantChunk[] = [];
    const isNew = parts.at(-1)?.type !== type;
    if (isNew) {
      before.push(...closing());
      thinksSince = now();
      parts.push(type === "reasoning" ? { type, text: "", durationMs: 0 } : { type, text: "" });
      before.push({ type: `${type}-start`, id: String(parts.length - 1) });
    }
    const last = parts.at(-1);
    if (last?.type === "tool" || !last) return before;
    if (cited) before.push(...cite(cited));
    last.text += delta;
    if (last.type === "reasoning" && !isNew) last.durationMs = now() - thinksSince;
    return [...before, { type: `${type}-delta`, id: String(parts.length - 1), delta }];
  }

  /** What the markers of the last part stand for, told before the text that holds them. */
  function cite({ cited, checks }: CheckedText): AssistantChunk[] {
    const last = parts.at(-1);
    const isNews = checks.checked + checks.dropped + checks.unfound > 0;
    if (last?.type !== "text" || !isNews) return [];
    const before = last.sources ?? [];
    last.sources = [
      ...before,
      ...storableIn(cited).filter(({ number }) => before.every((known) => known.number !== number)),
    ];
    last.checks = added(last.checks ?? NOTHING_CHECKED, checks);
    return sourcesOf(last, String(parts.length - 1));
  }

  return {
    /** The chunks that say what the answer begins with; its last part stays open. */
    opening: (): AssistantChunk[] => toChunks(parts).slice(0, -1),
    add: (delta: Delta) => add(delta),
    /** The same for text whose markers were checked. */
    addText: (checked: CheckedText) => add({ type: "text", delta: checked.delta }, checked),
    /** Adds a call of a tool when it starts, and what came of it when it ends. */
    addTool(said: ToolPart): AssistantChunk[] {
      const call = storableIn(said);
      // Calls run one after the other: the last part is the one that ends.
      const last = parts.at(-1);
      const before = closing();
      if (last?.type === "tool" && last.state === "running") parts.pop();
      parts.push(call);
      return [...before, { type: "data-tool", id: String(parts.length - 1), data: call }];
    },
    closing,
    /** A copy: what is added later does not change it. */
    content(): AnswerContent {
      return { parts: parts.map((part) => ({ ...part })), text: plainText(parts) };
    },
  };
}

/** The same with what PostgreSQL can hold: a model or a page may write anything. */
function storableIn<Value>(value: Value): Value {
  const storable = (_key: string, inside: unknown) =>
    typeof inside === "string" ? inside.replaceAll("\0", "").toWellFormed() : inside;
  return JSON.parse(JSON.stringify(value, storable));
}

const added = (a: CitationChecks, b: CitationChecks): CitationChecks => ({
  checked: a.checked + b.checked,
  dropped: a.dropped + b.dropped,
  unfound: a.unfound + b.unfound,
});

const sourcesOf = ({ sources = [], checks }: TextPart, id: string): AssistantChunk[] =>
  checks ? [{ type: "data-sources", id, data: { sources, checks } }] : [];

function endOf(part: MessagePart, id: string): AssistantChunk[] {
  switch (part.type) {
    case "tool":
      return [];
    case "text":
      return [{ type: "text-end", id }];
    case "reasoning": {
      const { durationMs } = part;
      const end: AssistantChunk = { type: "reasoning-end", id };
      return durationMs === undefined ? [end] : [{ type: "data-thought", id, data: { durationMs } }, end];
    }
  }
}

/** The chunks of an answer read back from the database, as if it had just been streamed. */
export const toChunks = (parts: readonly MessagePart[]): AssistantChunk[] =>
  parts.flatMap((part, index): AssistantChunk[] => {
    const id = String(index);
    if (part.type === "tool") return [{ type: "data-tool", id, data: part }];
    const { type, text } = part;
    const sources = part.type === "text" ? sourcesOf(part, id) : [];
    return [{ type: `${type}-start`, id }, ...sources, { type: `${type}-delta`, id, delta: text }, ...endOf(part, id)];
  });
