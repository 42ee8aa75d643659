/** Beyond it, a pasted text reads better as a document than as a question. */
export const LONG_PASTE_CHARACTERS = 4_000;

/** Where a text that was pasted is in the question, wherever it moves as the agent types. */
export type LongPaste = {
  key: string;
  start: number;
  end: number;
  /** As it was pasted. */
  characters: number;
  /** The agent has changed something inside. */
  isEdited: boolean;
  /** The agent wants it in the question. */
  isKept: boolean;
  /** Once it was taken out of the question: what it became, and what can be put back. */
  joined: { attachmentKey: string; name: string; text: string } | null;
};

/** What a text field makes of what is pasted. */
export const asPasted = (text: string): string => text.replace(/\r\n?/g, "\n");

export function newPaste(key: string, start: number, text: string): LongPaste {
  const characters = text.length;
  return { key, start, end: start + characters, characters, isEdited: false, isKept: false, joined: null };
}

/** One that is a document already, at the place that it left. */
export function joinedPaste(key: string, start: number, joined: NonNullable<LongPaste["joined"]>): LongPaste {
  return { ...newPaste(key, start, joined.text), end: start, joined };
}

/**
 * Moves the places of pasted texts through one edit of the question, `caret` being where the field has it after the edit. What is
 * typed at an edge of a pasted text is not part of it. One of which too little is left to be worth a document is forgotten.
 */
export function followEdit(
  pastes: readonly LongPaste[],
  before: string,
  after: string,
  caret: number | null,
): LongPaste[] {
  if (pastes.length === 0 || before === after) return [...pastes];
  const edit = editBetween(before, after, caret);
  return pastes.flatMap((paste) => {
    const moved = movedBy(paste, edit);
    return moved.joined || moved.end - moved.start > LONG_PASTE_CHARACTERS ? moved : [];
  });
}

type Edit = { at: number; removed: number; inserted: number };

function editBetween(before: string, after: string, caret: number | null): Edit {
  const shorter = Math.min(before.length, after.length);
  // Letters that repeat hide where the edit was; the caret, which is at its end, tells.
  const afterCaret = caret === null ? 0 : after.length - caret;
  const isTold = afterCaret > 0 && afterCaret <= shorter && before.endsWith(after.slice(after.length - afterCaret));
  let suffix = isTold ? afterCaret : 0;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix += 1;
  while (suffix < shorter - prefix && before[before.length - 1 - suffix] === after[after.length - 1 - suffix])
    suffix += 1;
  return { at: prefix, removed: before.length - prefix - suffix, inserted: after.length - prefix - suffix };
}

function movedBy(paste: LongPaste, { at, removed, inserted }: Edit): LongPaste {
  const { start, end } = paste;
  const editEnd = at + removed;
  const shift = inserted - removed;
  if (at >= end) return paste;
  if (editEnd <= start) return { ...paste, start: start + shift, end: end + shift };
  const isEdited = true;
  if (at < start && editEnd > start) {
    // What replaces its beginning stays outside.
    const outside = at + inserted;
    return { ...paste, isEdited, start: outside, end: Math.max(outside, end + shift) };
  }
  return { ...paste, isEdited, end: editEnd > end ? at : end + shift };
}

/** The question without a pasted text, and that text. */
export const takenOut = (question: string, { start, end }: LongPaste): { question: string; text: string } => ({
  question: question.slice(0, start) + question.slice(end),
  text: question.slice(start, end),
});

/** « Texte collé.txt », or the next number that no attached file has. */
export function pasteName(nameOf: (number: number) => string, taken: readonly string[]): string {
  let number = 1;
  while (taken.includes(nameOf(number))) number += 1;
  return nameOf(number);
}
