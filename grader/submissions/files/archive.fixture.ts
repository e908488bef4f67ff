/** Writes zip archives for tests, honest ones and ones that no tool would write. */

import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** As bytes where the encoding matters. */
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  /** Unix mode, e.g. 0o120777 for a link. */
  readonly mode?: number;
  readonly encrypted?: boolean;
  readonly method?: number;
  /** Claimed in place of the true size. */
  readonly claimedSize?: number;
  /** Without the flag that says that the name is UTF-8. */
  readonly unflagged?: boolean;
  readonly extra?: Uint8Array;
}

export function zip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  const packedBefore = new Map<unknown, Buffer>();
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content as string);
    const packed = packedBefore.get(entry.content) ?? deflateRawSync(content);
    packedBefore.set(entry.content, packed);
    const name = Buffer.from(entry.name as string);
    const extra = Buffer.from(entry.extra ?? []);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((entry.encrypted ? 1 : 0) | (entry.unflagged ? 0 : 0x800), 2);
    common.writeUInt16LE(entry.method ?? 8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claimedSize ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from("PK\x03\x04"), common, name, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    const central = Buffer.from(common);
    central.writeUInt16LE(extra.length, 24);
    directory.push(Buffer.from("PK\x01\x02"), Buffer.from([20, 3]), central, rest, name, extra);
    offset += 4 + common.length + name.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, list, end]);
}
