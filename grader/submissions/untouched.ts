import { UNSOLVED_MESSAGE } from "../harness/unsolved.ts";
import type { Source } from "./submission.ts";

/** False where the stub's `throw` still stands. */
export const answered = ({ code }: Pick<Source, "code">): boolean => !code.includes(UNSOLVED_MESSAGE);
