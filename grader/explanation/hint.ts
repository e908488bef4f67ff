/**
 * A hint is shown where it applies to what this learner's code just did, and nowhere else.
 *
 * It belongs to kinds of failure, may name a region of the inputs, and, if its text names a test point, it brings the test: the
 * learner's code is asked there first, and what it passes is never advised.
 */

import type { Failing } from "../grading/answered.ts";
import { type Tolerance, within } from "../grading/expect.ts";
import type { FailureKind } from "../grading/failure-kind.ts";
import { LearnerError } from "../grading/session.ts";
import type { Learner, Signatures } from "../harness/kinds.ts";

export interface Hint<S extends Signatures = Signatures> {
  /** By default `value`. */
  readonly when?: FailureKind | readonly FailureKind[];
  /** Further: only if this holds for the call that failed first. */
  where?(failing: Failing<S>): boolean;
  /** The test that the text advises. The hint is shown only if the learner's code does not pass it. */
  test?(learner: Learner<S>): Promise<TestPoint>;
  /** Markdown with KaTeX. */
  readonly text: string;
}

export interface TestPoint {
  readonly got: number | readonly number[];
  readonly want: number | readonly number[];
}

/** What is true of a kind of failure in every exercise; an exercise's own hints come first. */
const ANYWHERE: readonly Pick<Hint, "when" | "text">[] = [
  {
    when: "not-finite",
    text: "A finite number was asked for. NaN comes from $0/0$, $\\infty - \\infty$, or the root or logarithm of a negative number; infinity from a division by 0, $\\log 0$ or an exponential that is too large. Print your intermediate values for the call shown: which is the first that is not finite?",
  },
  {
    when: "no-return",
    text: "Follow your code for the call shown: on this way through it there is no `return`, or one whose value is undefined (`forEach` gives nothing back, `map` does). Every way has to end with a value.",
  },
];

/** Advice on the way is not for a code that has found it. */
const NEARLY =
  "At a simple test point your code comes close to what is right, but not to it. Either something in it only approximates (a difference quotient, a small number added or cut off, a loop that ends early, a rounded constant, digits lost in a subtraction), or what is wrong matters little at this point.";

/** Nearer than this, one test point does not tell an approximation from another way. */
const CLOSE = 0.01;

/**
 * The first hint that applies.
 *
 * @param failing The call that failed first, where there is one.
 * @param learner Answers the hints' test points.
 */
export async function fittingHint<S extends Signatures>(
  hints: readonly Hint<S>[],
  kind: FailureKind,
  failing: Failing<S> | undefined,
  learner: () => Promise<Learner<S>>,
): Promise<string | undefined> {
  const candidates: readonly Hint<S>[] = [...hints, ...ANYWHERE];
  for (const hint of candidates) {
    if (!kinds(hint).includes(kind)) continue;
    if (hint.where && !(failing && hint.where(failing))) continue;
    const outcome = hint.test ? await passesTest(hint.test, learner) : "fails";
    if (outcome === "passes") continue;
    return outcome === "nearly" ? NEARLY : hint.text;
  }
  return undefined;
}

export function kinds({ when = "value" }: Pick<Hint, "when">): readonly FailureKind[] {
  return typeof when === "string" ? [when] : when;
}

/** A learner's code that gives no usable answer at the point does not pass. */
async function passesTest<S extends Signatures>(
  test: (learner: Learner<S>) => Promise<TestPoint>,
  learner: () => Promise<Learner<S>>,
): Promise<"passes" | "nearly" | "fails"> {
  try {
    const point = await test(await learner());
    if (holds(point)) return "passes";
    return holds(point, { absolute: 0, relative: CLOSE }) ? "nearly" : "fails";
  } catch (error) {
    if (error instanceof LearnerError) return "fails";
    throw error;
  }
}

export function holds({ got, want }: TestPoint, tolerance?: Tolerance): boolean {
  const [a, b] = [[got].flat(), [want].flat()];
  return a.length === b.length && b.every((value, i) => within(a[i] as number, value, tolerance));
}
