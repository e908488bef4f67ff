import { expect, test } from "vitest";
import { uniform } from "../../distributions/uniform.ts";
import { vonMises } from "../../distributions/von-mises.ts";
import { tf } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { random } from "../../random/random.ts";
import { fit } from "../../training/fit.ts";
import { chain } from "../composition/chain.ts";
import { rationalQuadraticSpline } from "./rational-quadratic-spline.ts";
import { rotation } from "./rotation.ts";

const turnedBy = (angle: number, period?: number) => {
  const map = rotation(period === undefined ? {} : { period });
  map.variables[0].assign(tf.scalar(angle));
  return map;
};
const numbers = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

test("a rotation leads over the end of the circle to its beginning, and back", () => {
  const map = turnedBy(1);
  const { value, logDet } = map.forward(tf.tensor1d([0, 3, -3]));
  expect(numbers(value)).toEqual([1, 4 - 2 * Math.PI, -2].map((v) => expect.closeTo(v, 6)));
  expect(numbers(logDet)).toEqual([0, 0, 0]);
  expect(numbers(map.inverse(value).value)).toEqual([0, 3, -3].map((v) => expect.closeTo(v, 6)));
  expect(numbers(turnedBy(5, 24).forward(tf.tensor1d([11, -11])).value)).toEqual([-8, -6]);
});

test("whole turns more make no difference, of the angle or of the points", () => {
  const z = tf.tensor1d([-2, 0.5, 3]);
  const once = numbers(turnedBy(0.7).forward(z).value);
  const more = turnedBy(0.7 + 4 * Math.PI).forward(tf.sub(z, 2 * Math.PI)).value;
  expect(numbers(more)).toEqual(once.map((v) => expect.closeTo(v, 5)));
});

test("it never leaves the circle, so that a uniform base has a density everywhere", () => {
  const base = uniform(-Math.PI, Math.PI);
  const angles = random(3).uniformTensor([20_000], -Math.PI, Math.PI);
  for (const angle of [-Math.PI, -1, 1e-7, 2, 3.14, 100]) {
    const densities = numbers(flow(base, turnedBy(angle)).logProb(angles));
    expect(densities.every((v) => Math.abs(v + Math.log(2 * Math.PI)) < 1e-6)).toBe(true);
  }
});

test("it learns where a peak lies, across ±π", async () => {
  const concentration = 3;
  const data = vonMises({ mean: 2.9, concentration }).sample(4000, random(5));
  const model = flow(vonMises({ concentration }), rotation());
  await fit(model, data, { steps: 150, batchSize: 4000, learningRate: 0.1 });
  // The standard error of the mean direction is 1/√(4000·κ·I₁(κ)/I₀(κ)) = 0.01.
  const [angle] = numbers(model.variables[0]);
  expect(Math.abs(angle - 2.9)).toBeLessThan(0.03);
});

test("with it, a circular spline moves ±π, which it leaves in its place alone", () => {
  const spline = rationalQuadraticSpline({ bins: 4, circular: true });
  spline.variables[0].assign(random(1).normalTensor(spline.variables[0].shape));
  const end = Math.fround(Math.PI);
  const [alone] = numbers(spline.forward(tf.tensor1d([end])).value);
  const [turned] = numbers(chain([spline, turnedBy(1)]).forward(tf.tensor1d([end])).value);
  expect([alone, turned]).toEqual([expect.closeTo(end, 5), expect.closeTo(1 - Math.PI, 5)]);
});

test.each([0, -1, Number.NaN, Infinity])("a period of %d is refused", (period) => {
  expect(() => rotation({ period })).toThrow(`positive, finite period; got ${period}`);
});
