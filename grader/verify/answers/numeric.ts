/** Which answers are made of numbers alone. */

import type { Kind } from "../../harness/kinds.ts";

const NUMERIC: readonly Kind["kind"][] = ["number", "vector", "matrix", "tensor"];
export const isNumeric = (kind: Kind): boolean =>
  NUMERIC.includes(kind.kind) || (kind.kind === "record" && Object.values(kind.fields).every(isNumeric));
