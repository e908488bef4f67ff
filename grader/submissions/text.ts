/**
 * Bytes as text: UTF-8, with or without a byte order mark, lines ended in any way.
 */

import { Unreadable } from "./submission.ts";

/** @throws Unreadable if the bytes are not UTF-8. */
export function decodeText(bytes: Uint8Array, path: string): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new Unreadable(`${path} is saved as UTF-16; save it as UTF-8 and hand it in again`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
  } catch {
    throw new Unreadable(`${path} is not UTF-8 text; save it as UTF-8 and hand it in again`);
  }
}
