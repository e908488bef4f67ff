import { describe, expect, test } from "vitest";
import { everyBackend, needingBackend } from "../engine/backends.fixture.ts";
import { compile } from "../engine/compile/compile.ts";
import { tf, useBackend } from "../engine/tf.ts";
import type { Bijection } from "./bijection.ts";
import { logit, sigmoid } from "./elementwise/sigmoid.ts";
import { softplus } from "./elementwise/softplus.ts";
import { tanh } from "./elementwise/tanh.ts";

const onTensorflow = needingBackend("tensorflow");

test.each(everyBackend())("on %s, tanh has the log-slope −∞ at both ends of the line", (backend) => {
  useBackend(backend);
  const { logDet } = tanh().forward(tf.tensor1d([-Infinity, -3e38, -40, 0, 40, 3e38, Infinity]));
  const [first, second, ...others] = logDet.dataSync();
  expect([first, second, ...others.slice(-2)]).toEqual([-Infinity, -Infinity, -Infinity, -Infinity]);
  // log(1 − tanh² 40) = 2·(log 2 − 40) to the last digit
  const far = 2 * (Math.LN2 - 40);
  expect(others.slice(0, 3)).toEqual([far, 0, far].map((v) => expect.closeTo(v, 4)));
  expect(
    tf
      .grad((z) => tanh().forward(z).logDet)(tf.tensor1d([-0.5]))
      .dataSync()[0],
  ).toBeCloseTo(2 * Math.tanh(0.5), 5);
});

const OUTSIDE: [string, (x: tf.Tensor) => ReturnType<Bijection["inverse"]>, number, RegExp][] = [
  ["sigmoid", (x) => sigmoid().inverse(x), 1.25, /from 0 to 1; got 0.5 to 1.25/],
  ["logit", (x) => logit().forward(x), -0.25, /from 0 to 1; got -0.25 to 0.5/],
  ["tanh", (x) => tanh().inverse(x), -1.5, /tanh: .* from -1 to 1; got -1.5 to 0.5/],
  ["softplus", (x) => softplus().inverse(x), -3, /of at least 0; got -3 to 0.5/],
];

describe.each(OUTSIDE)("%s, of a number that it does not reach", (_, map, outside, message) => {
  test("is an error that tells the range", () => {
    expect(() => map(tf.tensor1d([0.5, outside]))).toThrow(message);
    expect(() => map(tf.tensor1d([0.5, Number.NaN]))).toThrow(RangeError);
    expect(map(tf.zeros([0])).value.shape).toEqual([0]);
  });

  onTensorflow.test("has the density 0 in a compiled graph", () => {
    useBackend("tensorflow");
    const logDet = compile((x: tf.Tensor) => map(x).logDet);
    const inside = logDet(tf.tensor1d([0.5, 0.25])).dataSync();
    const [within, without] = logDet(tf.tensor1d([0.5, outside])).dataSync();
    expect(logDet.info().mode).toBe("graph");
    expect([within, without]).toEqual([inside[0], -Infinity]);
    logDet.dispose();
  });
});
