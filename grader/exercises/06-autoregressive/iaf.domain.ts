import type { Domain } from "../../domain/domain.ts";
import { fn, number, parameter, record, vector } from "../../harness/kinds.ts";
import {
  type Asked,
  iafLogDensity,
  logDensitySize,
  type Parts,
  pushOf,
  recoverOf,
  sizesOf,
} from "./autoregression.affine.ts";
import { isOpen, parts, regions } from "./autoregression.draws.ts";

/** What the conditioner's errors leave of the log-density of a sample, whose z is given exactly. */
const drawnSize = (made: Parts, z: readonly number[]): number =>
  logDensitySize(z, { ...sizesOf(made, z, true, false), moved: z.map(() => 0) });

/** Nine digits of the largest of the terms that are added; in float32 what so many roundings leave. */
const ofTerms = (sizes: (parts: Parts, point: readonly number[]) => number[]): Domain<Asked> => ({
  regions,
  allows: (_answer, ...[A, a, M, m, point]) => sizes([A, a, M, m], point).map((size) => 1e-9 * size),
  float32: (_answer, ...[A, a, M, m, point]) =>
    sizes([A, a, M, m], point).map((size) => (1 + point.length / 4) * size),
  open: isOpen,
});

export const domains = {
  iafSample: ofTerms((made, z) => [...sizesOf(made, z, true, false).moved, drawnSize(made, z)]),
  iafLogDensity: ofTerms((made, x) => [logDensitySize(recoverOf(made, x), sizesOf(made, x, false, true))]),
};

export interface Drawn {
  readonly x: number[];
  readonly logDensity: number;
}
export const sampleOf = (made: Parts, z: readonly number[]): Drawn => ({
  x: pushOf(made, z),
  logDensity: iafLogDensity(made, z),
});
export const densityOf = (made: Parts, x: readonly number[]): number =>
  iafLogDensity(made, recoverOf(made, x));

export const signatures = {
  iafSample: fn([...parts, parameter("z", vector)], record({ x: vector, logDensity: number })),
  iafLogDensity: fn([...parts, parameter("x", vector)], number),
};
