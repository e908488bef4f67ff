/** What a notebook imports. */

export { type Checked, check } from "./check.ts";
export { type Predict, type Predicted, predict } from "./predict.ts";
