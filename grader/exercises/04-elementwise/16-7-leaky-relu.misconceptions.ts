import type { Misconception, Mutant } from "../../exercise.ts";
import { determinantTruth, inverseTruth, type Leak, type signatures } from "./16-7-leaky-relu.domain.ts";

const countBelow = (z: readonly number[]): number => z.filter((v) => v < 0).length;

export const misconceptions = (of: Leak): readonly Misconception<typeof signatures>[] => {
  const { leak } = of;
  const grown = 1 / leak;
  return [
    {
      id: "forward-instead-of-back",
      explanation: `You apply the leaky ReLU once more: below 0 you multiply by ${leak}. To undo a multiplication, divide.`,
      implementation: { leakyInverse: (x) => (x < 0 ? leak * x : x) },
    },
    {
      id: "reciprocal",
      explanation:
        "You returned one over the function. $f^{-1}$ is the function that goes *back*, not the reciprocal $1/f$.",
      implementation: { leakyInverse: (x) => 1 / (x < 0 ? leak * x : x) },
      variants: [{ leakyInverse: (x) => (x < 0 ? 1 / (leak * x) : x) }],
    },
    {
      id: "sign-turned",
      explanation:
        "Below 0 your $z$ is positive. The slopes are positive on both sides, so the function keeps the sign, and so does its inverse.",
      implementation: { leakyInverse: (x) => (x < 0 ? -grown * x : x) },
    },
    {
      id: "side-by-the-image",
      explanation:
        "You divide where you should not, or the other way round: the side is told by the sign of $x$. The negative half line goes to itself, and so does the positive one.",
      implementation: { leakyInverse: (x) => (x < 0 ? x : grown * x) },
      variants: [{ leakyInverse: (x) => (x < -leak ? grown * x : x) }, { leakyInverse: (x) => grown * x }],
    },
    {
      id: "plain-relu",
      explanation:
        "You send everything below 0 to 0. That is the plain ReLU, which forgets where negative numbers came from and has no inverse; the leak is what keeps them apart.",
      implementation: { leakyInverse: (x) => Math.max(0, x) },
    },
    {
      id: "not-inverted",
      explanation:
        "That is the determinant $\\prod_d |f'(z_d)|$ itself. Asked for is one over it, the factor by which the *density* grows.",
      implementation: { inverseDeterminant: (z) => leak ** countBelow(z) },
    },
    {
      id: "counts-the-other-side",
      explanation: "You count the numbers on the wrong side of 0. Where the slope is 1 nothing is stretched.",
      implementation: { inverseDeterminant: (z) => grown ** (z.length - countBelow(z)) },
      variants: [{ inverseDeterminant: (z) => leak ** (z.length - countBelow(z)) }],
    },
    {
      id: "all-of-them",
      explanation: `You take the factor $1/${leak}$ for every dimension. It belongs to those only whose $z_d$ is below 0.`,
      implementation: { inverseDeterminant: (z) => grown ** z.length },
    },
    {
      id: "added-instead-of-multiplied",
      explanation:
        "You added the slopes, or what they are one over. A determinant multiplies what stands on the diagonal: volumes are products of lengths.",
      implementation: { inverseDeterminant: (z) => grown * countBelow(z) },
      variants: [
        { inverseDeterminant: (z) => z.reduce((sum, v) => sum + (v < 0 ? grown : 1), 0) },
        { inverseDeterminant: (z) => 1 / z.reduce((sum, v) => sum + (v < 0 ? leak : 1), 0) },
      ],
    },
    {
      id: "one-factor-only",
      explanation: `You take the factor $1/${leak}$ once, however many numbers are below 0. Every one of them is squeezed by itself.`,
      implementation: { inverseDeterminant: (z) => (countBelow(z) > 0 ? grown : 1) },
      variants: [{ inverseDeterminant: (z) => (z[0] < 0 ? grown : 1) }],
    },
    {
      id: "logarithm",
      explanation: "That is a logarithm, which a flow adds up. Here the factor itself is asked for.",
      implementation: { inverseDeterminant: (z) => countBelow(z) * Math.log(grown) },
      variants: [
        { inverseDeterminant: (z) => -countBelow(z) * Math.log(grown) },
        { inverseDeterminant: (z) => countBelow(z) },
      ],
    },
    {
      id: "zero-on-the-wrong-side",
      explanation: "You count 0 to the negative side. In 16.31 the slope at $z \\ge 0$ is 1.",
      implementation: { inverseDeterminant: (z) => grown ** z.filter((v) => v <= 0).length },
    },
    {
      id: "product-of-the-images",
      explanation: `You multiply the values $f(z_d)$. On the diagonal of the Jacobian stand the *slopes*, ${leak} and 1.`,
      implementation: {
        inverseDeterminant: (z) =>
          1 / Math.abs(z.reduce((product, v) => product * (v < 0 ? leak * v : v), 1)),
      },
    },
  ];
};

/** Wrong programs without a story. */
export const mutants = (of: Leak): readonly Mutant<typeof signatures>[] => [
  { id: "another-leak", implementation: { leakyInverse: (x) => (x < 0 ? x / (of.leak / 10) : x) } },
  { id: "identity", implementation: { leakyInverse: (x) => x } },
  { id: "clamped", implementation: { leakyInverse: (x) => Math.max(-1e5, inverseTruth(of, x)) } },
  {
    id: "at-most-twelve",
    implementation: { inverseDeterminant: (z) => determinantTruth(of, z.slice(0, 12)) },
  },
];
