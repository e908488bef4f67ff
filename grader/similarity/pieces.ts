/** A program as the set of its pieces: every dozen of tokens in a row, each as one number. */

import type { Token } from "./tokens.ts";

/** Tokens in a piece: two short statements. */
const LENGTH = 12;

/** Numbers of 32 bits, each once. Two pieces in a hundred thousand may share one, which changes no verdict. */
export function piecesOf(tokens: readonly Token[]): Uint32Array {
  const words = tokens.map(({ text }) => numberOf(text));
  const found = new Set<number>();
  for (let start = 0; start + LENGTH <= words.length; start++) {
    let piece = 0;
    for (let i = start; i < start + LENGTH; i++)
      piece = (Math.imul(piece, 0x01000193) ^ (words[i] as number)) >>> 0;
    found.add(piece);
  }
  return Uint32Array.from(found);
}

/** FNV-1a. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
