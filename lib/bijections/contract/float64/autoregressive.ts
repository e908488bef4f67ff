import type { Reference } from "../case.ts";
import type { Network } from "./network.ts";
import type { Scalar } from "./scalar-map.ts";

/** Each number transformed under parameters that a network computes of the data, generated group after group. */
export function exactAutoregressive(
  scalar: Scalar,
  network: Network,
  order: readonly (readonly number[])[],
): Reference {
  const { parameters } = scalar;
  const mapOf = (params: number[], i: number) =>
    scalar.at(params.slice(i * parameters, (i + 1) * parameters));
  return {
    forward: (z) =>
      order.reduce<number[]>(
        (x, group) => {
          const params = network(x);
          return group.reduce<number[]>((next, i) => next.with(i, mapOf(params, i).forward(z[i])), x);
        },
        z.map(() => 0),
      ),
    inverse: (x) => {
      const params = network(x);
      return x.map((v, i) => mapOf(params, i).inverse(v));
    },
  };
}
