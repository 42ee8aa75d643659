import { describe, expect, it } from "vitest";
import { asPasted, followEdit, type LongPaste, newPaste, pasteName, takenOut } from "./long-pastes";

const LONG = "\nligne à ligne\n".repeat(400);

/** A question in which LONG was pasted between two texts. */
function aQuestion(before = "", after = "") {
  return { text: before + LONG + after, pastes: [newPaste("collé", before.length, LONG)] };
}

/** What `type` makes of a question, with the caret where the field leaves it. */
function edited(
  { text, pastes }: { text: string; pastes: LongPaste[] },
  at: number,
  removed: number,
  inserted: string,
  caret: number | null = at + inserted.length,
) {
  const next = text.slice(0, at) + inserted + text.slice(at + removed);
  return { text: next, pastes: followEdit(pastes, text, next, caret) };
}

const taken = ({ text, pastes }: { text: string; pastes: LongPaste[] }) =>
  pastes.map((paste) => ({ ...takenOut(text, paste), isEdited: paste.isEdited }));

describe("a long text that was pasted", () => {
  it("is taken out alone, whatever was typed around it", () => {
    const before = edited(aQuestion("Résumez : "), 0, 0, "Bonjour. ");
    const around = edited(before, before.text.length, 0, "En dix lignes.");
    expect(taken(around)).toEqual([{ question: "Bonjour. Résumez : En dix lignes.", text: LONG, isEdited: false }]);
  });

  it.each([
    ["at its start", 0],
    ["at its end", LONG.length],
  ])("does not take for its own a letter like its own, typed %s", (_where, at) => {
    expect(taken(edited(aQuestion(), at, 0, "\n"))).toEqual([{ question: "\n", text: LONG, isEdited: false }]);
  });

  it("does not lose its first letter when the same one before it is deleted", () => {
    expect(taken(edited(aQuestion("\n"), 0, 1, ""))).toEqual([{ question: "", text: LONG, isEdited: false }]);
  });

  it("is taken as the agent has changed it, which is known", () => {
    const changed = edited(aQuestion("Avant "), 10, 4, "ajouté");
    const text = LONG.slice(0, 4) + "ajouté" + LONG.slice(8);
    expect(taken(changed)).toEqual([{ question: "Avant ", text, isEdited: true }]);
  });

  it("keeps what is left of it when an edit goes over one of its edges", () => {
    expect(taken(edited(aQuestion("Avant ", " après"), 3, 8, "XY"))).toEqual([
      { question: "AvaXY après", text: LONG.slice(5), isEdited: true },
    ]);
    const { text, pastes } = aQuestion("Avant ", " après");
    expect(taken(edited({ text, pastes }, text.length - 8, 4, "XY"))).toEqual([
      { question: "Avant XYprès", text: LONG.slice(0, -2), isEdited: true },
    ]);
  });

  it("is forgotten once it is deleted, or too short to be a document", () => {
    const question = aQuestion("Avant ", " après");
    expect(edited(question, 0, question.text.length, "").pastes).toEqual([]);
    expect(edited(question, 20, LONG.length - 100, "").pastes).toEqual([]);
  });

  it("is found again without the caret, where letters allow", () => {
    expect(taken(edited(aQuestion("Fin"), 0, 0, "Début. ", null))).toEqual([
      { question: "Début. Fin", text: LONG, isEdited: false },
    ]);
  });

  it("remembers where it was once it was taken out", () => {
    const paste: LongPaste = {
      ...newPaste("collé", 6, LONG),
      end: 6,
      joined: { attachmentKey: "a", name: "Texte collé.txt", text: LONG },
    };
    const out = { text: "Avant après", pastes: [paste] };
    expect(edited(out, 0, 0, "Bien ").pastes).toMatchObject([{ start: 11, end: 11 }]);
    expect(edited(out, 0, 11, "").pastes).toMatchObject([{ start: 0, end: 0 }]);
  });
});

it("reads a pasted text as the field writes it", () => {
  expect(asPasted("a\r\nb\rc\n")).toBe("a\nb\nc\n");
});

it("numbers the documents of several pasted texts", () => {
  const nameOf = (number: number) => (number === 1 ? "Texte collé.txt" : `Texte collé ${number}.txt`);
  expect(pasteName(nameOf, [])).toBe("Texte collé.txt");
  expect(pasteName(nameOf, ["Texte collé.txt", "note.pdf"])).toBe("Texte collé 2.txt");
  expect(pasteName(nameOf, ["Texte collé 2.txt"])).toBe("Texte collé.txt");
});
