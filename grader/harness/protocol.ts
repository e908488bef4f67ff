/**
 * What parent and child say to each other: one JSON object a line, over a private socket.
 *
 * The parent asks, the child answers each request once. A child that says anything else is ended: see `protocol` in session.ts.
 */

import type { Plan } from "./ahead/plan.ts";
import type { Signatures } from "./kinds.ts";
import type { Program } from "./program.ts";
import type { AnswerSize } from "./size.ts";

export type Request =
  /** Get ready. Nothing of the learner's has run when this is answered, so a failure here is ours. */
  | {
      readonly id: number;
      readonly op: "start";
      readonly signatures: Signatures;
      readonly flowlab: boolean;
      /** Another exercise may follow. */
      readonly shared: boolean;
    }
  /** The learner's modules as text: they never exist as files inside the sandbox. */
  | {
      readonly id: number;
      readonly op: "load";
      readonly program: Program;
      readonly forbidden: readonly string[];
    }
  /** A flow that was handed in as a file: data, of which nothing is run. */
  | { readonly id: number; readonly op: "file"; readonly name: string; readonly base64: string }
  /** The exercise is done. The answer is whether another one finds the room as it was, but for this much memory. */
  | { readonly id: number; readonly op: "leave"; readonly mostMB: number }
  | {
      readonly id: number;
      readonly op: "call";
      readonly target: WireTarget;
      readonly inputs: readonly unknown[];
      /** What the answer may hold at most. */
      readonly size: AnswerSize;
    }

  /** Several calls of one check. The answer is `AnswersAhead`. */
  | { readonly id: number; readonly op: "calls"; readonly plan: Plan; readonly size: AnswerSize };

export type WireTarget = { readonly export: string } | { readonly object: number; readonly method: string };

export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly trouble: "unsolved" | "threw" | "kind" | "size" | "changed" | "missing" | "load";
      readonly message: string;
      readonly trace?: string;
    };

/** File descriptor of the socket in the child. */
export const CHANNEL_FD = 3;
