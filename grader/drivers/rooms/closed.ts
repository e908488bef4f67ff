/** Whether a program keeps to the language: then all that it can leave behind in a room is seen there (harness/loading/language.ts). */

import { LANGUAGE } from "../../harness/loading/language.ts";
import type { Program } from "../../harness/program.ts";

/** Of the language, but what they begin happens later, or in another thread. */
const LATER = ["Atomics", "FinalizationRegistry", "SharedArrayBuffer", "WeakRef", "WebAssembly"];

/** All that Node provides begins at one of these, or at an import: processes, timers, files, what is printed. */
const NODE = Reflect.ownKeys(globalThis).filter(
  (name): name is string =>
    typeof name === "string" && /^[A-Za-z]\w*$/.test(name) && !LANGUAGE.includes(name),
);

const OPEN = new RegExp(
  `\\b(?:${[...new Set([...NODE, ...LATER])].join("|")})\\b|\\bimport\\s*[.(]|\\b(?:from|import)\\s*["'](?!\\.{1,2}/)`,
);

/**
 * By its text: a program that hides what it does is not found out. It then spoils what its own author has written, and no more.
 */
export function isClosed({ modules }: Program): boolean {
  return modules.every(({ code }) => !OPEN.test(code));
}
