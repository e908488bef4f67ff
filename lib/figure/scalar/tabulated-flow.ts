import type { Bijection } from "../../bijections/bijection.ts";
import { checkBijection } from "../../bijections/building/check-bijection.ts";
import { asFloat } from "../../engine/as-float.ts";
import { tf } from "../../engine/tf.ts";
import { tidy } from "../../engine/tidy.ts";
import type { Flow } from "../../flows/flow.ts";
import { ShapeError } from "../../ground/errors.ts";
import { sumEvent } from "../../ground/sum-event.ts";
import { linspace } from "../linspace.ts";
import type { ScalarFunction, ScalarMap } from "./scalar-map.ts";

/** A flow of one number, made of tensors: it is evaluated once, on a fine grid of z, and interpolated. */
export interface ModelFlow {
  /** A flow, with the density of its base, or a bijection. Its events hold one number. */
  readonly flow: Flow | Bijection;
  /** Pr(z) for a bijection; by default the standard normal density. */
  readonly base?: ScalarFunction;
  /** The part of the z axis that is shown; by default [−3, 3]. */
  readonly zRange?: readonly [number, number];
  /** What the flow is conditioned on, [C]. */
  readonly context?: tf.Tensor | tf.TensorLike;
}

/** Nodes of the grid: with 1/1400 of a unit between them, what interpolation adds is not seen in four digits. */
const NODES = 8193;
/** From this ratio of the slopes at two neighbouring nodes on, the map bends between them. */
const BEND = 1.05;

/**
 * A flow made of tensors as functions of one number: its values, its slopes ±exp(logDet) and the density of its base are
 * computed on a grid in one call, and are straight lines between the nodes; where the map bends, its graph is the
 * tangents of both nodes up to where they meet.
 *
 * @throws ShapeError if an event does not hold one number.
 */
export function tabulate(options: ModelFlow): ScalarMap {
  if (!("bijection" in Object(options.flow))) checkBijection("figure", options.flow as Bijection);
  const { zRange = [-3, 3] } = options;
  const { values, slopes, density } = evaluate(options, linspace(...zRange, NODES));
  const width = (zRange[1] - zRange[0]) / (NODES - 1);
  const bends = slopes.slice(1).map((_, i) => bendBetween(values, slopes, i, width));
  const cellOf = (z: number) => {
    const place = Math.min(NODES - 1, Math.max(0, (z - zRange[0]) / width));
    const left = Math.min(NODES - 2, Math.floor(place));
    return { left, share: place - left, bend: bends[left] };
  };
  const line = (at: readonly number[], left: number, share: number) =>
    share === 0 ? at[left] : (1 - share) * at[left] + share * at[left + 1];
  const base = density ? (z: number) => line(density, cellOf(z).left, cellOf(z).share) : options.base;
  return {
    forward: (z) => {
      const { left, share, bend } = cellOf(z);
      if (bend === undefined) return line(values, left, share);
      return share < bend
        ? values[left] + slopes[left] * share * width
        : values[left + 1] - slopes[left + 1] * (1 - share) * width;
    },
    derivative: (z) => {
      const { left, share, bend } = cellOf(z);
      return bend === undefined ? line(slopes, left, share) : slopes[share < bend ? left : left + 1];
    },
    ...(base && { base }),
    zRange,
  };
}

/** Values, slopes and, of a flow, the density of the base, at all nodes in one call. */
function evaluate({ flow, context }: ModelFlow, nodes: readonly number[]) {
  const [bijection, base] = "bijection" in flow ? [flow.bijection, flow.base] : [flow, undefined];
  const event = base?.eventShape ?? Array<number>(bijection.eventRank).fill(1);
  if (event.some((length) => length !== 1)) {
    throw new ShapeError(`figure: expected a flow of one number; its events have shape [${event}]`);
  }
  return tidy(() => {
    const z = tf.tensor([...nodes], [NODES, ...event], "float32");
    const { value, logDet } = bijection.forward(
      z,
      context === undefined ? undefined : asFloat(context, "figure, context"),
    );
    const values = Array.from(value.dataSync());
    const sign = Math.sign(values[NODES - 1] - values[0]);
    const sizes = tf.exp(sumEvent(logDet, event.length - bijection.eventRank)).dataSync();
    const density = base && Array.from(tf.exp(base.logProb(z)).dataSync());
    return { values, slopes: Array.from(sizes, (size) => sign * size), density };
  });
}

/** The share of the way from node i to the next at which their tangents meet, if the map bends there. */
function bendBetween(
  values: readonly number[],
  slopes: readonly number[],
  i: number,
  width: number,
): number | undefined {
  const ratio = slopes[i + 1] / slopes[i];
  if (ratio < BEND && ratio > 1 / BEND) return undefined;
  const rise = (values[i + 1] - values[i]) / width;
  const share = (rise - slopes[i + 1]) / (slopes[i] - slopes[i + 1]);
  return share >= 0 && share <= 1 ? share : undefined;
}
