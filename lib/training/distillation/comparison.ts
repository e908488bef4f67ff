import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Flow } from "../../flows/flow.ts";
import { DomainError, NoInverseError } from "../../ground/errors.ts";
import { random } from "../../random/random.ts";
import { type Estimate, meanOf } from "./entropy.ts";

/** How a student compares with its teacher, q with p, each on draws of its own that no step has seen. In nats. */
export interface DistillComparison {
  /** KL(q ‖ p): by how much less probable the teacher holds what the student draws than the student does. */
  readonly divergence: Estimate;
  /** H(q), the student's entropy. */
  readonly entropy: Estimate;
  /** H(p); left out where the teacher cannot draw. A student of much less entropy leaves something out. */
  readonly teacherEntropy?: Estimate;
  /**
   * KL(p ‖ q): by how much less probable the student holds what the teacher draws than the teacher does. The training does not
   * look at it. Infinity where the student rules something out; left out where the teacher cannot draw, or the student
   * has no densities.
   */
  readonly missed?: Estimate;
}

/**
 * Draws from both and asks each for both densities.
 *
 * @param count Draws of each.
 */
export function compare(teacher: Flow, student: Flow, count: number, seed: number): DistillComparison {
  return tidy(() => {
    const streams = random(seed).fork("distill, comparison");
    const own = student.sampleWithLogProb(count, streams.fork("student"));
    const divergence = meanOf(tf.sub(own.logProb, teacher.logProb(own.value)));
    const entropy = meanOf(tf.neg(own.logProb));
    const drawn = ifPossible(() => teacher.sampleWithLogProb(count, streams.fork("teacher")));
    if (!drawn) return { divergence, entropy };
    const held = ifPossible(() => student.logProb(drawn.value));
    return {
      divergence,
      entropy,
      teacherEntropy: meanOf(tf.neg(drawn.logProb)),
      ...(held && { missed: meanOf(tf.sub(drawn.logProb, held)) }),
    };
  });
}

/** Nats of a divergence, for each number of an event, from which on a student is not what its teacher is. */
const MUCH = 0.5;

/** What is to be said of a student that is much worse than its teacher. */
export function concernsOf(
  { divergence, missed, entropy, teacherEntropy }: DistillComparison,
  size: number,
): string[] {
  const isMuch = ({ value, error }: Estimate) => !(value - 2 * (error || 0) <= MUCH * size);
  const nats = ({ value }: Estimate) => `${value.toPrecision(3)} nats`;
  const entropies = teacherEntropy
    ? ` Its entropy is ${nats(entropy)}, the teacher's ${nats(teacherEntropy)}.`
    : "";
  if (missed && isMuch(missed))
    return [
      `the student leaves out much of what the teacher draws: it gives that ${nats(missed)} less than the teacher, ` +
        `KL(teacher ‖ student), which its training does not look at.${entropies} ` +
        "First train it by fit on draws of the teacher, then distill; or try more steps, or a larger student",
    ];
  if (isMuch(divergence))
    return [
      `the teacher holds what the student draws for ${nats(divergence)} less probable than the student does, ` +
        `KL(student ‖ teacher).${entropies} Try more steps or a larger student`,
    ];
  return [];
}

/** Nothing, where a direction cannot be computed. */
function ifPossible<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NoInverseError || error instanceof DomainError) return undefined;
    throw error;
  }
}
