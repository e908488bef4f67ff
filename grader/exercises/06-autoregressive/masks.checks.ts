import { strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import { type Asked, ranksOf, regions, type signatures, widthsOf } from "./masks.domain.ts";
import { jacobianUnder } from "./masks.network.ts";

type Context = CheckContext<typeof signatures>;
type Drawn = readonly [order: number[], hidden: number[]];

const describe = (order: readonly number[], hidden: readonly number[]): string =>
  `order [${order.join(", ")}], hidden [${hidden.join(", ")}]`;

/** The masks of all layers; undefined unless they have the right sizes and hold 0 and 1. */
async function masksOf(
  { learner, expect }: Context,
  [order, hidden]: Drawn,
): Promise<number[][][] | undefined> {
  const masks: number[][][] = [];
  const widths = widthsOf(order, hidden);
  for (let layer = 0; layer <= hidden.length; layer++) {
    const mask = await learner.madeMask(order, hidden, layer);
    const [rows, columns] = [widths[layer + 1], widths[layer]];
    const input = `madeMask, ${describe(order, hidden)}, layer ${layer}`;
    const fits = mask.length === rows && mask.every((row) => row.length === columns);
    expect.that(
      fits,
      `layer ${layer} leads from ${columns} units to ${rows}: ${rows} rows of ${columns}; yours has ${mask.length} rows of ${mask[0]?.length ?? 0}`,
      { input },
    );
    const odd = mask.flat().find((v) => v !== 0 && v !== 1);
    expect.that(odd === undefined, `a mask holds 0 and 1 only; yours holds ${odd}`, { input });
    if (!fits || odd !== undefined) return undefined;
    masks.push(mask);
  }
  return masks;
}

const pairs = (n: number): (readonly [i: number, j: number])[] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => [i, j] as const)).flat();

/** Where the Jacobian is 0 and should not be, or the other way round, in words. */
function firstWrong(jacobian: readonly (readonly number[])[], ranks: readonly number[]): string | undefined {
  const all = pairs(ranks.length);
  const leak = all.find(([i, j]) => ranks[j] >= ranks[i] && jacobian[i][j] !== 0);
  if (leak) {
    const [i, j] = leak;
    return i === j
      ? `output ${i} sees its own number: a path leads from input ${j} to it`
      : `output ${i} sees number ${j}, which comes later in the order: a path leads from input ${j} to it`;
  }
  const cut = all.find(([i, j]) => ranks[j] < ranks[i] && jacobian[i][j] === 0);
  return (
    cut &&
    `output ${cut[0]} does not see number ${cut[1]}, which comes before its own: no path leads from input ${cut[1]} to it`
  );
}

/** Networks of those regions whose hidden layers are so many: the Jacobian is 0 exactly where it has to be. */
async function tryNetworks(context: Context, isAsked: (layers: number) => boolean): Promise<void> {
  for (const { inputs } of strata(context.random, regions)) {
    const [order, hidden]: Asked = inputs;
    if (!isAsked(hidden.length)) continue;
    const masks = await masksOf(context, [order, hidden]);
    if (!masks) continue;
    const wrong = firstWrong(jacobianUnder(masks, context.random), ranksOf(order));
    context.expect.that(wrong === undefined, wrong ?? "", {
      input: `madeMask of all layers, ${describe(order, hidden)}`,
    });
  }
}

/** Which inputs each output sees, row by row, of a small network. */
async function seen(learner: Context["learner"], order: number[], hidden: number[]): Promise<number[]> {
  let reach: number[][] = order.map((_, i) => order.map((__, j) => Number(i === j)));
  for (let layer = 0; layer <= hidden.length; layer++) {
    const before = reach;
    const mask = await learner.madeMask(order, hidden, layer);
    reach = mask.map((row) =>
      order.map((_, j) =>
        Math.min(
          1,
          row.reduce((sum, open, k) => sum + open * (before[k]?.[j] ?? 0), 0),
        ),
      ),
    );
  }
  return reach.flat();
}

const TRIANGLE = [0, 0, 0, 1, 0, 0, 1, 1, 0];

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "without hidden layers, each output sees the numbers before its own and no others",
    points: 1,
    hints: [
      {
        test: async (learner) => ({ got: await seen(learner, [0, 1, 2], []), want: TRIANGLE }),
        text: "Begin with three numbers in their natural order: one mask, layer 0, with three rows of three. Output 1 (from 0) sees input 0, output 2 the inputs 0 and 1: what is left of the diagonal is 1, all else is 0.",
      },
      {
        test: async (learner) => ({
          got: await seen(learner, [2, 0, 1], []),
          want: [0, 0, 1, 1, 0, 1, 0, 0, 0],
        }),
        text: "The natural order is right. In the order `[2, 0, 1]` number 2 comes **first**, then 0, then 1. So output 0 sees input 2, output 1 sees 2 and 0, and output 2 nothing. `order[k]` is which number comes at place $k$; the place of a number is `order.indexOf(number)`.",
      },
    ],
    run: (context) => tryNetworks(context, (layers) => layers === 0),
  },
  {
    name: "with one hidden layer, too: the Jacobian is 0 exactly where it has to be",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await seen(learner, [0, 1, 2], [2]), want: TRIANGLE }),
        text: "Take three numbers in their natural order and a hidden layer of two units. Layer 0 has two rows of three, layer 1 three rows of two. What output 1 sees of input 0 needs a unit that sees input 0 and **nothing else**; what output 2 sees of input 1 needs another that sees 1. So the two units have the degrees 1 and 2.",
      },
      {
        text: "Small networks in the natural order are right. Which degrees do your hidden units have in the call shown? Each of $1, \\dots, D - 1$ has to occur, a hidden unit sees inputs whose *place in the order* is at most its degree, and an output units of a degree below its own place.",
      },
    ],
    run: (context) => tryNetworks(context, (layers) => layers === 1),
  },
  {
    name: "and with several hidden layers of any width",
    points: 2,
    hints: [
      {
        test: async (learner) => ({ got: await seen(learner, [0, 1, 2], [2, 2]), want: TRIANGLE }),
        text: "Take three numbers and two hidden layers of two units, degrees 1 and 2 in each. Between hidden layers the **same** degree may be seen, `<=`: else each layer takes one more number away. Only outputs are strict.",
      },
      {
        text: "A small one is right. Each layer has its own width and its own degrees: which layers does the mask of layer `l` compare? With widths `[D, ...hidden, D]` it has `widths[l + 1]` rows and `widths[l]` columns.",
      },
    ],
    run: (context) => tryNetworks(context, (layers) => layers > 1),
  },
];
