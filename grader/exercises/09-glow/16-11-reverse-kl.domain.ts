import type { Domain } from "../../domain/domain.ts";
import {
  boolean,
  derivation,
  fn,
  map,
  number,
  parameter,
  record,
  text,
  vector,
} from "../../harness/kinds.ts";
import { buildMap } from "../../harness/maps.ts";
import { type Descent, descents, type Loss, losses } from "./16-11-reverse-kl.draws.ts";

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** What the loss of one z adds up: log Pr(z), log |f′(z)| and log q(f(z)). */
export function lossTerms([z, f, slope, q]: Loss): { base: number; stretch: number; target: number }[] {
  const [map, steep, density] = [f, slope, q].map(buildMap);
  return z.map((v) => ({
    base: -(v * v) / 2 - Math.log(2 * Math.PI) / 2,
    stretch: Math.log(Math.abs(steep(v))),
    target: Math.log(density(map(v))),
  }));
}

export const lossTruth = (asked: Loss): number =>
  mean(lossTerms(asked).map(({ base, stretch, target }) => base - stretch - target));

/** For each z the number itself, and ∂ log q/∂x at its image. */
export function scores([z, a, b, q, qSlope]: Descent): { v: number; score: number }[] {
  const [density, steep] = [q, qSlope].map(buildMap);
  return z.map((v) => {
    const x = Math.exp(a) * v + b;
    return { v, score: steep(x) / density(x) };
  });
}

/** [∂/∂a, ∂/∂b] of the mean of log Pr(z) − a − log q(eᵃz + b). */
export function gradientTruth(asked: Descent): [number, number] {
  const scale = Math.exp(asked[1]);
  const each = scores(asked);
  return [-1 - mean(each.map(({ v, score }) => score * scale * v)), -mean(each.map(({ score }) => score))];
}

/** Nine digits of the largest of the terms that are added. */
const NINE_DIGITS = 1e-9;

export const lossDomain: Domain<Loss> = {
  regions: losses,
  allows: (_answer, ...asked) =>
    NINE_DIGITS *
    mean(
      lossTerms(asked).map(
        ({ base, stretch, target }) => Math.abs(base) + Math.abs(stretch) + Math.abs(target),
      ),
    ),
  float32: false,
};

export const gradientDomain: Domain<Descent> = {
  regions: descents,
  allows(_answer, ...asked) {
    const scale = Math.exp(asked[1]);
    const each = scores(asked);
    return [
      NINE_DIGITS * (1 + mean(each.map(({ v, score }) => Math.abs(score * scale * v)))),
      NINE_DIGITS * (1 + mean(each.map(({ score }) => Math.abs(score)))),
    ];
  },
  float32: false,
};

export const signatures = {
  klSteps: fn([], derivation),
  reverseLoss: fn(
    [parameter("z", vector), parameter("f", map), parameter("slope", map), parameter("q", map)],
    number,
  ),
  reverseGradient: fn(
    [
      parameter("z", vector),
      parameter("a", number),
      parameter("b", number),
      parameter("q", map),
      parameter("qSlope", map),
    ],
    record({ a: number, b: number }),
  ),
  needed: fn([], record({ inverse: boolean, oneToOne: boolean, integral: boolean })),
  fold: fn([], record({ mass: number, gap: number })),
  reasoning: fn([], text),
};
