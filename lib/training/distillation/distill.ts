import { withoutDomainErrors } from "../../bijections/domain.ts";
import type { CompileInfo } from "../../engine/compile/compile.ts";
import { tf } from "../../engine/tf.ts";
import { normalizedDensity } from "../../flows/directions.ts";
import type { Flow } from "../../flows/flow.ts";
import { checkHas } from "../../ground/arguments/check-options.ts";
import { aFunction, aNumber } from "../../ground/arguments/kinds.ts";
import { ShapeError } from "../../ground/errors.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { NonFiniteLossError } from "../step/fault.ts";
import type { Objective } from "../step/step.ts";
import { compare, concernsOf, type DistillComparison } from "./comparison.ts";
import { descendByDraws } from "./descend-by-draws.ts";
import { entropyOf } from "./entropy.ts";
import { type DistillOptions, drawSettings } from "./options.ts";

export type { DistillComparison } from "./comparison.ts";
export type { DistillOptions, DistillProgress } from "./options.ts";

/** What a distillation did. */
export interface DistillHistory {
  /** Divergence KL(student ‖ teacher) in nats, as each step's draws have it, before the step. Its mean is never below 0. */
  readonly divergence: readonly number[];
  /** Seconds of training. */
  readonly seconds: number;
  /** "aborted" if the signal or an interrupt of the notebook's cell ended it early. */
  readonly outcome: "finished" | "aborted";
  /** How the steps were computed. */
  readonly compiled: CompileInfo;
  /** How the student compares with its teacher now, on fresh draws of both; not after an abort, nor without `draws`. */
  readonly comparison?: DistillComparison;
  /** What `onWarning` was told: that the student is much worse than its teacher. */
  readonly warnings: readonly string[];
}

/**
 * Density distillation: trains a student to draw what a teacher holds for probable, by
 * KL(q ‖ p) = −H(q) − E_{x∼q}[log p(x)], q being the student's density and p the teacher's, in nats.
 *
 * The student draws: x = f(z). Its entropy H(q) = H(z) + E_z[log |det ∂f/∂z|] needs no density, as that of its base is
 * known in closed form: on a logistic base H(q) = E[ln s] + 2 for each number that an autoregressive f scales by s. The
 * teacher gives densities of what was drawn. So a teacher suits that is quick at densities ({@link maf}) and a student that
 * is quick at drawing ({@link iaf}); the student learns to draw at once what the teacher would draw number after number.
 *
 * The divergence is that of the student from the teacher and not the other way round: it punishes draws where the teacher
 * has no density, and not what the student leaves out: see `comparison` of the history, which looks at both, and of which a
 * warning tells where either is more than half a nat for each number of an event.
 *
 * Adam as in {@link fit}; on the backend tensorflow a step is one graph. The same seed and backend give the same result to
 * the last bit. The noise is drawn outside of the step.
 *
 * @param teacher Is not changed.
 * @param student Changed in place.
 * @throws ShapeError if the two are not of events of one shape.
 * @throws RangeError if an option makes no sense, the student has nothing to train, or the entropy of its base has no closed
 *   form, as that of a mixture.
 * @throws NonFiniteLossError if the divergence or its gradient is not finite, as where the teacher has no density; the
 *   student then has the parameters of the last step at which it was.
 * @see van den Oord et al. 2017, "Parallel WaveNet", arXiv:1711.10433v1, section 4; Prince, Understanding Deep
 *   Learning, section 16.3.5 and equation 16.25.
 */
export async function distill(
  teacher: Flow,
  student: Flow,
  options: DistillOptions = {},
): Promise<DistillHistory> {
  checkFlows(teacher, student);
  const call = "distill(teacher, student, { steps: 2000 })";
  const settings = drawSettings("distill", call, options, { draws: aNumber, onWarning: aFunction });
  const { draws = 1000, onWarning = write } = settings;
  if (!(Number.isInteger(draws) && (draws === 0 || draws > 1)))
    throw new RangeError(
      `distill: expected draws, a whole number from 2, or 0 for no comparison; got ${draws}`,
    );
  const { losses, ...rest } = await descendByDraws({
    model: student,
    settings,
    stream: "distill",
    objective: divergenceOf(teacher, student),
    notFinite,
    report: ({ loss, ...progress }) => settings.onProgress?.({ ...progress, divergence: loss }),
  });
  if (draws === 0 || rest.outcome === "aborted") return { divergence: losses, ...rest, warnings: [] };
  const comparison = compare(teacher, student, draws, settings.seed);
  const size = student.eventShape.reduce((product, length) => product * length, 1);
  const warnings = concernsOf(comparison, size);
  for (const warning of warnings) onWarning(warning);
  return { divergence: losses, ...rest, comparison, warnings };
}

const write = (warning: string): void => console.warn(`distill: ${warning}`);

function notFinite(step: number, found: number): NonFiniteLossError {
  const where = Number.isFinite(found)
    ? "the gradient in the student's parameters is not finite"
    : "the teacher's log-density, or the student's log-determinant, is not finite at what the student draws";
  return new NonFiniteLossError(step, `the divergence was ${found}`, where, {
    remedy:
      "begin with a student whose draws lie where the teacher has density, or shorten gradients by clipNorm",
  });
}

/** The divergence, as a function of the base points of what the student draws. */
function divergenceOf(teacher: Flow, student: Flow): (z: tf.Tensor) => Objective {
  const entropy = entropyOf("distill, student", student.base);
  const axesOf = ({ base, bijection }: Flow) => base.eventShape.length - bijection.eventRank;
  return (z) =>
    withoutDomainErrors(() => {
      const { value, logDet } = student.bijection.forward(z);
      const logDensity = normalizedDensity(teacher.base, axesOf(teacher), teacher.bijection.inverse(value));
      const gained = tf.mean(tf.add(logDensity, sumEvent(logDet, axesOf(student))));
      return { loss: tf.sub(-entropy, gained) as tf.Scalar, state: student.state };
    });
}

function checkFlows(teacher: Flow, student: Flow): void {
  for (const [name, one] of Object.entries({ teacher, student })) {
    checkHas(`distill, ${name}`, one, ["base", "bijection", "variables"], "a flow, flow(base, bijection)");
  }
  const [own, other] = [student, teacher].map(({ eventShape }) => `[${eventShape}]`);
  if (own !== other) {
    throw new ShapeError(
      `distill: expected events of the teacher's shape, ${other}; the student draws ${own}`,
    );
  }
  if (student.variables.length === 0)
    throw new RangeError(
      "distill: expected a student with variables; it has none, and there is nothing to train",
    );
}
