import type { Source } from "../submission.ts";

/** False where nothing but the stub stands. */
export const isAnswered = (source: Pick<Source, "answered">): boolean => source.answered !== false;
