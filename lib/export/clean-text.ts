/** Controls, and code points that stand for no character: XML refuses them, and a file that holds one does not open. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take away
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
/** Marks that change the direction of what follows: an address or a name must not read as another. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text as any format can hold it: halves of characters become « � », line ends are `\n`. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028]/g, "\n")
    .replace(/\u2029/g, "\n\n")
    .replace(UNWRITABLE, "")
    .replace(TURNING, "");

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** As the text or the attribute of an XML element. */
export const toXml = (text: string): string => cleanText(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
