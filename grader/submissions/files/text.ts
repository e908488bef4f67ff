/**
 * Bytes as text. Editors save in many ways: UTF-8 with or without a byte order mark, UTF-16, the Windows code page of Western
 * Europe. Lines end in any way.
 */

import { Unreadable } from "../submission.ts";

/** @throws Unreadable if the bytes are no text. */
export function decodeText(bytes: Uint8Array, path: string): string {
  const text = decode(bytes);
  if (text.slice(0, 4096).includes("\0"))
    throw new Unreadable(`${path} is not text; save it as UTF-8 and hand it in again`);
  return text.replace(/\r\n?/g, "\n");
}

function decode(bytes: Uint8Array): string {
  const utf16 = utf16Order(bytes);
  // A decoder of this name leaves out a byte order mark.
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Every sequence of bytes is text in it, and its letters are those of ISO 8859-1.
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** By the mark, or because program text, most of it ASCII, has a zero in every second byte. */
function utf16Order(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const looked = Math.min(bytes.length & ~1, 2048);
  if (looked < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < looked; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  const most = 0.7 * (looked / 2);
  if (odd > most && even === 0) return "utf-16le";
  return even > most && odd === 0 ? "utf-16be" : undefined;
}
