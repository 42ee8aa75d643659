import type { UIMessageChunk } from "ai";
import type { CitationChecks, CitedSource, Provenance, TurnStatus } from "@/lib/conversations/schema";
import type { ErrorCode } from "@/lib/errors/app-error";
import type { ToolPart } from "./tools/tool-parts";

/** What the first part of a stream (`start`) says of the turn. */
export type TurnMetadata = {
  turnId: string;
  conversationId: string;
  questionId: string;
  answerId: string;
  modelLabel: string;
};

/** Everything the server can push to the browser during a turn, besides text and reasoning. */
export type StreamParts = {
  /** A call of a tool, when it starts and again when it ends; the place of the part among the others is its identifier. */
  tool: ToolPart;
  /** What the markers of a part of text stand for so far; told before the text that holds them. The identifier is that of the part. */
  sources: { sources: CitedSource[]; checks: CitationChecks };
  /** The documents of the question are still being read: the model is asked once they are. */
  waiting: null;
  /** How long the model thought, once it has said something else; the identifier is that of the part of reasoning. */
  thought: { durationMs: number };
  /** The last data part: how the turn ended. `code` only when it failed; `provenance` as it will be read once stored. */
  end: { status: Exclude<TurnStatus, "running">; code?: ErrorCode; isTruncated?: boolean; provenance?: Provenance };
};

/** One event of `POST /api/chat` and `GET /api/chat/{id}/stream`: the AI SDK's UI message stream. */
export type AssistantChunk = UIMessageChunk<TurnMetadata, StreamParts>;

/** The answer of `GET /api/chat/{id}/parts`: the parts of a turn from the place `from` on, as far as it has got. */
export type TurnParts = { turnId: string | null; from: number; parts: AssistantChunk[] };
