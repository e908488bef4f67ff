/** Which modules are needed, from where one begins. */

import { posix } from "node:path";

/** `from "./a.js"`, `import "./a.js"`, `await import("../a.js")` and `new URL("./a.js", import.meta.url)`. */
const NAMED = /(?:\bfrom\s*|\bimport\s*\(?\s*|\bnew URL\(\s*)["']([^"']+)["']/g;

/** What a compiled module names: files beside it as `./a.js`, packages by their names. */
export const specifiers = (text: string): string[] =>
  [...text.matchAll(NAMED)].map(([, from]) => from as string);

/**
 * @param begin Paths, with `/`.
 * @param fileOf Where what is imported as `a.js` lies, if not there.
 * @throws Error of `readText` if a module that is named is not there.
 */
export function reachable(
  begin: readonly string[],
  readText: (path: string) => string,
  fileOf: (path: string) => string = (path) => path,
): Set<string> {
  const seen = new Set<string>();
  const waiting = [...begin];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const here = posix.dirname(path);
    for (const from of specifiers(readText(path)))
      if (from.startsWith(".")) waiting.push(fileOf(posix.join(here, from)));
  }
  return seen;
}

/** The package of `flowlab/figure`, of `@babel/parser`; undefined of Node's own and of files. */
export function packageOf(from: string): string | undefined {
  if (/^[./]|^[a-z]+:/.test(from)) return undefined;
  return from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
}
