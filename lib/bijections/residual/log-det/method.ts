import type { Linearized } from "../../../conditioners/contraction/contraction.ts";
import { tf } from "../../../engine/tf.ts";
import { checkOptions } from "../../../ground/arguments/check-options.ts";
import { aFew, aSeed, oneOf } from "../../../ground/arguments/kinds.ts";
import { describe } from "../../../ground/arguments/plain-numbers.ts";
import { random } from "../../../random/random.ts";
import type { Noise } from "../../bijection.ts";
import { exactLogDet } from "./exact.ts";
import { drawNoise, type NoiseKind } from "./noise.ts";
import { powerSeriesLogDet } from "./power-series.ts";

/** How log det(I + J) is computed: see {@link residual}. A series that ends at random would be another one, by its own option. */
export type LogDetMethod = "exact" | TruncatedSeries;

/** {@link powerSeriesLogDet}: the first K terms of the series, and their traces estimated. */
export type TruncatedSeries = {
  /** Terms K of the series. */
  readonly terms: number;
  /** Vectors ε for each event, over which the mean is taken; 1 if left out. */
  readonly samples?: number;
  /** What ε is drawn from; "rademacher", which has the lower variance, if left out. */
  readonly noise?: NoiseKind;
  /** Determines the vectors ε of densities and samples, which are the same for all events; 0 if left out. */
  readonly seed?: number;
};

/** A method for events of one shape. */
export interface LogDet {
  /** log det(I + J) in nats at n points, [n]. With the random numbers of a training step, if it is given them. */
  at(linearized: Linearized, drawn?: tf.Tensor): tf.Tensor;
  /** The method as a config keeps it. */
  readonly config: "exact" | Required<TruncatedSeries>;
  /** What a training step draws. */
  readonly noise?: Noise;
}

/** Numbers of an event up to which all columns of J are cheaper than a series. */
const SMALL = 8;
/** Numbers of an event up to which they are bearable. */
const LARGEST_EXACT = 64;

/** The method of the options, or the usual one for so many numbers. @throws RangeError if an option makes no sense. */
export function logDetOf(who: string, method: LogDetMethod | undefined, event: readonly number[]): LogDet {
  const size = event.reduce((product, length) => product * length, 1);
  const chosen = method ?? (size <= SMALL ? "exact" : { terms: 10 });
  if (typeof chosen !== "object" || chosen === null) {
    if (chosen !== "exact") {
      throw new TypeError(
        `${who}: expected logDet: "exact", or a series, { terms: 10 }; got ${describe(chosen)}`,
      );
    }
    if (size > LARGEST_EXACT) {
      throw new RangeError(
        `${who}: expected at most ${LARGEST_EXACT} numbers of an event for an exact logDet; got ${size}: take a series, ` +
          "{ terms: 10 }",
      );
    }
    return { config: "exact", at: (linearized) => exactLogDet(linearized, event) };
  }
  const series = completeSeries(who, chosen);
  const { terms, samples, noise, seed } = series;
  const fixed = drawNoise(noise, samples * size, random(seed).fork(`${who} noise`));
  return {
    config: series,
    at: (linearized, drawn) => {
      const vectors = drawn ? ofEachEvent(drawn, samples, event) : tf.tensor(fixed, [samples, 1, ...event]);
      return powerSeriesLogDet(linearized, vectors, terms);
    },
    noise: {
      size: samples * size,
      draw: (events, stream) =>
        tf.tensor2d(drawNoise(noise, events * samples * size, stream), [events, samples * size]),
    },
  };
}

function completeSeries(who: string, given: TruncatedSeries): Required<TruncatedSeries> {
  checkOptions(`${who}, logDet`, given, "residual({ network, logDet: { terms: 10 } })", {
    terms: aFew,
    samples: aFew,
    noise: oneOf("rademacher", "normal"),
    seed: aSeed,
  });
  const { terms, samples = 1, noise = "rademacher", seed = 0 } = given;
  for (const [name, value] of Object.entries({ terms, samples })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `${who}: expected ${name} ≥ 1 of the logDet, a whole number; got ${describe(value)}`,
    );
  }
  return { terms, samples, noise, seed };
}

/** [n, S·D] as [S, n, ...event]. */
function ofEachEvent(drawn: tf.Tensor, samples: number, event: readonly number[]): tf.Tensor {
  const [count] = drawn.shape;
  if (samples === 1) return tf.reshape(drawn, [1, count, ...event]);
  const rows = tf.transpose(tf.reshape(drawn, [count, samples, -1]), [1, 0, 2]);
  return tf.reshape(rows, [samples, count, ...event]);
}
