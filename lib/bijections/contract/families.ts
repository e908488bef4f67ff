import { autoregressiveCases } from "./autoregressive.cases.ts";
import type { BijectionCase } from "./case.ts";
import { couplingCases } from "./coupling.cases.ts";
import { elementwiseCases } from "./elementwise.cases.ts";
import { imageCases } from "./image.cases.ts";
import { linearCases } from "./linear.cases.ts";
import { residualCases } from "./residual.cases.ts";
import { reversibleCases } from "./reversible.cases.ts";

const FAMILIES: readonly Record<string, BijectionCase>[] = [
  elementwiseCases,
  linearCases,
  residualCases,
  couplingCases,
  autoregressiveCases,
  imageCases,
  reversibleCases,
];

/** Every case with its name; to add one, read the header of case.ts. */
export const CASES: readonly (readonly [string, BijectionCase])[] = FAMILIES.flatMap((family) =>
  Object.entries(family),
);
