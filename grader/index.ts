/** What a notebook imports. */

export { type Checked, check } from "./check.ts";
