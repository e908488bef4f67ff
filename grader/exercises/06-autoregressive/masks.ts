import { exercise, prose } from "../../exercise.ts";
import { checks } from "./masks.checks.ts";
import { domain, maskOf, signatures } from "./masks.domain.ts";
import { misconceptions, mutants } from "./masks.misconceptions.ts";

export const madeMasks = exercise({
  id: "06.masks",
  path: "06-autoregressive/masks",
  title: "Masks for any order, width and depth",
  source:
    "Section 16.3.4 of Prince, Understanding Deep Learning; Germain, Gregor, Murray and Larochelle, MADE, arXiv:1502.03509v2, section 4",
  statement: prose`
A perceptron has $D \ge 2$ inputs, hidden layers of the widths in the list \`hidden\`, and $D$ outputs, one for each number. By cutting connections it is to become a conditioner: **output $i$ depends on input $j$ if number $j$ comes before number $i$, and else not.**
The list \`order\` says how the numbers come: \`order[0]\` is the number, from 0 to $D - 1$, that comes first, \`order[1]\` the next, and so on.

Write \`madeMask(order, hidden, layer)\`, the mask of one layer as a matrix: a row for each of the layer's units, a column for each unit of the layer before, 1 where the weight stays and 0 where it is cut. Layer 0 leads from the inputs to the first hidden layer, layer \`hidden.length\` to the outputs;
without hidden layers, \`hidden\` is \`[]\`, layer 0 does both.

There are many right masks, and the check does not compare yours with any. It puts random weights on a network with your masks, and looks at its Jacobian: where it may be other than 0, and where it has to. Every hidden layer has at least $D - 1$ units, which is just enough.`,
  signatures,
  domains: { madeMask: domain },
  checks,
  hints: [
    "Give every unit a number, its *degree*: the units up to which of the inputs, in the order, it may know. For inputs and outputs that is the place in the order. For hidden units you are free: choose.",
    "A unit may look at units of the layer before whose degree is not larger than its own; an output only at smaller ones. So the number itself drops out at the last step.",
    "Hidden units take turns in the degrees $1, 2, \\dots, D - 1$: `1 + (unit % (D - 1))`. Write the degrees of all layers into one list of lists, `[ranks, …, ranks]`; the mask of layer `l` compares `degrees[l + 1]` with `degrees[l]`.",
  ],
  standIn: { madeMask: maskOf() },
  misconceptions,
  mutants,
});
