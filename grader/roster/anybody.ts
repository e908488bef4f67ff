/** Somebody who is named by hand, in a table or a file of rules: by an id, a login, an e-mail address or a name. */

import type { Known } from "../grading/sender.ts";
import { nameKeys } from "./names.ts";
import { keyOf } from "./roster.ts";

export const keysOfAnybody = (who: string): string[] => [
  ...["id", "login", "email", "canvas"].map((kind) => keyOf(kind, who)),
  ...nameKeys(who).map((key) => keyOf("name", key)),
];

/** Whether a download calls somebody so: by her number, login, address or name. */
export function isCalled({ name, label, id, login, email }: Known, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if ([id, login, email].some((one) => one?.toLowerCase() === wanted)) return true;
  const keys = nameKeys(text);
  return [name, label].some((one) => one !== undefined && nameKeys(one).some((key) => keys.includes(key)));
}
