/** Takes names out of texts: what somebody is called becomes `[…]`. */

export const HIDDEN = "[…]";

const WORD = /[\p{L}\p{N}]+/gu;
const IN_WORD = /[\p{L}\p{N}]/u;

/** @param names Found whatever their case, as whole words. */
export function redactor(names: readonly string[]): (text: string, words?: readonly string[]) => string {
  const byFirst = new Map<string, string[]>();
  for (const name of new Set(names.map((one) => one.trim().toLowerCase()))) {
    const [first] = name.match(WORD) ?? [];
    if (first === undefined) continue;
    byFirst.set(first, [...(byFirst.get(first) ?? []), name]);
  }
  // The longest first: an address before the login that it begins with.
  for (const some of byFirst.values()) some.sort((a, b) => b.length - a.length);
  return (text, words = []) => hideWords(hideNames(text, byFirst), words);
}

function hideNames(text: string, byFirst: ReadonlyMap<string, readonly string[]>): string {
  const lower = text.toLowerCase();
  // A few letters change their length with their case: then there is no place to compare.
  const same = lower.length === text.length ? lower : text;
  let hidden = "";
  let done = 0;
  for (const { 0: word, index } of same.matchAll(WORD)) {
    if (index < done) continue;
    const found = byFirst.get(word)?.find((name) => isAt(same, startOf(name, word, index), name));
    if (found === undefined) continue;
    const start = startOf(found, word, index);
    if (start < done) continue;
    hidden += text.slice(done, start) + HIDDEN;
    done = start + found.length;
  }
  return hidden + text.slice(done);
}

/** A name may begin with a sign. */
const startOf = (name: string, word: string, index: number): number => index - name.indexOf(word);

const isAt = (text: string, at: number, name: string): boolean =>
  at >= 0 && text.startsWith(name, at) && !IN_WORD.test(text.charAt(at + name.length));

/** Written as she writes them: `Max` is somebody, `Math.max` is not. */
function hideWords(text: string, words: readonly string[]): string {
  if (words.length === 0) return text;
  const some = words.toSorted((a, b) => b.length - a.length).map((word) => literal(word));
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])(?:${some.join("|")})(?![\\p{L}\\p{N}])`, "gu"), HIDDEN);
}

/** As a regular expression finds it. */
export const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

/** The same value with every text in it changed. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)])) as T;
}
