/*
 * Equations in one line of plain text, as one would type them: "(a+b)/2", "x²", "x^{k+1}", "√(2πn)".
 */

const RAISED = new Map([..."0123456789+−-ni"].map((sign, index) => [sign, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱ"][index] ?? ""]));
const LOWERED = new Map([..."0123456789+−-"].map((sign, index) => [sign, [..."₀₁₂₃₄₅₆₇₈₉₊₋₋"][index] ?? ""]));

export const raised = (text: string): string => inSigns(text, RAISED) ?? `^${embraced(text)}`;

export const lowered = (text: string): string => inSigns(text, LOWERED) ?? `_${embraced(text)}`;

const embraced = (text: string): string => ([...text].length > 1 ? `{${text}}` : text);

/** Between parentheses, unless it is one sign. */
export const grouped = (text: string): string => ([...text].length > 1 ? `(${text})` : text);

export const endOfRow = (row: string): string => `${row.trimEnd()}; `;

export const withoutLastEnd = (rows: string): string => rows.replace(/; $/, "");

/** Null when one of the signs has no form of its own. */
function inSigns(text: string, signs: ReadonlyMap<string, string>): string | null {
  const forms = [...text.trim()].map((sign) => signs.get(sign));
  return forms.includes(undefined) ? null : forms.join("");
}
