import { crc32, deflateSync } from "node:zlib";

/** A picture of red, green and blue bytes, row by row from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** width · height · 3 bytes. */
  readonly data: Uint8Array;
}

/** The picture as a PNG in a `data:` address, for an `href` or plotly's `source`. */
export function pngAddress(picture: Picture): string {
  return `data:image/png;base64,${png(picture).toString("base64")}`;
}

/** @see Portable Network Graphics, third edition, sections 5 and 11.2. */
export function png({ width, height, data }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, red-green-blue, the one compression, filtering and order there is
  const rows = Buffer.alloc(height * (1 + 3 * width)); // each row starts with its filter: none
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(3 * width * y, 3 * width * (y + 1)), y * (1 + 3 * width) + 1);
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
