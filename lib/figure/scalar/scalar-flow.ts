import { checkHas } from "../../ground/arguments/check-options.ts";
import { normalDensity } from "../../ground/functions/normal-functions.ts";
import { linspace } from "../linspace.ts";
import type { ScalarFunction, ScalarMap } from "./scalar-map.ts";
import { type ModelFlow, tabulate } from "./tabulated-flow.ts";

/** A one-dimensional flow x = f(z) as the figures take it: functions of numbers, or one that is made of tensors. */
export type ScalarFlow = ScalarMap | ModelFlow;

/** A {@link ScalarFlow} with everything filled in and checked. */
export interface CompleteFlow {
  readonly forward: ScalarFunction;
  readonly derivative: ScalarFunction;
  readonly base: ScalarFunction;
  readonly zRange: readonly [number, number];
  /** The image of `zRange`, lower end first. */
  readonly xRange: readonly [number, number];
  /** z = f⁻¹(x) for x in `xRange`, by bisection down to the last bit. */
  readonly inverse: ScalarFunction;
  /** Pr(x) = Pr(z) / |∂f/∂z| at z = f⁻¹(x). */
  readonly density: ScalarFunction;
}

/**
 * Fills in a flow's defaults.
 *
 * @throws RangeError if f is not finite or not strictly monotone on `zRange`: then it has no inverse there.
 * @throws ShapeError if the flow is made of tensors, and not of one number.
 */
export function completeFlow(flow: ScalarFlow): CompleteFlow {
  if (!("flow" in flow))
    checkHas("figure", flow, ["forward"], "a map, { forward: (z) => 2 * z }, or a flow, { flow: model }");
  const map = "flow" in flow ? tabulate(flow) : flow;
  const { forward, base = normalDensity, zRange = [-3, 3] } = map;
  const derivative = map.derivative ?? numericDerivative(forward);
  checkMonotone(forward, zRange);
  const ends = [forward(zRange[0]), forward(zRange[1])] as const;
  const xRange = [Math.min(...ends), Math.max(...ends)] as const;
  const inverse = (x: number) => bisect(forward, x, zRange, ends[0] < ends[1]);
  const density = (x: number) => {
    const z = inverse(x);
    return base(z) / Math.abs(derivative(z));
  };
  return { forward, derivative, base, zRange, xRange, inverse, density };
}

function numericDerivative(f: ScalarFunction): ScalarFunction {
  return (at) => {
    const h = 1e-3 * Math.max(1, Math.abs(at));
    return (8 * (f(at + h) - f(at - h)) - (f(at + 2 * h) - f(at - 2 * h))) / (12 * h);
  };
}

function checkMonotone(f: ScalarFunction, [low, high]: readonly [number, number]): void {
  if (!(low < high))
    throw new RangeError(`figure: expected zRange with its lower end first; got [${low}, ${high}]`);
  const grid = linspace(low, high, 257);
  const values = grid.map(f);
  const sign = Math.sign((values.at(-1) ?? 0) - (values[0] ?? 0));
  const bad = grid.findIndex(
    (_, i) => i > 0 && !(Math.sign((values[i] ?? 0) - (values[i - 1] ?? 0)) === sign),
  );
  if (sign === 0 || bad >= 0 || Number.isNaN(sign)) {
    const [a, b] = [Math.max(0, bad - 1), Math.max(1, bad)];
    throw new RangeError(
      `figure: expected f to rise or to fall; f has no inverse on [${low}, ${high}]: f(${grid[a]}) = ${values[a]} and f(${grid[b]}) = ${values[b]} ` +
        "break its direction; choose a strictly monotone f or a narrower zRange",
    );
  }
}

function bisect(
  f: ScalarFunction,
  x: number,
  [from, to]: readonly [number, number],
  rising: boolean,
): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) < x === rising) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
