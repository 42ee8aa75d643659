export type RtfToken =
  | { kind: "open" }
  | { kind: "close" }
  /** A control word or symbol: `\b0` is "b" and 0, `\~` is "~" and null. */
  | { kind: "word"; name: string; value: number | null }
  /** Text in the code page in force, `\'e9` included. */
  | { kind: "bytes"; bytes: Uint8Array };

const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const NAME_LENGTH_MAX = 40;
const DIGITS_MAX = 10;

const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Cuts RTF in tokens; what `\bin` announces is jumped over. */
export function* toRtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === OPEN || byte === CLOSE) {
      yield { kind: byte === OPEN ? "open" : "close" };
      at += 1;
    } else if (byte === LINE_FEED || byte === CARRIAGE_RETURN) {
      at += 1;
    } else if (byte === BACKSLASH) {
      const control = readControl(bytes, at + 1);
      yield control.token;
      at = control.next;
      if (control.token.kind === "word" && control.token.name === "bin") at += Math.max(0, control.token.value ?? 0);
    } else {
      const end = endOfText(bytes, at);
      yield { kind: "bytes", bytes: bytes.subarray(at, end) };
      at = end;
    }
  }
}

function endOfText(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === OPEN || byte === CLOSE || byte === BACKSLASH || byte === LINE_FEED || byte === CARRIAGE_RETURN) break;
    at += 1;
  }
  return at;
}

function readControl(bytes: Uint8Array, start: number): { token: RtfToken; next: number } {
  const first = bytes[start];
  if (!isLetter(first)) return readSymbol(bytes, start);
  let at = start;
  while (isLetter(bytes[at]) && at - start < NAME_LENGTH_MAX) at += 1;
  const name = latin(bytes, start, at);
  const digits = at;
  if (bytes[at] === 0x2d && isDigit(bytes[at + 1])) at += 1;
  while (isDigit(bytes[at]) && at - digits <= DIGITS_MAX) at += 1;
  const value = at > digits ? Number(latin(bytes, digits, at)) : null;
  if (bytes[at] === 0x20) at += 1;
  return { token: { kind: "word", name, value }, next: at };
}

function readSymbol(bytes: Uint8Array, start: number): { token: RtfToken; next: number } {
  const symbol = bytes[start];
  if (symbol === undefined) return { token: { kind: "word", name: "", value: null }, next: start };
  const next = start + 1;
  if (symbol === 0x27) {
    const code = Number.parseInt(latin(bytes, next, next + 2), 16);
    const character = new Uint8Array(Number.isNaN(code) ? [] : [code]);
    return { token: { kind: "bytes", bytes: character }, next: next + 2 };
  }
  if (symbol === OPEN || symbol === CLOSE || symbol === BACKSLASH)
    return { token: { kind: "bytes", bytes: bytes.subarray(start, next) }, next };
  const isBreak = symbol === LINE_FEED || symbol === CARRIAGE_RETURN;
  return { token: { kind: "word", name: isBreak ? "par" : String.fromCharCode(symbol), value: null }, next };
}

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));
