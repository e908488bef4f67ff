/** What judging will need and takes long to load, loaded before anybody is graded: later it would keep others waiting. */

import type { AnyExercise } from "../exercise.ts";
import { needsTensors } from "../harness/conversion.ts";
import type { Kind, Signatures } from "../harness/kinds.ts";
import { singleModule } from "../harness/program.ts";
import { reader } from "../oracle/derivation.ts";
import { variantsOf } from "../repair/candidates.ts";
import { variantProgram } from "../repair/variants.ts";

export async function prepareJudge(exercises: readonly AnyExercise[]): Promise<void> {
  const signatures = exercises.map((exercise) => exercise.signatures as Signatures);
  // Misconceptions about tensors are run here, to be compared with what a learner's code answered.
  if (signatures.some(needsTensors)) await import("flowlab");
  if (signatures.some(asksForDerivations)) await reader();
  await readSomething();
}

/** A parser's first text takes ten times as long as its next. */
async function readSomething(): Promise<void> {
  const code =
    "export function f(x: number, list: number[]): number { let sum = 0; for (const y of list) sum += Math.exp(-x * y) / 2; return x > 0 ? sum : -1; }";
  const program = singleModule("something.ts", code);
  for (let i = 0; i < 5; i++) variantProgram(program, (await variantsOf(program)).modules);
}

function asksForDerivations(signatures: Signatures): boolean {
  return Object.values(signatures).some(({ returns }) => isDerivation(returns));
}

function isDerivation(kind: Kind): boolean {
  return (
    kind.kind === "derivation" || (kind.kind === "record" && Object.values(kind.fields).some(isDerivation))
  );
}
