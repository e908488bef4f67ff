/** The longest piece of code that two programs share, for whoever has to judge whether it tells anything. */

import { type Token, tokensOf } from "./tokens.ts";

/** In the words of each; empty where one is no program. */
export function longestCommon(
  a: string,
  b: string,
): { readonly tokens: number; readonly pieces: readonly [string, string] } {
  const [first, second] = [tokensOf(a) ?? [], tokensOf(b) ?? []];
  const { i, j, length } = longestRow(first, second);
  const cut = (code: string, tokens: readonly Token[], from: number) =>
    length === 0 ? "" : code.slice(tokens[from]?.start, tokens[from + length - 1]?.end);
  return { tokens: length, pieces: [cut(a, first, i), cut(b, second, j)] };
}

function longestRow(a: readonly Token[], b: readonly Token[]) {
  let best = { i: 0, j: 0, length: 0 };
  let before = new Uint32Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const row = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      if (a[i]?.text !== b[j]?.text) continue;
      const length = (before[j] as number) + 1;
      row[j + 1] = length;
      if (length > best.length) best = { i: i - length + 1, j: j - length + 1, length };
    }
    before = row;
  }
  return best;
}
