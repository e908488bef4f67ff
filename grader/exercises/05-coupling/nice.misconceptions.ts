import type { Misconception } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { apply, transpose } from "../../oracle/matrices.ts";
import {
  blockMatrix,
  hiddenOf,
  jacobianOf,
  latentOf,
  logDensityOf,
  logNormalOf,
  type Parts,
  type signatures,
  steeringSlope,
} from "./nice.domain.ts";

type Program = Implementation<typeof signatures>;
type Nice = ReturnType<Program["niceFlow"]> extends infer F ? Awaited<F> : never;

/** The right flow but for what is given. */
export const but = (change: (parts: Parts) => Partial<Nice>): Program => ({
  niceFlow: (...parts) => ({
    jacobian: (z) => jacobianOf(parts, z),
    logDensity: (x) => logDensityOf(parts, x),
    ...change(parts),
  }),
});

const keptPart = ([W]: Parts, point: readonly number[]): number[] => point.slice(0, W[0].length);
export const scales = ([, , , sigma]: Parts): number[] => sigma.map(Math.exp);
const total = ([, , , sigma]: Parts): number => sigma.reduce((sum, v) => sum + v, 0);
const shiftAt = (parts: Parts, kept: readonly number[]): number[] => apply(parts[2], hiddenOf(parts, kept));

/** The block of another slope. */
const withSlope = (slope: (h: number) => number): Program =>
  but((parts) => ({
    jacobian: (z) => blockMatrix(steeringSlope(parts, keptPart(parts, z), slope), scales(parts)),
  }));

/** The density of another way back. */
const withLatent = (latent: (parts: Parts, x: readonly number[]) => number[]): Program =>
  but((parts) => ({ logDensity: (x) => logNormalOf(latent(parts, x)) - total(parts) }));

const subtract = (parts: Parts, from: readonly number[], shift: readonly number[], sign = 1): number[] => {
  const kept = parts[0][0].length;
  return from.map((v, i) => (i < kept ? v : v - sign * shift[i - kept]));
};

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "diagonal-jacobian",
    explanation:
      "Your Jacobian is diagonal. That is how one text prints it, and it would mean that $x_b$ does not depend on $z_a$, which is the whole idea of a coupling. The block at the lower left, $\\partial x_b/\\partial z_a$, is full; only the block at the *upper right* is 0. (The determinant is the same, which is why the slip does so little harm.)",
    implementation: but((parts) => ({
      jacobian: () => scales(parts).map((own, i, all) => all.map((_, j) => (i === j ? own : 0))),
    })),
  },
  {
    id: "transposed-jacobian",
    explanation:
      "Your Jacobian stands on its side: row $i$ belongs to the *output* $x_i$, column $j$ to the input $z_j$. So the full block is at the lower left: the changed numbers depend on those that stay.",
    implementation: but((parts) => ({ jacobian: (z) => transpose(jacobianOf(parts, z)) })),
  },
  {
    id: "derivative-of-tanh-forgotten",
    explanation:
      "The derivative of tanh is missing: your block is $VW$ at every place. Between the two matrices stands $1 - h_k^2$ for each hidden number, with $h = \\tanh(W z_a + c)$.",
    implementation: withSlope(() => 1),
  },
  {
    id: "tanh-is-not-its-derivative",
    explanation:
      "Between $V$ and $W$ you have the hidden numbers $h_k$ themselves. There belongs the derivative of tanh, $1 - h_k^2$.",
    implementation: withSlope((h) => h),
  },
  {
    id: "square-forgotten",
    explanation: "The derivative of tanh is $1 - \\tanh^2$; yours is without the square.",
    implementation: withSlope((h) => 1 - h),
  },
  {
    id: "block-without-scale",
    explanation:
      "The scale is missing in the block at the lower left. It comes after the coupling and multiplies the whole $x_i$, so the whole row $i$ of the Jacobian.",
    implementation: but((parts) => ({
      jacobian: (z) =>
        jacobianOf(parts, z).map((row, i) => row.map((v, j) => (i === j ? v : v / scales(parts)[i]))),
    })),
  },
  {
    id: "columns-scaled",
    explanation:
      "You scale the columns. The scale comes after the coupling and multiplies the outputs, which are the *rows*.",
    implementation: but((parts) => ({
      jacobian: (z) =>
        jacobianOf(parts, z).map((row, i) => row.map((v, j) => (v / scales(parts)[i]) * scales(parts)[j])),
    })),
  },
  {
    id: "no-scale",
    explanation:
      "Your Jacobian is that of the coupling alone; the scale $e^{\\sigma_i}$ of each row is missing.",
    implementation: but((parts) => ({
      jacobian: (z) =>
        blockMatrix(
          steeringSlope(parts, keptPart(parts, z)),
          parts[3].map(() => 1),
        ),
    })),
  },
  {
    id: "sign-of-the-volume",
    explanation:
      "You add $\\sum_i \\sigma_i$. Where space is stretched the density gets *lower*: it is subtracted.",
    implementation: but((parts) => ({
      logDensity: (x) => logNormalOf(latentOf(parts, x)) + total(parts),
    })),
  },
  {
    id: "volume-forgotten",
    explanation:
      "The volume is missing from your log-density. The coupling costs nothing, but the scale does: $-\\sum_i \\sigma_i$.",
    implementation: but((parts) => ({ logDensity: (x) => logNormalOf(latentOf(parts, x)) })),
  },
  {
    id: "volume-of-the-changed-half",
    explanation:
      "You subtract the $\\sigma_i$ of the changed numbers only. The scale comes after the coupling and stretches *every* number, also those that the coupling leaves alone.",
    implementation: but((parts) => ({
      logDensity: (x) =>
        logNormalOf(latentOf(parts, x)) - parts[3].slice(parts[0][0].length).reduce((sum, v) => sum + v, 0),
    })),
  },
  {
    id: "scale-not-undone",
    explanation:
      "You take the shift away from $x$ as it is. The scale came last, so it is undone first: begin with $x_i e^{-\\sigma_i}$.",
    implementation: withLatent((parts, x) => subtract(parts, x, shiftAt(parts, keptPart(parts, x)))),
  },
  {
    id: "steered-by-scaled-numbers",
    explanation:
      "Your shift is computed from $x_a$. There is a scale between: $z_a = x_a \\odot e^{-\\sigma_a}$ is what the shift was computed from.",
    implementation: withLatent((parts, x) =>
      subtract(
        parts,
        x.map((v, i) => v / scales(parts)[i]),
        shiftAt(parts, keptPart(parts, x)),
      ),
    ),
  },
  {
    id: "shift-undone-first",
    explanation:
      "You take the shift away first and undo the scale afterwards. What came last is undone first: that is the scale.",
    implementation: withLatent((parts, x) =>
      subtract(parts, x, shiftAt(parts, keptPart(parts, x))).map((v, i) => v / scales(parts)[i]),
    ),
    variants: [
      withLatent((parts, x) => {
        const kept = keptPart(parts, x).map((v, i) => v / scales(parts)[i]);
        return subtract(parts, x, shiftAt(parts, kept)).map((v, i) => v / scales(parts)[i]);
      }),
    ],
  },
  {
    id: "shift-added-once-more",
    explanation: "Going back you add the shift once more. It has to be taken away.",
    implementation: withLatent((parts, x) => {
      const before = x.map((v, i) => v / scales(parts)[i]);
      return subtract(parts, before, shiftAt(parts, keptPart(parts, before)), -1);
    }),
  },
  {
    id: "one-normal-constant",
    explanation:
      "The standard normal in $D$ dimensions is a product of $D$ bells: it has $\\tfrac12\\log 2\\pi$ once for each of them.",
    implementation: but((parts) => ({
      logDensity: (x) => logDensityOf(parts, x) + ((x.length - 1) / 2) * Math.log(2 * Math.PI),
    })),
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density itself. Asked for is its logarithm, in nats.",
    implementation: but((parts) => ({ logDensity: (x) => Math.exp(logDensityOf(parts, x)) })),
  },
];
