import { tf } from "../engine/tf.ts";
import { checkHas } from "../ground/arguments/check-options.ts";
import { aNumber, checkKind, listOf } from "../ground/arguments/kinds.ts";
import { describe } from "../ground/arguments/plain-numbers.ts";
import { ShapeError } from "../ground/errors.ts";
import type { Random } from "../random/random.ts";
import { checkDraw } from "./count.ts";
import type { Distribution } from "./distribution.ts";
import { pointsOf } from "./points.ts";

/**
 * Mixture of distributions: an event comes from component k with probability w_k.
 *
 * log p(z) = log Σ_k w_k p_k(z) nats, by logsumexp: finite however far from every component, −∞ outside all supports.
 *
 * There is no closed form of its entropy: `entropy` is undefined. An estimate is the mean of −log p over samples,
 * `−tf.mean(m.logProb(m.sample(10_000, random(1))))`. If a component has no `config`, neither has the mixture, and
 * {@link saveFlow} says so.
 *
 * @param components Distributions over events of one shape.
 * @param weights One positive number for each component, in any unit (they are divided by their sum); equal if left out.
 * @throws ShapeError if there is no component, or their event shapes differ.
 * @throws RangeError if the weights are not one positive number for each component.
 */
export function mixture(components: readonly Distribution[], weights?: readonly number[]): Distribution {
  const eventShape = commonShape(components);
  checkKind("mixture", "weights", weights, listOf(aNumber));
  const given = weights ?? components.map(() => 1);
  if (given.length !== components.length || !given.every((weight) => weight > 0 && weight < Infinity)) {
    throw new RangeError(
      `mixture: expected ${components.length} positive weights; got [${given.join(", ")}]`,
    );
  }
  const shares = sharesOf(given);
  const configs = components.flatMap(({ config }) => (config === undefined ? [] : [config]));
  return {
    eventShape,
    ...(configs.length === components.length
      ? { config: { type: "mixture", components: configs, weights: given } }
      : { lacking: `component ${components.findIndex(({ config }) => config === undefined)}` }),
    logProb: (z) =>
      tf.tidy(() => {
        const points = pointsOf("mixture", z, eventShape);
        const parts = components.map((part, k) => tf.add(part.logProb(points), Math.log(shares[k])));
        return logSumExp(tf.stack(parts, -1));
      }),
    sample: (count, random) => tf.tidy(() => sample(components, shares, count, random)),
  };
}

function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total < Infinity) return weights.map((weight) => weight / total);
  const heaviest = Math.max(...weights);
  return sharesOf(weights.map((weight) => weight / heaviest));
}

/** log Σ exp over the last axis; where all terms are −∞ so is the sum, and its gradient is 0; NaN where one is NaN. */
function logSumExp(terms: tf.Tensor): tf.Tensor {
  const largest = tf.max(terms, -1, true);
  const isReached = tf.greater(largest, -Infinity);
  const offset = tf.where(isReached, largest, tf.zerosLike(largest));
  const sum = tf.sum(tf.exp(tf.sub(terms, offset)), -1);
  const nothing = tf.equal(sum, 0);
  const logSum = tf.add(tf.log(tf.where(nothing, tf.onesLike(sum), sum)), tf.squeeze(offset, [-1]));
  return tf.where(nothing, tf.fill(sum.shape, -Infinity), logSum);
}

/** Draws from each component as many events as fell to it, then puts them in the order in which they fell. */
function sample(
  components: readonly Distribution[],
  shares: readonly number[],
  count: number,
  random: Random,
): tf.Tensor {
  checkDraw(count, random, components[0].eventShape);
  const chosen = random.uniform(count).map((u) => choose(shares, u));
  const drawn = components.map((part, k) =>
    part.sample(
      chosen.reduce((sum, choice) => sum + Number(choice === k), 0),
      random,
    ),
  );
  const next = components.map((_, k) => chosen.reduce((sum, choice) => sum + Number(choice < k), 0));
  const rows = chosen.map((choice) => next[choice]++);
  const present = drawn.filter((part) => part.size > 0);
  if (present.length === 0) return drawn[0];
  return tf.gather(tf.concat(present, 0), tf.tensor1d(rows, "int32"));
}

/** The k in whose part of [0, 1) the number lies. */
function choose(shares: readonly number[], u: number): number {
  let end = 0;
  const found = shares.findIndex((share) => {
    end += share;
    return u < end;
  });
  return found < 0 ? shares.length - 1 : found;
}

function commonShape(components: readonly Distribution[]): readonly number[] {
  if (!Array.isArray(components)) {
    throw new TypeError(
      `mixture: expected a list of distributions, mixture([one, other]); got ${describe(components)}`,
    );
  }
  for (const [k, one] of components.entries()) {
    checkHas(
      `mixture, component ${k}`,
      one,
      ["eventShape", "logProb", "sample"],
      "a distribution, such as normal()",
    );
  }
  if (components.length === 0) throw new ShapeError("mixture: expected at least one component; got none");
  const shapes = components.map(({ eventShape }) => `[${eventShape.join(", ")}]`);
  const other = shapes.find((shape) => shape !== shapes[0]);
  if (other === undefined) return components[0].eventShape;
  throw new ShapeError(
    `mixture: expected components with events of one shape; got ${shapes[0]} and ${other}`,
  );
}
