import type { Misconception, Mutant } from "../../exercise.ts";
import { multiply } from "../../oracle/matrices.ts";
import { logNormal, meanOf, type signatures } from "./train.domain.ts";
import { type Density, exact, linearBlocks } from "./train.linear-blocks.ts";

/** A flow of linear blocks, with another log-density. */
const dense = (density: Density) => ({ fitResidual: (data: number[][]) => linearBlocks(data, { density }) });

export const misconceptions: readonly Misconception<typeof signatures>[] = [
  {
    id: "untrained",
    explanation:
      "Your flow only standardizes: the blocks add nothing. Were they trained? If the weights on both sides of the hidden numbers start at 0, no gradient reaches either of them.",
    implementation: { fitResidual: (data) => linearBlocks(data, { trained: false }) },
  },
  {
    id: "linear",
    explanation:
      "Your blocks are linear, so that the whole flow is, however many there are. Between the two matrices of a block belongs an activation, such as $\\tanh$, whose slope is 1 at most.",
    implementation: { fitResidual: (data) => linearBlocks(data) },
  },
  {
    id: "one-jump",
    explanation:
      "Your single step whitens the data, and what it adds is no contraction: it moves two points by more than they are apart. A residual block may only add less than that; several in a row can do together what none may do alone.",
    implementation: {
      fitResidual(data) {
        const flow = linearBlocks(data);
        const mean = [0, 1].map((i) => meanOf(data.map((x) => x[i])));
        const path = (x: readonly number[]) => {
          const points = (flow.path as (x: readonly number[]) => number[][])(x);
          return [x.map((v, i) => 0.02 * (v - mean[i])), points.at(-1) as number[]];
        };
        return { ...flow, path };
      },
    },
  },
];

/** Wrong programs without a story of their own: the checks say what is wrong with their log-densities. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "base-alone", implementation: dense((base) => base) },
  { id: "wrong-sign", implementation: dense((base, first, blocks) => 2 * base - exact(base, first, blocks)) },
  {
    id: "standardizing-does-not-count",
    implementation: dense((base, _first, blocks) => exact(base, 0, blocks)),
  },
  { id: "density-itself", implementation: dense((...parts) => Math.exp(exact(...parts))) },
  {
    id: "one-term",
    implementation: dense(
      (base, first, blocks) => base + first + blocks.reduce((sum, a) => sum + a[0][0] + a[1][1], 0),
    ),
  },
  {
    id: "series-without-one-over-k",
    implementation: dense((base, first, blocks) => {
      const twice = blocks.map((a) => ({ a, square: multiply(a, a) }));
      return (
        base +
        first +
        twice.reduce((s, { a, square }) => s + a[0][0] + a[1][1] - square[0][0] - square[1][1], 0)
      );
    }),
  },
  {
    id: "says-all-is-likely",
    implementation: {
      fitResidual: (data) => ({ ...linearBlocks(data), logDensity: (points) => points.map(() => 5) }),
    },
  },
  {
    id: "blocks-not-undone",
    implementation: {
      fitResidual: (data) => ({
        ...linearBlocks(data),
        forward: linearBlocks(data, { trained: false }).forward,
      }),
    },
  },
  {
    id: "path-without-blocks",
    implementation: {
      fitResidual(data) {
        const flow = linearBlocks(data);
        return { ...flow, path: async (x) => [[...x], await flow.inverse([...x])] };
      },
    },
  },
  {
    id: "base-for-all",
    implementation: {
      fitResidual: (data) => ({ ...linearBlocks(data), logDensity: (points) => points.map(logNormal) }),
    },
  },
];
