import { toLexeme, wordsOf } from "../../lib/documents/lexemes.ts";

/*
 * Texts of generated French: words of a vocabulary of made-up but French-looking words and of the real small words, drawn as they
 * come in a language (Zipf): the same texts for the same seed.
 */

/** A generator of numbers from 0 to 1, the same for the same seed (Mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SMALL =
  "de la le les et des du en un une que qui dans pour par sur au est il se ne pas plus avec ce cette son sa".split(" ");
const ROOTS =
  "administr budg commun départ régi servic agent congé contrat march publi règlement décis délibér projet form accès document courri rapport mission frais déplac retrait salair prim grad échelon concours recrut mutat dossi demand répons usag citoyen impôt tax permis constru logem santé écol enseign élev transport rout énerg sobri numér logici réseau sécur donné protect archiv inform enquêt sond évalu contrôl audit financ dépens recett subvent associ entrepris emploi chôm travail télétravail horair plann réun compt rend synthès note circulair décret arrêt loi articl alinéa jurisprud recours conten médiat plaint signal".split(
    " ",
  );
const ENDINGS = [
  "",
  "s",
  "e",
  "es",
  "ation",
  "ations",
  "eur",
  "euse",
  "ement",
  "if",
  "ive",
  "ique",
  "able",
  "iste",
  "ité",
  "aire",
  "aires",
  "age",
  "ures",
  "ance",
];
const MIDDLES = [
  "",
  "al",
  "in",
  "ol",
  "ar",
  "en",
  "ist",
  "ur",
  "om",
  "it",
  "ex",
  "ab",
  "on",
  "el",
  "ic",
  "ant",
  "or",
  "un",
  "ap",
  "ef",
];

export type Vocabulary = { words: string[]; lexemes: (string | null)[]; draw: (random: () => number) => number };

export function makeVocabulary(size: number): Vocabulary {
  const made = new Set(SMALL);
  const random = randomFrom(7);
  const one = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  while (made.size < size)
    made.add(
      one(ROOTS) + (made.size > 1_000 ? one(MIDDLES) : "") + (made.size > 10_000 ? one(MIDDLES) : "") + one(ENDINGS),
    );
  const words = [...made];
  const lexemes = words.map((word) => toLexeme(wordsOf(word)[0] ?? ""));
  let sum = 0;
  // Zipf and Mandelbrot: rank + 2.7.
  const cumulated = Float64Array.from(words, (_, rank) => (sum += 1 / (rank + 2.7)));
  // The rank is looked up in a table of shares, then by steps: a draw costs the same for each word.
  const starts = new Uint32Array(4_097);
  for (let share = 0, rank = 0; share <= 4_096; share += 1) {
    while ((cumulated[rank] ?? sum) < (share / 4_096) * sum && rank < words.length - 1) rank += 1;
    starts[share] = rank;
  }
  return {
    words,
    lexemes,
    draw: (random) => {
      const wished = random();
      let [low, high] = [
        starts[Math.floor(wished * 4_096)] ?? 0,
        starts[Math.floor(wished * 4_096) + 1] ?? words.length - 1,
      ];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((cumulated[middle] ?? sum) < wished * sum) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

/** A text of so many words, and its words as the application indexes them. */
export function makeText(
  vocabulary: Vocabulary,
  length: number,
  random: () => number,
): { text: string; vector: string } {
  const words: string[] = [];
  const places = new Map<string, string>();
  for (let position = 1; position <= length; position += 1) {
    const rank = vocabulary.draw(random);
    words.push(vocabulary.words[rank] ?? "");
    const lexeme = vocabulary.lexemes[rank];
    if (!lexeme) continue;
    const known = places.get(lexeme);
    places.set(lexeme, known ? `${known},${position}` : `${position}`);
  }
  let vector = "";
  for (const [lexeme, at] of places) vector += `${vector === "" ? "" : " "}'${lexeme}':${at}`;
  return { text: words.join(" "), vector };
}
