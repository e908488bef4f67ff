/** What an answer takes in memory until it is graded. */

import type { Source } from "./submission.ts";

/** In bytes, its text and all that it carries along. */
export function weight({ code, program }: Pick<Source, "code" | "program">): number {
  const modules = program?.modules ?? [];
  return modules.reduce((sum, module) => sum + sizeOf(module.code), sizeOf(code));
}

/** In bytes: two for each character, if one of them is not in Latin-1. */
export const sizeOf = (text: string): number => (/[^\0-\xff]/.test(text) ? 2 : 1) * text.length;
