import { beforeAll, describe, expect, test } from "vitest";
import { everyBackend } from "../backends.fixture.ts";
import type { Backend } from "../load.ts";
import { tf, useBackend } from "../tf.ts";
import { UnsupportedError } from "../unsupported.ts";
import type { Call, Operations } from "./call.fixture.ts";
import {
  differentiable,
  slopesByDifferences,
  slopesByGradient,
  type Values,
  valuesOf,
} from "./judge.fixture.ts";
import { CALLS, exportedOperations } from "./listed.fixture.ts";
import { asMethods } from "./methods.fixture.ts";
import { loadOracle } from "./oracle.fixture.ts";
import { REFUSED } from "./refused.fixture.ts";

const oracle = loadOracle();
const right = {
  values: once((call) => valuesOf(oracle, call, call.reference ?? call.run)),
  slopes: once((call) => slopesByDifferences(oracle, call)),
};

/** What is right is so on every backend. */
function once<R>(compute: (call: Call) => R): (call: Call) => R {
  const known = new Map<Call, R>();
  return (call) => {
    const result = known.get(call) ?? compute(call);
    known.set(call, result);
    return result;
  };
}

test("every operation that tf exports is called, and nothing else is", () => {
  const exported = exportedOperations(tf);
  expect(exported.length).toBeGreaterThan(200);
  expect(exported.filter((name) => !(name in CALLS))).toEqual([]);
  // The same function may have a second name, as tf.spectral.fft.
  const exists = (name: string) => name.split(".").reduce((at: Operations, key) => at?.[key], tf);
  expect(Object.keys(CALLS).filter((name) => !exists(name))).toEqual([]);
});

describe.each(everyBackend())("on %s", (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(Object.entries(CALLS))("%s", async (name, calls) => {
    const faults: string[] = [];
    for (const call of calls) {
      const say = (what: string, fault: string | undefined) => {
        if (fault) faults.push(`${call.label || "plainly"}: ${what} ${fault}`);
      };
      const value = await outcome(() => valuesOf(tf, call, call.run));
      const judged = await judgeValue(name, backend, call, value);
      if (judged !== REFUSAL) say("the value", judged);
      if ("error" in value || differentiable(call).length === 0 || name.endsWith("Async")) continue;
      const expected = right.slopes(call);
      const first = judgeSlopes(name, call, 1, expected.first);
      if (first === REFUSAL) continue;
      say("the gradient", first);
      const second = judgeSlopes(name, call, 2, expected.second);
      if (second !== REFUSAL) say("the second derivative", second);
    }
    expect(faults).toEqual([]);
  });
});

describe("as methods of a tensor", () => {
  beforeAll(() => useBackend("cpu"));

  test.each(Object.keys(CALLS).filter((name) => name in tf.Tensor.prototype))("%s", async (name) => {
    for (const call of CALLS[name]) {
      const expected = await outcome(() => valuesOf(tf, call, call.run));
      if ("error" in expected) continue;
      expect(await valuesOf(asMethods(tf), call, call.run), call.label).toEqual(expected.result);
    }
  });
});

/** Refused as listed, with the reason and the remedy. */
const REFUSAL = "refused";

type Outcome<R> = { readonly result: R } | { readonly error: unknown };

async function outcome<R>(run: () => R | Promise<R>): Promise<Outcome<R>> {
  try {
    return { result: await run() };
  } catch (error) {
    return { error };
  }
}

/** Nothing if it is right, or refused as listed. */
async function judgeValue(
  name: string,
  backend: Backend,
  call: Call,
  got: Outcome<Values>,
): Promise<string | undefined> {
  if ("error" in got) return judgeRefusal(`${name} on ${backend}`, name, got.error);
  if (REFUSED.value.some((pattern) => pattern.test(`${name} on ${backend}`)))
    return "is listed as refused, and is given";
  const expected = (await right.values(call)).results;
  const { results } = got.result;
  if (results.length !== expected.length) return `is ${results.length} tensors; expected ${expected.length}`;
  for (const [i, { dtype, shape, values }] of results.entries()) {
    const wanted = expected[i];
    const kind = `${dtype} [${shape}]`;
    if (kind !== `${wanted.dtype} [${wanted.shape}]`)
      return `is ${kind}; expected ${wanted.dtype} [${wanted.shape}]`;
    const place = values.findIndex((value, k) => !isClose(value, wanted.values[k], 2e-5));
    if (place >= 0) return `is ${values[place]} at ${place}; expected ${wanted.values[place]}`;
  }
  return undefined;
}

/**
 * float32 keeps 6e-8 of a number; a result here is made of at most some hundred, in an order of the backend's own.
 */
function isClose(value: number, expected: number, tolerance: number): boolean {
  const rounded = Math.fround(expected);
  if (Object.is(value, rounded) || value === rounded || value === expected) return true;
  if (Number.isNaN(expected)) return Number.isNaN(value);
  return Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected));
}

function judgeSlopes(
  name: string,
  call: Call,
  order: 1 | 2,
  expected: readonly (readonly number[])[],
): string | undefined {
  const smooth = expected.flat().filter(Number.isFinite);
  let slopes: number[][];
  try {
    slopes = slopesByGradient(tf, call, order);
  } catch (error) {
    // What does not depend on its input at all has no gradient to differentiate.
    if (smooth.every((slope) => Math.abs(slope) < 1e-3) && String(error).includes("encloses all operations"))
      return undefined;
    return judgeRefusal(order === 1 ? name : `${name} twice`, name, error);
  }
  // The second derivative is a sum of some hundred products of first ones, each of them rounded.
  const tolerance = (order === 1 ? 5e-5 : 2e-4) * Math.max(1, ...smooth.map(Math.abs));
  for (const [i, row] of expected.entries()) {
    const place = row.findIndex(
      (slope, k) => Number.isFinite(slope) && !(Math.abs(slopes[i][k] - slope) <= tolerance),
    );
    if (place >= 0) return `is ${slopes[i][place]} at ${place} of input ${i}; expected ${row[place]}`;
  }
  return undefined;
}

function judgeRefusal(what: string, name: string, error: unknown): string | undefined {
  const message = String(error instanceof Error ? error.message : error);
  const patterns = [...REFUSED.value, ...REFUSED.gradient, ...REFUSED.second];
  const named = error instanceof UnsupportedError && message.includes(": ");
  // The library's own words for a tensor of the wrong type name the type that it takes.
  const typed = /must be float32 tensor, but got (int32|bool) tensor/.test(message);
  if (typed || (named && patterns.some((pattern) => pattern.test(what)))) return REFUSAL;
  return `of ${name} fails: ${message.split("\n")[0]}`;
}
