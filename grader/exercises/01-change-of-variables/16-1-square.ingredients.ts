/** What wrong answers to this exercise are made of. */

import { type Mixture, mix, type Option } from "../../diagnosis/mixture.ts";
import { back, endOf, type Square } from "./16-1-square.domain.ts";
import { type Curve, constants, factors, normal } from "./density.ingredients.ts";

export function squareMixtures(of: Square): readonly Mixture<Curve>[] {
  const { factor, width } = of;
  const end = endOf(of);
  // What can be left out of a learner's own numbers; the textbook's are 1.
  const rootAlone = { use: Math.sqrt, says: `the ${factor} is left out on the way back` };
  const slopeAlone = { use: (z: number) => 2 * z, says: `the ${factor} is left out of the slope` };
  const one = { use: () => 1, says: `the base density is 1, though $z$ is spread over $[0, ${width}]$` };
  const where = <A>(isOther: boolean, option: A): A[] => (isOther ? [option] : []);
  return mix(
    {
      back: [
        { use: (x) => back(of, x) },
        ...where(factor !== 1, rootAlone),
        { use: (x) => x, says: "$z$ is $x$ itself" },
        { use: (x) => x * x, says: "$z$ is the square of $x$, which goes forward and not back" },
        { use: (x) => 1 - x, says: "$z$ is $1 - x$" },
        { use: (x) => Math.sqrt(1 - x), says: "$x$ is mirrored: $1 - x$ stands where $x$ should" },
        { use: (x) => 1 - Math.sqrt(x), says: "$z$ is mirrored: $1 - z$ stands where $z$ should" },
        { use: Math.cbrt, says: "$z$ is the cube root of $x$, though $f$ is $z^2$" },
        { use: (x) => x ** 0.25, says: "the root is taken twice" },
        { use: (x) => x / 2, says: "$z$ is half of $x$" },
        { use: (x) => 1 / x, says: "$z$ is $1/x$: the inverse function is not the reciprocal" },
        { use: Math.log, says: "$z$ is the logarithm of $x$" },
        { use: Math.exp, says: "$z$ is the exponential of $x$" },
        { use: (x) => Math.sqrt(x + 1), says: "$z$ belongs to $x + 1$" },
      ] satisfies Option<Curve>[] as readonly Option<Curve>[],
      slope: [
        { use: (z) => 2 * factor * z },
        ...where(factor !== 1, slopeAlone),
        { use: (z) => z, says: "the slope is $z$: its factor is lost" },
        { use: (z) => factor * z * z, says: "the slope is $f(z)$ itself, not differentiated" },
        { use: (z) => 3 * z * z, says: "the slope is that of $z^3$, though $f$ is $z^2$" },
        { use: (z) => 2 * z * z, says: "the slope is differentiated with its exponent kept" },
        { use: (z) => z / 2, says: "the slope is $z/2$" },
        { use: (z) => 1 / (2 * Math.sqrt(z)), says: "the slope is that of the root, not that of $f$" },
        { use: (z) => 1 / (2 * z), says: "the slope is already turned upside down" },
        { use: () => 2, says: "the slope is the number 2" },
        { use: (z) => 2 + z, says: "the slope is a sum, $2 + z$" },
        { use: (z) => 2 * z + 1, says: "the slope is that of $z^2 + z$" },
      ] as readonly Option<Curve>[],
      base: [
        { use: () => 1 / width },
        ...where(width !== 1, one),
        { use: normal, says: "the base density is the normal one, though $z$ is uniform" },
        { use: (z) => z, says: "$z$ stands in place of its density" },
        { use: (z) => 1 - z, says: "the base density falls like $1 - z$, though $z$ is uniform" },
        { use: (z) => Math.exp(-z), says: "the base density is an exponential one, though $z$ is uniform" },
      ] as readonly Option<Curve>[],
      factor: factors,
      constant: constants,
      outside: [{ use: true }, { use: false, says: "the formula goes on outside" }],
    },
    ({ back, slope, base, factor, constant, outside }) =>
      (x) =>
        outside && !(x > 0 && x <= end) ? 0 : constant * factor(base(back(x)), slope(back(x))),
  );
}
