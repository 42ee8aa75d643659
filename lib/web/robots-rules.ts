/** What a site asks of a program, as RFC 9309 reads it: the rules of one group, or of several with the same name. */
export type RobotsRules = readonly RobotsRule[];
type RobotsRule = { isAllowed: boolean; pattern: string };

/** Far more than any site writes: each is compared with each page. */
const RULES_MAX = 5_000;

/** The rules of a robots.txt for a program of that name: those of its own groups, else those of `*`. */
export function parseRobots(text: string, product: string): RobotsRules {
  const own: RobotsRule[] = [];
  const everyone: RobotsRule[] = [];
  let hasOwn = false;
  let isForProduct = false;
  let isForEveryone = false;
  let isNaming = false;
  for (const line of text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/)) {
    const { key, value } = readLine(line);
    if (key === "user-agent") {
      // Several names in a row share what follows.
      isForProduct = (isNaming && isForProduct) || isSame(productOf(value), product);
      isForEveryone = (isNaming && isForEveryone) || productOf(value) === "*";
      isNaming = true;
      hasOwn ||= isForProduct;
    } else if (key === "allow" || key === "disallow") {
      isNaming = false;
      if (value === "") continue; // nothing is disallowed
      const rule = { isAllowed: key === "allow", pattern: canonical(value, "pattern") };
      if (isForProduct && own.length < RULES_MAX) own.push(rule);
      if (isForEveryone && everyone.length < RULES_MAX) everyone.push(rule);
    }
  }
  return hasOwn ? own : everyone;
}

/** Whether a page may be read: the longest pattern that its path and query match decides, and « allow » between equals. */
export function isAllowedByRobots(rules: RobotsRules, url: URL): boolean {
  const path = canonical(url.pathname + url.search, "path");
  if (path === "/robots.txt") return true;
  let longest = -1;
  let isAllowed = true;
  for (const rule of rules) {
    const { length } = rule.pattern;
    if (length < longest || (length === longest && isAllowed) || !matches(rule.pattern, path)) continue;
    longest = length;
    isAllowed = rule.isAllowed;
  }
  return isAllowed;
}

const LINE_CHARACTERS_MAX = 4_096;

function readLine(line: string): { key: string; value: string } {
  const [record = ""] = line.slice(0, LINE_CHARACTERS_MAX).split("#", 1);
  const colon = record.indexOf(":");
  if (colon === -1) return { key: "", value: "" };
  return { key: record.slice(0, colon).trim().toLowerCase(), value: record.slice(colon + 1).trim() };
}

/** A product token has neither a version nor anything else after its letters. */
const productOf = (value: string) => (value.startsWith("*") ? "*" : (/^[a-z_-]+/i.exec(value)?.[0] ?? ""));
const isSame = (name: string, product: string) => name.toLowerCase() === product.toLowerCase();

/** Each piece between stars is looked for from the end of the one before: never longer than the path itself. */
function matches(pattern: string, path: string): boolean {
  const isToTheEnd = pattern.endsWith("$");
  const pieces = (isToTheEnd ? pattern.slice(0, -1) : pattern).split("*");
  const [first = "", ...others] = pieces;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = isToTheEnd ? others.pop() : undefined;
  for (const piece of others) {
    const found = path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  if (!isToTheEnd) return true;
  return last === undefined ? path.length === at : path.length - last.length >= at && path.endsWith(last);
}

/**
 * One writing of what may be written in several: a percent and two digits for what is not a plain character, the character
 * itself when it is. In a path a star and a dollar are plain; in a pattern they have a meaning, unless written as a percent.
 */
function canonical(text: string, kind: "path" | "pattern"): string {
  return text.replace(/%[0-9a-f]{2}|[^!-~]+|[*$]/gi, (found, index: number) => {
    if (found === "*") return kind === "path" ? "%2A" : "*";
    if (found === "$") return kind === "path" || index < text.length - 1 ? "%24" : "$";
    if (!found.startsWith("%")) return encodeURI(found.toWellFormed());
    const character = String.fromCharCode(Number.parseInt(found.slice(1), 16));
    return /[a-z0-9._~-]/i.test(character) ? character : found.toUpperCase();
  });
}
