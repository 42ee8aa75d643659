import mammoth from "mammoth";
import { PDFParse } from "pdf-parse";

/** What well-known libraries read alone, as their documentation shows: to be compared with. */
export const BASELINES: Record<string, { type: string; read: (bytes: Buffer) => Promise<string> }> = {
  "pdf-parse": {
    type: "pdf",
    async read(bytes) {
      const parser = new PDFParse({ data: new Uint8Array(bytes), verbosity: 0 });
      try {
        // Its default joiner makes a scan look as if it had text.
        return (await parser.getText({ pageJoiner: "\n" })).text;
      } finally {
        await parser.destroy();
      }
    },
  },
  mammoth: { type: "docx", read: async (bytes) => (await mammoth.extractRawText({ buffer: bytes })).value },
};
