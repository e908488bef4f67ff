/** Somebody who is named by hand, in a table or a file of rules: by an id, a login, an e-mail address or a name. */

import { nameKeys } from "./names.ts";
import { keyOf } from "./roster.ts";

export const keysOfAnybody = (who: string): string[] => [
  ...["id", "login", "email", "canvas"].map((kind) => keyOf(kind, who)),
  ...nameKeys(who).map((key) => keyOf("name", key)),
];
