import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { maskOf, type Rule, type signatures } from "./masks.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

const by = (change: Partial<Rule>): Partial<Program> => ({ madeMask: maskOf(change) });

const slip = (id: string, explanation: string, ...changes: readonly Partial<Rule>[]): Wrong => {
  const [implementation, ...variants] = changes.map(by);
  return { id, explanation, implementation, ...(variants.length > 0 && { variants }) };
};

const natural = (order: readonly number[]): number[] => order.map((_, i) => i + 1);

export const misconceptions: readonly Wrong[] = [
  slip(
    "outputs-see-themselves",
    "Your last layer uses `<=`: then a path leads from each input to its own output. Between hidden layers the same degree may be seen, but the outputs have to be **strict**, `<`. There the number itself drops out.",
    { last: (from, own) => from <= own },
  ),
  slip(
    "strict-in-every-layer",
    "You use `<` in every layer. Then each layer takes one more number away: after two of them $x_2$ does not see $x_1$ any more. Only the last layer is strict; between hidden layers the same degree may be seen, `<=`.",
    { within: (from, own) => from < own },
  ),
  {
    id: "strict-at-the-wrong-end",
    explanation:
      "You are strict between inputs and hidden units, and not at the outputs. That works with the degrees $2, \\dots, D$. Yours are $1, \\dots, D - 1$: a unit of degree 1 sees nothing then, and the last output misses the number just before it.",
    implementation: {
      madeMask: (order, hidden, layer) =>
        maskOf(
          hidden.length === 0
            ? {}
            : {
                within: (from, own) => (layer === 0 ? from < own : from <= own),
                last: (from, own) => from <= own,
              },
        )(order, hidden, layer),
    },
  },
  slip(
    "order-ignored",
    "Your numbers come in their natural order, whatever `order` says. A number's degree is its place in the order: `order.indexOf(number) + 1`.",
    { ranks: natural },
  ),
  slip(
    "order-read-as-places",
    "You read `order[i]` as the place of number $i$. It is the other way round: `order[k]` is *which number* comes at place $k$, so the place of a number is `order.indexOf(number)`.",
    { ranks: (order) => order.map((v) => v + 1) },
  ),
  slip(
    "opposite-order",
    "Your numbers see those that come **after** them in the order. Each may only look at those before it: row $i$ belongs to output $i$, column $j$ to input $j$.",
    { ranks: (order) => order.map((_, number) => order.length - order.indexOf(number)) },
  ),
  {
    id: "rows-and-columns-exchanged",
    explanation:
      "Your masks have a row for each unit of the layer *before*. Here rows are the units of the layer itself, columns those of the layer before, as in $W h$.",
    implementation: {
      madeMask: (...asked) => {
        const mask = maskOf()(...asked);
        // Of a single layer the transposed mask is that of the opposite order.
        if (asked[1].length === 0) return mask;
        return mask[0].map((_, j) => mask.map((row) => row[j]));
      },
    },
  },
  {
    id: "ones-where-cut",
    explanation:
      "Your masks are 1 where a weight is *cut*. Here 1 means that it stays: weights are multiplied by the mask.",
    implementation: { madeMask: (...asked) => maskOf()(...asked).map((row) => row.map((v) => 1 - v)) },
  },
  slip(
    "one-degree-for-all-hidden-units",
    "All your hidden units have the same degree. What goes through them is either too little for the late numbers or too much for the early ones: in every hidden layer each of the degrees $1, \\dots, D - 1$ has to occur.",
    { degree: (_unit, dimensions) => dimensions - 1 },
    { degree: () => 1 },
    { degree: (_unit, dimensions) => Math.ceil(dimensions / 2) },
  ),
  slip(
    "hidden-units-look-the-wrong-way",
    "Your hidden units look at units whose degree is *at least* their own. A unit of degree $d$ may know the first $d$ numbers and no more: it looks at degrees of at most $d$, `<=`.",
    { within: (from, own) => from >= own },
  ),
  slip(
    "only-the-number-before",
    "Your outputs look at units one degree below their own and at no others. That is right only if nothing else has been cut before. They may look at all smaller degrees.",
    { last: (from, own) => from === own - 1, within: (from, own) => from === own },
  ),
  slip(
    "degrees-begin-at-2",
    "None of your hidden units carries the first number alone, so that the second output sees nothing. Do hidden degrees begin where places do? With places from 1 they are $1, \\dots, D - 1$, with places from 0 they are $0, \\dots, D - 2$.",
    { degree: (unit, dimensions) => 2 + (unit % Math.max(1, dimensions - 1)) },
    { degree: (unit, dimensions) => 2 + (unit % Math.max(1, dimensions - 2)) },
  ),
];

/** Degrees that leave one out where the layer is as narrow as may be. */
const skipping =
  (skip: number): Rule["degree"] =>
  (unit, dimensions) => {
    const degree = 1 + (unit % (dimensions - 1));
    return degree === skip && dimensions > skip ? Math.max(1, degree - 1) : degree;
  };

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "nothing-is-cut", implementation: by({ within: () => true, last: () => true }) },
  { id: "everything-is-cut", implementation: by({ within: () => false, last: () => false }) },
  { id: "nothing-reaches-outputs", implementation: by({ last: () => false }) },
  { id: "no-unit-of-degree-2", implementation: by({ degree: skipping(2) }) },
  {
    id: "degrees-from-the-end",
    implementation: by({ degree: (unit, dimensions, width) => Math.min(dimensions - 1, width - unit + 1) }),
  },
  {
    id: "degrees-start-over-too-soon",
    implementation: by({ degree: (unit, dimensions) => 1 + (unit % Math.max(1, dimensions - 2)) }),
  },
  {
    id: "third-layer-is-strict",
    implementation: {
      madeMask: (order, hidden, layer) =>
        maskOf(layer === 2 && hidden.length > 2 ? { within: (from, own) => from < own } : {})(
          order,
          hidden,
          layer,
        ),
    },
  },
  {
    id: "two-hidden-layers-at-most",
    implementation: {
      madeMask: (order, hidden, layer) => maskOf()(order, hidden.slice(0, 2), Math.min(layer, 2)),
    },
  },
  {
    id: "ends-exchanged",
    implementation: {
      madeMask: (order, hidden, layer) => maskOf()(order, hidden, hidden.length - layer),
    },
  },
];
