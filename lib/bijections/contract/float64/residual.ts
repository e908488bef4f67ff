import type { Direction, Reference } from "../case.ts";
import { jacobianByDifferences } from "../jacobian.ts";
import { activations, lipSwish } from "./activation.ts";
import { times } from "./matrix.ts";
import type { Network } from "./network.ts";
import type { Weights } from "./weights.ts";

/** A layer's linear part for given weights, without its biases. */
export type LinearPart = (weights: number[]) => Network;

/** Layers W_k/max(1, ‖W_k v_k‖/L^(1/K)) with biases, and between them LipSwish or tanh. */
export function exactContraction(
  read: Weights,
  layers: readonly LinearPart[],
  { lipschitz, activation }: { readonly lipschitz: number; readonly activation: "lipSwish" | "tanh" },
): Network {
  const most = lipschitz ** (1 / layers.length);
  const all = layers.map((linear, k) => {
    const [weights, biases] = [read.variable(), read.variable()];
    const sharpness = activation === "lipSwish" && k < layers.length - 1 ? read.variable()[0] : 0;
    const stretch = Math.hypot(...linear(weights)(read.state()));
    const apply = linear(weights.map((w) => w / Math.max(1, stretch / most)));
    const add = (values: number[]) => values.map((v, i) => v + biases[i % biases.length]);
    const bend = (v: number) => (activation === "lipSwish" ? lipSwish(v, sharpness) : activations.tanh(v));
    return (h: number[]) => (k < layers.length - 1 ? add(apply(h)).map(bend) : add(apply(h)));
  });
  return (z) => all.reduce((h, layer) => layer(h), z);
}

/** x W for W [inputs, outputs], flattened. */
export const densePart: LinearPart = (weights) => (x) => {
  const outputs = weights.length / x.length;
  return Array.from({ length: outputs }, (_, j) =>
    x.reduce((sum, v, i) => sum + v * weights[i * outputs + j], 0),
  );
};

/** What is added to the input, and how logDet is estimated, if it is. */
interface ResidualParts {
  readonly network: Network;
  /** The direction that adds. */
  readonly closed: Direction;
  /** Vectors ε, and terms of the series. */
  readonly series?: { readonly noise: readonly number[][]; readonly terms: number };
}

/** z + f(z), and back by as many iterations as double precision can use. */
export function exactResidual({ network, closed, series }: ResidualParts): Reference {
  const add = (z: number[]) => network(z).map((f, i) => z[i] + f);
  const solve = (x: number[]) => {
    let z = x;
    for (let k = 0; k < 2000; k++) {
      const next = network(z).map((f, i) => x[i] - f);
      const change = Math.max(...next.map((v, i) => Math.abs(v - z[i])));
      z = next;
      if (!(change > 1e-16 * Math.max(1, ...x.map(Math.abs)))) break;
    }
    return z;
  };
  const maps = closed === "forward" ? { forward: add, inverse: solve } : { forward: solve, inverse: add };
  if (!series) return maps;
  const ofSum = (z: number[]) => estimateOf(network, z, series);
  const ofSolution = (x: number[]) => -ofSum(solve(x));
  const estimate =
    closed === "forward" ? { forward: ofSum, inverse: ofSolution } : { forward: ofSolution, inverse: ofSum };
  return { ...maps, estimate };
}

/** Σ_k (−1)^(k−1)/k·εᵀJ^k ε, the mean over all ε. */
function estimateOf(
  network: Network,
  z: number[],
  { noise, terms }: NonNullable<ResidualParts["series"]>,
): number {
  const jacobian = jacobianByDifferences(network, z);
  const sums = noise.map((epsilon) => {
    let power: number[] = [...epsilon];
    let sum = 0;
    for (let k = 1; k <= terms; k++) {
      power = times(jacobian, power);
      sum += ((k % 2 === 1 ? 1 : -1) / k) * power.reduce((total, v, i) => total + v * epsilon[i], 0);
    }
    return sum;
  });
  return sums.reduce((a, b) => a + b, 0) / noise.length;
}
