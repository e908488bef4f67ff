/** The check of a derivation: every line equals the one before it, from the first expression to the last. */

import type { Check } from "../exercise.ts";
import type { DerivationKind, FunctionKind, Signatures } from "../harness/kinds.ts";
import { plural } from "../plural.ts";
import type { Random } from "../random.ts";
import { type DerivationTask, judgeDerivation, type Verdict } from "./derivation.ts";
import { judgeMatrixDerivation, type MatrixTask, type OpenTask } from "./matrix-derivation.ts";

/** In numbers (`variables`), or in vectors and matrices (`draw`). */
export type AnyDerivationTask = DerivationTask | MatrixTask | OpenTask;

/** A task that depends on how the learner began, and how that was read: shown in brackets behind the verdict. */
export interface AsRead {
  readonly task: AnyDerivationTask;
  readonly readAs: string;
}

/** The functions that return a derivation. */
type Derivations<S> = {
  readonly [N in keyof S]: S[N] extends FunctionKind<readonly [], DerivationKind> ? N : never;
}[keyof S];

/**
 * A check that asks `learner[of]()` for the lines of a derivation and judges them by `task`: each line is compared with the one before it
 * at random values, the two ends and the forms between them as the task says. It shows the first line at fault.
 *
 * ```ts
 * derivationCheck({
 *   of: "steps",
 *   name: "every line equals the one before",
 *   points: 2,
 *   hint: "Do one thing in each line: …",
 *   task,
 * })
 * ```
 *
 * @param check.of The function that returns the lines: `steps: fn([], derivation)` in the signatures.
 * @param check.hint The one text for a line at fault. Slips with words of their own belong into the task (`slips`) or
 *   into the exercise's misconceptions.
 * @param check.task `DerivationTask` (numbers), `MatrixTask`, `OpenTask` (vectors and matrices, without an end that would be the answer),
 *   or a function that picks one by the learner's lines, where several readings are right.
 * @param check.leastLines How many lines are asked for, both ends counted, where 3 are too few to follow; fewer than 3 are never read.
 * @throws SyntaxError, as the check runs, if the task itself cannot be read: a defect of the exercise.
 */
export function derivationCheck<const S extends Signatures>({
  of,
  name,
  points,
  hint,
  task,
  leastLines,
}: {
  readonly of: Derivations<S>;
  readonly name: string;
  readonly points: number;
  readonly hint: string;
  readonly task: AnyDerivationTask | ((lines: readonly string[]) => AsRead);
  readonly leastLines?: number;
}): Check<S> {
  return {
    name,
    points,
    hints: [{ text: hint }],
    async run({ learner, random, expect }) {
      const ask = learner[of] as () => Promise<string[]>;
      const lines = await ask();
      const asRead = typeof task === "function" ? task(lines) : undefined;
      const {
        holds,
        message,
        step,
        lines: distinct = lines.length,
      } = await judge(lines, asRead?.task ?? (task as AnyDerivationTask), random);
      expect.that(holds, asRead ? `${message} (${asRead.readAs})` : message, {
        got: step === undefined ? lines : lines[step],
      });
      if (leastLines === undefined) return;
      const least = leastLines - 2;
      const asked = `between the ends at least ${plural(least, "line is", "lines are")} asked for, so that one can follow`;
      expect.that(distinct >= leastLines, asked, { got: lines });
    },
  };
}

const judge = (lines: readonly string[], task: AnyDerivationTask, random: Random): Promise<Verdict> =>
  "variables" in task ? judgeDerivation(lines, task, random) : judgeMatrixDerivation(lines, task, random);
