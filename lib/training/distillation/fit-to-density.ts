import { withoutDomainErrors } from "../../bijections/domain.ts";
import type { CompileInfo } from "../../engine/compile/compile.ts";
import { dropTape } from "../../engine/tape/drop-tape.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Flow } from "../../flows/flow.ts";
import { checkHas } from "../../ground/arguments/check-options.ts";
import { describe } from "../../ground/arguments/plain-numbers.ts";
import { ShapeError } from "../../ground/errors.ts";
import { plural } from "../../ground/plural.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { random } from "../../random/random.ts";
import { NonFiniteLossError } from "../step/fault.ts";
import type { Objective } from "../step/step.ts";
import { descendByDraws } from "./descend-by-draws.ts";
import { drawSettings, type FitToDensityOptions } from "./options.ts";

export type { FitToDensityOptions, FitToDensityProgress } from "./options.ts";

/** The logarithm of a density, or of one that is known up to a factor, in nats: [n, ...event] → [n]. */
export type LogDensity = (x: tf.Tensor) => tf.Tensor;

/** What a fit to a density did. */
export interface FitToDensityHistory {
  /**
   * Loss in nats, as each step's draws have it, before the step: an estimate of KL(flow ‖ q) − log Z. Its mean is never
   * below −log Z, Z being the integral of what was given; minus the loss is called evidence lower bound elsewhere.
   */
  readonly loss: readonly number[];
  /** Seconds of training. */
  readonly seconds: number;
  /** "aborted" if the signal or an interrupt of the notebook's cell ended it early. */
  readonly outcome: "finished" | "aborted";
  /** How the steps were computed. */
  readonly compiled: CompileInfo;
}

/**
 * Fits a flow to a density that can be evaluated, but that nobody has samples of, by the reverse Kullback-Leibler divergence:
 * minimizes E_z[log Pr(z) − log |det ∂f/∂z| − log q(f(z))] in nats, z being drawn from the flow's base anew for each step.
 *
 * The first two terms are the log-density of what the flow draws, so that it is the divergence KL(flow ‖ q). Of q a
 * constant factor may be missing: with q = u/Z and log u given, the loss is smaller by log Z, and its gradient the same.
 * Nothing is inverted: a flow suits that is quick forward, such as {@link iaf}, and one without an inverse.
 *
 * The divergence punishes draws where q is small, and not what the flow leaves out: of two separate peaks it may find one.
 * Adam as in {@link fit}; on the backend tensorflow a step is one graph, so that what `logDensity` sees beside tensors stays
 * as it was in the first step, unless `compile` is false. The same seed and backend give the same result to the last bit.
 *
 * @param model Changed in place.
 * @param logDensity log q, or log u, of n events: [n, ...event] → [n], by operations that have a gradient.
 * @throws ShapeError if `logDensity` does not give one number for each event.
 * @throws TypeError if `logDensity` gives no tensor, or one that was not computed from the events, as after `dataSync`.
 * @throws RangeError if an option makes no sense, or the flow has nothing to train.
 * @throws NonFiniteLossError if the loss or its gradient is not finite, as where q is 0 and the flow draws nevertheless; it
 *   names such a draw. The flow then has the parameters of the last step at which it was.
 * @see Prince, Understanding Deep Learning, section 16.5.3 and equation 16.25 (whose sum over points has no density, and no
 *   finite divergence: meant is the flow's); Rezende and Mohamed 2015, arXiv:1505.05770v6, equation 15.
 */
export async function fitToDensity(
  model: Flow,
  logDensity: LogDensity,
  options: FitToDensityOptions = {},
): Promise<FitToDensityHistory> {
  checkHas("fitToDensity", model, ["base", "bijection", "variables"], "a flow, flow(base, bijection)");
  if (typeof logDensity !== "function")
    throw new TypeError(
      `fitToDensity: expected logDensity, a function of events [n, ...event]; got ${describe(logDensity)}`,
    );
  const call = "fitToDensity(model, (x) => logDensityOf(x), { steps: 2000 })";
  const settings = drawSettings("fitToDensity", call, options);
  if (model.variables.length === 0)
    throw new RangeError(
      "fitToDensity: expected a flow with variables; it has none, and there is nothing to train",
    );
  checkDensity(model, logDensity, settings.seed);
  const { losses, ...rest } = await descendByDraws({
    model,
    settings,
    stream: "fitToDensity",
    objective: (z) =>
      withoutDomainErrors(() => {
        const { own, value } = push(model, z);
        const loss = tf.mean(tf.sub(own, logDensity(value)));
        return { loss: loss as tf.Scalar, state: model.state } satisfies Objective;
      }),
    notFinite: (step, loss, z) => notFinite(model, logDensity, step, loss, z),
    report: (progress) => settings.onProgress?.(progress),
  });
  return { loss: losses, ...rest };
}

/** What the flow makes of base points, and its own log-densities there. */
function push({ base, bijection }: Flow, z: tf.Tensor): { value: tf.Tensor; own: tf.Tensor } {
  const { value, logDet } = bijection.forward(z);
  const axes = base.eventShape.length - bijection.eventRank;
  return { value, own: tf.sub(base.logProb(z), sumEvent(logDet, axes)) };
}

/** Events of the first look, before the training: enough that a shape of one number or of one event shows. */
const FEW = 3;

function checkDensity(model: Flow, logDensity: LogDensity, seed: number): void {
  const who = "fitToDensity, logDensity";
  tidy(() => {
    const z = model.base.sample(FEW, random(seed).fork("fitToDensity, first look"));
    const { value } = withoutDomainErrors(() => model.bijection.forward(z));
    const found: unknown = logDensity(value);
    if (!(found instanceof tf.Tensor))
      throw new TypeError(`${who}: expected a tensor, one number for each event; got ${describe(found)}`);
    if (found.rank !== 1 || found.shape[0] !== FEW)
      throw new ShapeError(
        `${who}: expected one number for each of ${FEW} events, shape [${FEW}]; got [${found.shape}] of events ` +
          `[${value.shape}]: sum over the numbers of an event`,
      );
    try {
      tf.grad((x: tf.Tensor) => tf.sum(logDensity(x)))(value);
    } catch (error) {
      dropTape();
      throw new TypeError(
        `${who}: expected a result of tensor operations on the events, so that it has a gradient; its gradient cannot be ` +
          "computed. Numbers taken out of a tensor, as by dataSync, have none",
        { cause: error },
      );
    }
  });
}

function notFinite(
  model: Flow,
  logDensity: LogDensity,
  step: number,
  loss: number,
  z: tf.Tensor,
): NonFiniteLossError {
  const happened = `the loss was ${loss}`;
  if (Number.isFinite(loss)) {
    const where = "its gradient in the flow's parameters is not finite";
    return new NonFiniteLossError(step, happened, where, { remedy: "shorten gradients by clipNorm" });
  }
  const { value, own } = withoutDomainErrors(() => push(model, z));
  const given = Array.from(logDensity(value).dataSync());
  const bad = given.flatMap((one, i) => (Number.isFinite(one) ? [] : [i]));
  if (bad.length === 0 || !Array.from(own.dataSync()).every(Number.isFinite)) {
    return new NonFiniteLossError(
      step,
      happened,
      "the flow's own log-density is not finite at what it draws",
      {
        remedy: "shorten gradients by clipNorm",
      },
    );
  }
  const size = value.size / given.length;
  const numbers = Array.from(value.dataSync()).slice(
    bad[0] * size,
    Math.min(bad[0] * size + size, bad[0] * size + 4),
  );
  const event = `[${numbers.map((one) => Number(one.toPrecision(4))).join(", ")}${size > 4 ? ", …" : ""}]`;
  const where = `logDensity is ${given[bad[0]]} at ${bad.length} of ${plural(given.length, "draw")}, such as ${event}`;
  return new NonFiniteLossError(step, happened, where, {
    remedy:
      "let the flow draw only where the density is not 0, as with sigmoid and affine at the end of its chain, or begin where it is not",
  });
}
