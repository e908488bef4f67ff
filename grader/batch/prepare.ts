/** What judging will need and takes long to load, loaded before anybody is graded: later it would keep others waiting. */

import type { AnyExercise } from "../exercise.ts";
import { needsTensors } from "../harness/conversion.ts";
import type { Kind, Signatures } from "../harness/kinds.ts";
import { reader } from "../oracle/derivation.ts";

export async function prepareJudge(exercises: readonly AnyExercise[]): Promise<void> {
  const signatures = exercises.map((exercise) => exercise.signatures as Signatures);
  // Misconceptions about tensors are run here, to be compared with what a learner's code answered.
  if (signatures.some(needsTensors)) await import("flowlab");
  if (signatures.some(asksForDerivations)) await reader();
}

function asksForDerivations(signatures: Signatures): boolean {
  return Object.values(signatures).some(({ returns }) => isDerivation(returns));
}

function isDerivation(kind: Kind): boolean {
  return (
    kind.kind === "derivation" || (kind.kind === "record" && Object.values(kind.fields).some(isDerivation))
  );
}
