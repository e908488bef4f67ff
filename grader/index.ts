/** What a notebook imports. */

export { type Checked, check } from "./check.ts";
export type { PassedOptions } from "./own-code/passed.ts";
export { type Predict, type Predicted, predict } from "./predict.ts";
export { progress } from "./progress.ts";
export { reset } from "./reset.ts";
export { worked } from "./worked.ts";
