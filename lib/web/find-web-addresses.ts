/** What ends an address in a text: spaces, quotes, guillemets, angle brackets, what no address contains, invisible marks. */
const ADDRESS = /https?:\/\/[^\s<>"«»“”„`{}|\\^\p{Cc}\p{Cf}]+/giu;
const NEXT_ADDRESS = /[,;]https?:\/\//i;
const ENDS_A_SENTENCE = ".,;:!?…'’‘*_~";
const CLOSES: Record<string, string> = { ")": "(", "]": "[" };

/**
 * The addresses of pages that a question has, in their order, each once and without its fragment. Those of a block of code
 * are part of the code, and so are those of a piece of code in a line, unless they are all of it. What is returned is
 * not checked: `normaliseUrl` says whether it may be read.
 */
export function findWebAddresses(text: string): string[] {
  const found = new Set<string>();
  for (const [candidate] of withoutCode(text).matchAll(ADDRESS)) {
    for (const address of separate(candidate)) {
      const trimmed = trimEnd(address);
      if (!URL.canParse(trimmed)) continue;
      const url = new URL(trimmed);
      url.hash = "";
      found.add(url.href);
    }
  }
  return [...found];
}

function withoutCode(text: string): string {
  let fence = "";
  const lines = text.split("\n").map((line) => {
    const [, mark = ""] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === "") fence = mark;
    else if (mark.startsWith(fence)) fence = "";
    else return "";
    return mark === "" ? line.replace(/`([^`]*)`/g, (_, inside) => (isAddress(inside) ? ` ${inside} ` : " ")) : "";
  });
  return lines.join("\n");
}

const isAddress = (text: string) => /^\s*https?:\/\/\S+\s*$/i.test(text);

/** Addresses that only a comma or a semicolon separates. */
function separate(candidate: string): string[] {
  const addresses: string[] = [];
  let rest = candidate;
  for (let at = rest.search(NEXT_ADDRESS); at !== -1; at = rest.search(NEXT_ADDRESS)) {
    addresses.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...addresses, rest];
}

/** Without what belongs to the sentence: its punctuation, and from a bracket that was opened before the address. */
function trimEnd(candidate: string): string {
  const open: string[] = [];
  let end = candidate.length;
  for (let index = 0; index < end; index++) {
    const character = candidate[index] ?? "";
    if (character === "(" || character === "[") open.push(character);
    const opening = CLOSES[character];
    if (opening !== undefined && open.pop() !== opening) {
      end = index;
    }
  }
  while (end > 0 && ENDS_A_SENTENCE.includes(candidate[end - 1] ?? "")) end--;
  return candidate.slice(0, end);
}
