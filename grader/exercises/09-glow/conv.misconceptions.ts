import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { apply, multiply } from "../../oracle/matrices.ts";
import {
  forwardTruth,
  inverseTruth,
  type Made,
  permute,
  unitLower,
  upperWith,
} from "../03-linear/plu.domain.ts";
import {
  type Asked,
  everywhere,
  logDetOf,
  matrixOf,
  mixOf,
  type signatures,
  sumOfLogs,
  unmixOf,
} from "./conv.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const mixing =
  (change: (...asked: Asked) => Partial<{ z: number[]; logDet: number }>): Program["mixChannels"] =>
  (...asked) => ({ z: mixOf(asked), logDet: logDetOf(asked), ...change(...asked) });

const logDet = (of: (...asked: Asked) => number): Program["mixChannels"] =>
  mixing((...asked) => ({ logDet: of(...asked) }));

/** Another matrix, of the same parts; its inverse is left as it is. */
const matrix = (id: string, explanation: string, of: (...made: Made) => number[][]): Wrong => {
  const mixed = mixing((...asked) => ({
    z: everywhere(asked, ([order, lower, upper, s, point]) => apply(of(order, lower, upper, s), point)),
  }));
  return {
    id,
    explanation,
    implementation: { mixingMatrix: of, mixChannels: mixed },
    variants: [{ mixingMatrix: of }, { mixChannels: mixed }],
  };
};

/** What is below the diagonal, and the diagonal as it is given. */
const lowerAsGiven = (a: readonly (readonly number[])[]): number[][] =>
  a.map((row, i) => row.map((v, j) => (j <= i ? v : 0)));
const invert = (order: readonly number[]): number[] => order.map((_, i) => order.indexOf(i));
const transpose = (a: readonly (readonly number[])[]): number[][] => a.map((_, i) => a.map((row) => row[i]));

export const misconceptions: readonly Wrong[] = [
  matrix(
    "diagonal-of-lower-kept",
    "Your $L$ has the diagonal of `lower`. $L$ has *ones* there, whatever stands in the list. Otherwise $\\sum \\log|s|$ is not its log-determinant.",
    (order, lower, upper, s) => permute(order, multiply(lowerAsGiven(lower), upperWith(upper, s))),
  ),
  matrix(
    "factors-in-the-opposite-order",
    "You multiply $(U + \\mathrm{diag}(s))\\,L$. Asked for is $L\\,(U + \\mathrm{diag}(s))$: the upper triangle acts on $x$ first.",
    (order, lower, upper, s) => permute(order, multiply(upperWith(upper, s), unitLower(lower))),
  ),
  matrix(
    "permutation-forgotten",
    "Your matrix has no $P$: its rows are not exchanged. Row $i$ of $W$ is row `order[i]` of $L\\,(U + \\mathrm{diag}(s))$.",
    (order, lower, upper, s) =>
      matrixOf(
        order.map((_, i) => i),
        lower,
        upper,
        s,
      ),
  ),
  matrix(
    "permutation-the-other-way-round",
    "Your permutation is the inverse one: it puts row $i$ at `order[i]`. Asked for is row `order[i]` at $i$. (Where it only exchanges two, both are the same.)",
    (order, lower, upper, s) => matrixOf(invert(order), lower, upper, s),
  ),
  matrix(
    "columns-permuted",
    "You exchange columns. $P$ stands at the left, and exchanges *rows*.",
    (order, lower, upper, s) => {
      const product = matrixOf(
        order.map((_, i) => i),
        lower,
        upper,
        s,
      );
      return product.map((row) => order.map((from) => row[from]));
    },
  ),
  matrix(
    "transposed",
    "Your matrix is transposed, or multiplied from the other side: $z_i = \\sum_k W_{ik}\\,x_k$, a row of $W$ for each number of $z$.",
    (...made) => transpose(matrixOf(...made)),
  ),
  matrix(
    "scales-added-to-the-triangle",
    "The diagonal of `upper` still counts in your matrix. On the diagonal of $U + \\mathrm{diag}(s)$ stands $s$ alone.",
    (order, lower, upper, s) =>
      matrixOf(
        order,
        lower,
        upper,
        s.map((v, i) => v + upper[i][i]),
      ),
  ),
  {
    id: "log-determinant-of-one-place",
    explanation:
      "Your log-determinant is that of the matrix. It acts at every place of the picture: $h \\cdot w \\cdot \\sum_c \\log|s_c|$.",
    implementation: { mixChannels: logDet((...asked) => sumOfLogs(asked[4])) },
  },
  {
    id: "log-determinant-counts-channels-twice",
    explanation:
      "You multiply by the length of the list, which is places times channels. The sum over the channels is already there: multiply by the number of *places*.",
    implementation: { mixChannels: logDet((...asked) => asked[0].length * sumOfLogs(asked[4])) },
  },
  {
    id: "logarithm-of-a-negative-scale",
    explanation:
      "Your log-determinant is not a number where an $s$ is negative. It is $\\log|\\det W|$ that counts: $\\sum \\log|s|$. Some texts print it without the bars.",
    implementation: {
      mixChannels: logDet(
        (x, _order, _lower, _upper, s) => (x.length / s.length) * s.reduce((sum, v) => sum + Math.log(v), 0),
      ),
    },
  },
  {
    id: "log-determinant-with-the-diagonal-of-lower",
    explanation:
      "Your log-determinant counts what stands on the diagonal of `lower`. $L$ has ones there, and their logarithms are 0.",
    implementation: {
      mixChannels: logDet(
        (x, _order, lower, _upper, s) =>
          (x.length / s.length) * (sumOfLogs(s) + sumOfLogs(s.map((_, i) => lower[i][i]))),
      ),
    },
  },
  {
    id: "log-determinant-of-the-other-direction",
    explanation: "Your log-determinant has the other sign: it is that from $z$ to $x$.",
    implementation: { mixChannels: logDet((...asked) => -logDetOf(asked)) },
  },
  {
    id: "determinant-without-logarithm",
    explanation: "That is the determinant itself. Asked for is the logarithm of its size, a sum, in nats.",
    implementation: { mixChannels: logDet((...asked) => Math.exp(logDetOf(asked))) },
  },
  {
    id: "mixed-twice",
    explanation:
      "Your way back multiplies by $W$ once more. It has to *solve* $W x = z$: undo $P$, then $L$, then $U + \\mathrm{diag}(s)$.",
    implementation: { unmixChannels: (...asked) => mixOf(asked) },
  },
  {
    id: "way-back-with-the-permutation-as-it-is",
    explanation:
      "Your way back applies the permutation instead of undoing it. What stands at $i$ came from `order[i]`, and goes back there.",
    implementation: {
      unmixChannels: (z, order, lower, upper, s) => unmixOf([z, invert(order), lower, upper, s]),
    },
  },
  {
    id: "way-back-without-division",
    explanation:
      "Your way back does not divide by $s$. Each row of $U + \\mathrm{diag}(s)$ has $s_i$ on its diagonal.",
    implementation: {
      unmixChannels: (z, order, lower, upper, s) => unmixOf([z, order, lower, upper, s.map(() => 1)]),
    },
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  {
    id: "first-place-only",
    implementation: {
      mixChannels: mixing((...asked) => ({
        z: mixOf(asked).map((v, at) => (at < asked[4].length ? v : asked[0][at])),
      })),
    },
  },
  {
    id: "last-row-without-its-beginning",
    implementation: {
      mixingMatrix: (order, lower, upper, s) =>
        matrixOf(
          order,
          lower.map((row, i) => row.map((v, j) => (i > 1 && j === 0 ? 0 : v))),
          upper,
          s,
        ),
    },
  },
  {
    id: "neighbouring-channel-only",
    implementation: {
      unmixChannels: (...[z, order, lower, upper, s]) =>
        unmixOf([z, order, lower.map((row, i) => row.map((v, j) => (j === i - 1 ? v : 0))), upper, s]),
    },
  },
  {
    id: "next-channel-only",
    implementation: {
      unmixChannels: (...[z, order, lower, upper, s]) =>
        unmixOf([z, order, lower, upper.map((row, i) => row.map((v, j) => (j === i + 1 ? v : 0))), s]),
    },
  },
  {
    id: "places-reversed",
    implementation: {
      unmixChannels: (...asked) => {
        const n = asked[4].length;
        const x = everywhere(asked as Asked, inverseTruth);
        return x.map((_, at) => x[x.length - n * (1 + Math.floor(at / n)) + (at % n)]);
      },
    },
  },
  {
    id: "four-channels-at-most",
    implementation: {
      mixChannels: mixing((...asked) => ({
        z: everywhere(asked, (one) => forwardTruth(one).map((v, i) => (i < 4 ? v : 0))),
      })),
    },
  },
];
