import type { Reference } from "../case.ts";
import type { Network } from "./network.ts";
import type { Scalar, ScalarMap } from "./scalar-map.ts";

/** What a {@link exactCoupling} is made of. */
export interface CouplingParts {
  /** Whether number i of the flattened event is transformed. */
  readonly changes: (i: number) => boolean;
  readonly scalar: Scalar;
  readonly network: Network;
  /** The network sees the numbers that stay, or the whole event with zeros in place of the others. */
  readonly sees?: "what stays" | "everything";
}

/** Some numbers of an event transformed, one by one, under parameters that a network computes of those that stay. */
export function exactCoupling({ changes, scalar, network, sees = "what stays" }: CouplingParts): Reference {
  const { parameters } = scalar;
  const mapInputs = (event: number[], apply: (map: ScalarMap, value: number) => number) => {
    const whole = sees === "everything";
    const params = network(
      whole ? event.map((v, i) => (changes(i) ? 0 : v)) : event.filter((_, i) => !changes(i)),
    );
    let next = 0;
    return event.map((v, i) => {
      if (!changes(i)) return v;
      const at = whole ? i : next++;
      return apply(scalar.at(params.slice(at * parameters, (at + 1) * parameters)), v);
    });
  };
  return {
    forward: (z) => mapInputs(z, (map, v) => map.forward(v)),
    inverse: (x) => mapInputs(x, (map, v) => map.inverse(v)),
  };
}
