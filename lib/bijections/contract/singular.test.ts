import { describe, expect, test } from "vitest";
import { everyBackend } from "../../engine/backends.fixture.ts";
import { tf, useBackend } from "../../engine/tf.ts";
import { nameVariables } from "../../ground/variable-names.ts";
import { bijection } from "../building/builder.ts";
import { type BijectionCase, FAR, points, scatter } from "./case.ts";
import { checkFinite } from "./robustness.ts";
import { singularEvents } from "./singular.ts";
import { subject } from "./subject.ts";

/**
 * x = z + (z − c)/(2·(1 + ‖z − c‖)), whose slope is written down without a thought of its centre: √ has none at 0. The inverse
 * is in closed form, too.
 *
 * @param norm Of [..., 2] to [..., 1].
 */
function pushedFrom(centre: tf.Variable, norm: (y: tf.Tensor) => tf.Tensor) {
  const along = (r: tf.Tensor) => tf.add(1, tf.div(0.5, tf.square(tf.add(r, 1))));
  const across = (r: tf.Tensor) => tf.add(1, tf.div(0.5, tf.add(r, 1)));
  const logDet = (r: tf.Tensor) => tf.add(tf.log(along(r)), tf.log(across(r)));
  return bijection({
    name: "pushed",
    event: [2],
    variables: nameVariables({ centre }),
    forward: (z) => {
      const y = tf.sub(z, centre);
      return { value: tf.add(centre, tf.mul(y, across(norm(y)))), logDet: logDet(norm(y)) };
    },
    inverse: (x) => {
      const y = tf.sub(x, centre);
      const far = norm(y);
      // r + r/(2·(1 + r)) = R, a quadratic equation: r² + (3/2 − R)·r − R = 0.
      const half = tf.div(tf.sub(far, 1.5), 2);
      const r = tf.add(half, tf.sqrt(tf.add(tf.square(half), far)));
      return { value: tf.add(centre, tf.div(y, across(r))), logDet: tf.neg(logDet(r)) };
    },
  });
}

const unguarded = (y: tf.Tensor) => tf.sqrt(tf.sum(tf.square(y), -1, true));
const guarded = (y: tf.Tensor) => tf.sqrt(tf.add(tf.sum(tf.square(y), -1, true), 1e-12));

const described = (norm: (y: tf.Tensor) => tf.Tensor): BijectionCase => ({
  create: () => scatter(pushedFrom(tf.variable(tf.tensor1d([0.3, -0.8])), norm)),
  event: [2],
  z: points(2),
  // The contract's points and the usual extremes: none is the centre.
  extremeZ: FAR,
  extremeX: FAR,
  reference: () => ({ forward: (z) => z, inverse: (x) => x }),
});

describe.each(everyBackend())("on %s", (backend) => {
  test.each(["forward", "inverse"] as const)(
    "a norm without a guard at the centre is found, %s",
    (direction) => {
      useBackend(backend);
      tf.tidy(() => {
        expect(() => checkFinite(subject(described(unguarded)), direction)).toThrow(
          /gradient in .* not finite/,
        );
        checkFinite(subject(described(guarded)), direction);
      });
    },
  );
});

test("zero, centres among the variables, and what the case names are tried, where the domain has them", () => {
  tf.tidy(() => {
    const s = subject(described(guarded));
    const centre = Array.from(s.bijection.variables[0].dataSync());
    const z = singularEvents(s, "forward");
    expect(z).toContainEqual([0, 0]);
    expect(z).toContainEqual([0, s.inputs.forward[0][1]]);
    expect(z).toContainEqual(centre);
    expect(z).toContainEqual(centre.map((v) => -v));
    const named = { ...s, case: { ...s.case, singular: () => ({ z: [[5, 6]], x: [[7, 8]] }) } };
    expect(singularEvents(named, "forward")).toContainEqual([5, 6]);
    expect(singularEvents(named, "inverse")).toContainEqual([7, 8]);
    const positive = { ...s, case: { ...s.case, extremeZ: [0.01, 1e4] } };
    expect(singularEvents(positive, "forward")).toEqual([]);
  });
});
