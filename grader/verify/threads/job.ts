/** What a thread is asked and what it tells. */

import type { Seen } from "../exercise.ts";
import type { Seeds, Share } from "../share.ts";
import type { Asked } from "./watched.ts";

export interface Job {
  readonly root: string;
  readonly id: string;
  readonly path: string;
  readonly seeds: Seeds;
  readonly share: Share;
  /** Which call of a program is told before it is made: it never came back when this job was done before. */
  readonly tell?: number;
}

/** How many calls of programs have begun, and whether one is under way; read by whoever waits for this thread. */
export const [BEGUN, UNDER_WAY] = [0, 1];

export type Told =
  | { readonly seen: Seen; readonly seconds: number }
  | { readonly endless: Pick<Asked, "program" | "part"> & { readonly call: string } };
