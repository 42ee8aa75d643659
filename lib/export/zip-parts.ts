import { ZipFile } from "yazl";

type Part = { name: string; content: string | Uint8Array; isStored?: boolean };

/** A zip archive of small parts, in order. */
export async function zipInMemory(parts: readonly Part[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const { name, content, isStored = false } of parts)
    zip.addBuffer(Buffer.from(content as Uint8Array), name, { compress: !isStored, forceDosTimestamp: true });
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
