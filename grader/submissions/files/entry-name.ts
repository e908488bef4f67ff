/** The name of a zip's entry, as its owner wrote it. */

import { crc32 } from "node:zlib";
import { MAX_PATH } from "../limits.ts";

interface RawName {
  readonly raw: Uint8Array;
  /** Bit 11 of the entry's flags: the name is UTF-8. */
  readonly utf8: boolean;
  readonly extraFields: readonly { readonly id: number; readonly data: Uint8Array }[];
}

const UNICODE_PATH = 0x7075;

/**
 * UTF-8 where the entry says so, or where the bytes are nothing else (macOS packs UTF-8 and does not say so); otherwise code page
 * 437, which zip began with. Folders are parted by `/`, also where an old Windows program wrote `\`.
 */
export function entryName({ raw, utf8, extraFields }: RawName): string {
  const text = utf8 ? loose(raw) : (unicodePath(raw, extraFields) ?? strict(raw) ?? codePage437(raw));
  return text.normalize("NFC").replaceAll("\\", "/");
}

/** The path without empty and `.` parts, or why no honest archive has such a name. */
export function safePath(name: string): { path: string } | { refusal: string } {
  const start = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  if (name.length > MAX_PATH)
    return { refusal: `${start} has a name of ${name.length} characters and was not read` };
  if (name.includes("\0")) return { refusal: `${start} has a NUL in its name and was not read` };
  if (/^(?:\/|[a-z]:)/i.test(name)) return { refusal: `${start} has an absolute path and was not read` };
  const parts = name.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) return { refusal: `${start} leads out of its archive and was not read` };
  if (parts.length === 0) return { refusal: "an entry without a name was not read" };
  return { path: parts.join("/") };
}

/** Info-ZIP writes the name in UTF-8 beside the other, with the checksum of the one that it stands for. */
function unicodePath(raw: Uint8Array, fields: RawName["extraFields"]): string | undefined {
  for (const { id, data } of fields) {
    if (id !== UNICODE_PATH || data.length < 6 || data[0] !== 1) continue;
    const sum = new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(1, true);
    if (sum === crc32(raw)) return strict(data.subarray(5));
  }
  return undefined;
}

const loose = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function strict(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const UPPER_HALF =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

const codePage437 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : UPPER_HALF[byte - 128])).join("");
