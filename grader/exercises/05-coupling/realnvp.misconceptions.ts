import type { Misconception, Mutant } from "../../exercise.ts";
import { apply } from "../../oracle/matrices.ts";
import { logNormal, meanOf, type signatures } from "./realnvp.domain.ts";
import { bestLinear, linearFlow, oneCoupling, standardize, whiten } from "./realnvp.simple-flows.ts";

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "untrained",
    explanation:
      "Your flow only standardizes: each number has its mean and deviation, and the couplings do nothing. Were they trained? If the last weights of $s$ and $t$ start at 0, a coupling starts as the identity, and stays so where no gradient reaches it.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = standardize(data);
        return linearFlow(root, mean);
      },
    },
  },
  {
    id: "identity",
    explanation: "Your flow is the identity: $x = z$, whatever the data are. Nothing was learned.",
    implementation: {
      fitRealNVP: () =>
        linearFlow(
          [
            [1, 0],
            [0, 1],
          ],
          [0, 0],
        ),
    },
  },
  {
    id: "best-normal-density",
    explanation:
      "Your flow is the best *linear* one: mean and covariance of the data are right, and nothing is bent. For that the scale or the shift of a number has to depend on the other number in more than a straight line.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(root, mean);
      },
    },
  },
  {
    id: "one-coupling",
    explanation:
      "Your flow has one coupling. The number that it leaves alone is the base's, but for a shift and a scale, whatever you train. A second coupling, with the parts exchanged, changes it under the other.",
    implementation: { fitRealNVP: oneCoupling },
  },
  {
    id: "log-determinant-missing",
    explanation:
      "Your log-density is that of $z$ alone. Where the map from $x$ to $z$ spreads points out, much mass comes from little room: add $\\log|\\det \\partial z/\\partial x|$, which is minus the $s$ of every coupling.",
    implementation: { fitRealNVP: bestLinear((z) => logNormal(z)) },
  },
  {
    id: "sign-of-the-log-determinant",
    explanation:
      "The log-determinant has the wrong sign. From $x$ to $z$ each coupling divides by $e^{s}$, so its part is $-s$; standardizing divides by the deviations, so its part is minus their logarithms.",
    implementation: { fitRealNVP: bestLinear((z, logDet) => logNormal(z) - logDet) },
  },
  {
    id: "standardizing-not-counted",
    explanation:
      "Your log-density is that of the *standardized* data. Standardizing is a layer like the others, a diagonal flow: minus the logarithms of the two deviations belong to $\\log|\\det|$. Without them the mass is the product of the deviations.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = standardize(data);
        return linearFlow(root, mean, (z) => logNormal(z));
      },
    },
  },
  {
    id: "constant-forgotten",
    explanation:
      "Your log-density lacks the $-\\log 2\\pi$ of the standard normal in the plane. For the training it does not matter; without it the mass is $2\\pi$.",
    implementation: { fitRealNVP: bestLinear((z, logDet) => logNormal(z) + logDet + Math.log(2 * Math.PI)) },
  },
  {
    id: "density-without-logarithm",
    explanation: "That is the density. Asked for is its logarithm, in nats.",
    implementation: { fitRealNVP: bestLinear((z, logDet) => Math.exp(logNormal(z) + logDet)) },
  },
  {
    id: "directions-exchanged",
    explanation:
      "`forward` and `inverse` are exchanged. Forward generates: it takes $z$ to $x$. What you train with is the way from $x$ to $z$, `inverse`.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        const right = linearFlow(root, mean);
        return { ...right, forward: right.inverse, inverse: right.forward };
      },
    },
  },
  {
    id: "undone-in-the-same-order",
    explanation:
      "Your `inverse` undoes the couplings in the order in which `forward` applied them. What came last has to be undone first: otherwise a coupling computes its $s$ and $t$ from a number that it never saw.",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        const right = linearFlow(root, mean);
        const steep = root[1][0] / root[0][0];
        // x₁ = m₁ + a z₁, then x₂ under the new x₁: undone with z₁ where x₁ − m₁ was.
        return {
          ...right,
          inverse: ([x, y]) => {
            const a = (x - mean[0]) / root[0][0];
            return [a, (y - mean[1] - steep * a) / root[1][1]];
          },
        };
      },
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "too-wide",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(
          root.map((row) => row.map((v) => 1.3 * v)),
          mean,
        );
      },
    },
  },
  {
    id: "centre-forgotten-on-the-way-out",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return { ...linearFlow(root, mean), forward: (z) => apply(root, z) };
      },
    },
  },
  {
    id: "likely-everywhere",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        return linearFlow(root, mean, () => 0);
      },
    },
  },
  {
    id: "a-kernel-estimate-for-the-density",
    implementation: {
      fitRealNVP(data) {
        const { root, mean } = whiten(data);
        const width = 0.3;
        return {
          ...linearFlow(root, mean),
          logDensity: (points) =>
            points.map((x) =>
              Math.log(
                meanOf(data.map(([a, b]) => Math.exp(logNormal([(x[0] - a) / width, (x[1] - b) / width])))) /
                  width ** 2 +
                  1e-300,
              ),
            ),
        };
      },
    },
  },
];
