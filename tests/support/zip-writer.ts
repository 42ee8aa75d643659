import { crc32, deflateRawSync } from "node:zlib";

type ZipPart = string | Uint8Array;
type ZipOptions = {
  /** Size written in place of the real one: an archive may lie. */
  declaredSize?: number;
  isEncrypted?: boolean;
  isStored?: boolean;
  /** Added to each checksum: an archive may be damaged. */
  checksumError?: number;
};

/** Writes a zip archive in memory, its parts in order; a name may come several times. */
export function writeZip(parts: Record<string, ZipPart> | [string, ZipPart][], options: ZipOptions = {}): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const entries = Array.isArray(parts) ? parts : Object.entries(parts);
  for (const [name, part] of entries) {
    const content = Buffer.from(part as Uint8Array);
    const data = options.isStored ? content : deflateRawSync(content);
    const written = Buffer.from(name);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE((options.isEncrypted ? 1 : 0) | 0x800, 2);
    header.writeUInt16LE(options.isStored ? 0 : 8, 4);
    header.writeUInt32LE((crc32(content) + (options.checksumError ?? 0)) >>> 0, 10);
    header.writeUInt32LE(data.length, 14);
    header.writeUInt32LE(options.declaredSize ?? content.length, 18);
    header.writeUInt16LE(written.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), header, written, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), header, rest, written]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from("PK\x05\x06"), end]);
}
