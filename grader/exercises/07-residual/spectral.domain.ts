import type { Domains } from "../../exercise.ts";
import { fn, matrix, number, parameter, record, vector } from "../../harness/kinds.ts";
import { boundsDomain, limitDomain } from "./spectral.bounds.ts";
import { iterationDomain, stepDomain } from "./spectral.iteration.ts";

export const domains = {
  powerStep: stepDomain,
  spectralNorm: iterationDomain,
  crudeBounds: boundsDomain,
  limitNorm: limitDomain,
} satisfies Domains<typeof signatures>;

export const signatures = {
  powerStep: fn(
    [parameter("weights", matrix), parameter("u", vector)],
    record({ u: vector, v: vector, norm: number }),
  ),
  spectralNorm: fn(
    [parameter("weights", matrix), parameter("u", vector), parameter("steps", number)],
    number,
  ),
  crudeBounds: fn([parameter("weights", matrix)], record({ frobenius: number, rowsAndColumns: number })),
  limitNorm: fn(
    [parameter("weights", matrix), parameter("norm", number), parameter("limit", number)],
    matrix,
  ),
};
