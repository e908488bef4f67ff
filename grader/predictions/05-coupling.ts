/** What chapter 05 asks before it shows. */

import { couplingQuiz } from "./05-coupling.quiz.ts";
import { choicePrediction, numberPrediction, type Prediction } from "./prediction.ts";

const undoCoupling = choicePrediction({
  id: "undo-coupling",
  question:
    "$s$ and $t$ will be neural networks with thousands of weights, which no formula inverts. What does it take to find $z$ from $x$?",
  choices: {
    invertible: {
      text: "networks that can be inverted: as many numbers out as in, and an increasing activation",
      meaning:
        "That would be needed if a changed number had gone *through* the network. It only gets a scale and a shift from it.",
    },
    bracket: {
      text: "a search, such as bracketing, for each changed number",
      meaning:
        "Chapter 1 searched because $z$ stood inside a function without an inverse. Here $z_2$ stands outside the networks.",
    },
    again: {
      text: "computing $s$ and $t$ once more, in the same direction",
      meaning: "Their input has not changed: $x_1 = z_1$.",
    },
    linear: {
      text: "the inverse of a matrix that approximates the networks nearby",
      meaning: "An approximation would leave an error, and this inverse is exact.",
    },
  },
  right: "again",
  answer:
    "$x_1 = z_1$, so $s(x_1)$ and $t(x_1)$ are the numbers that forward has used. What is left is to undo one multiplication and one addition. The round trip above is exact but for rounding, with a function inside that nobody could invert.",
});

const zeroBlock = choicePrediction({
  id: "zero-block",
  question:
    "Six numbers, of which the first three stay and steer the other three. Row $i$ of the Jacobian belongs to $x_i$, column $j$ to $z_j$. Where will its zeros be?",
  choices: {
    outside: {
      text: "everywhere but on the diagonal",
      meaning: "Then $x_4$ would not depend on $z_1$, and nothing would be steered.",
    },
    upper: {
      text: "in the upper right block, and beside the diagonals of the two blocks on it",
      meaning:
        "What stays does not depend on what changes; and a changed number has no other changed number in it.",
    },
    lower: {
      text: "in the lower left block, and beside the diagonals of the two blocks on it",
      meaning:
        "The lower left block says how $x_4, x_5, x_6$ depend on $z_1, z_2, z_3$. That is the steering.",
    },
    triangle: {
      text: "above the diagonal, and only there",
      meaning:
        "Nearly. The block of the changed numbers has zeros *below* its diagonal, too: $x_6$ does not depend on $z_4$.",
    },
  },
  given: { zeros: "number" },
  right: "upper",
  answer: ({ zeros }) =>
    `${zeros} of the 36 entries are 0: all 9 at the upper right, and 6 beside the diagonal in each of the two blocks on it. The block at the lower left is full. So the matrix is *block lower triangular*, and its determinant is the product of its diagonal.`,
});

const bestAdditive = numberPrediction({
  id: "best-additive",
  question:
    "The two moons have an entropy of 1.008 nats, which a perfect flow would have for its mean negative log-likelihood. *Additive* couplings scale nothing. Below which value can the loss of a flow of them not get, whatever the data, with any number of couplings and networks of any size? (The standard normal in the plane has its highest density in the middle, $1/2\\pi = 0.159$, and an entropy of 2.838 nats.)",
  form: "a number of nats",
  given: { additive: "number", affine: "number", floor: "number" },
  truth: Math.log(2 * Math.PI),
  within: 0.02,
  near: 0.15,
  bands: [
    {
      from: 2.8,
      to: 2.87,
      meaning:
        "That is what *samples of the flow itself* get on average: its entropy is that of its base. The data need not be spread like its samples; they may all lie where it is densest.",
    },
    {
      from: 0.95,
      to: 1.1,
      meaning:
        "That would take a density of 1 and more near the moons. Can a map that stretches and squeezes nothing make a density that its base does not have?",
    },
    {
      from: 1.99,
      to: 2.05,
      meaning:
        "That is about the best that can be reached on the *moons*, which need room around the middle. Asked for is the bound for any data, which the highest density alone gives.",
    },
    { from: 0.1, to: 0.2, meaning: "That is the highest *density*. Its negative logarithm was asked for." },
    {
      to: 0.95,
      meaning: "On average over new data no model has less than the entropy of the truth.",
    },
  ],
  answer: ({ additive, affine, floor }) =>
    `$\\log 2\\pi = 1.838$ nats. Each $x$ has exactly the density of the $z$ it comes from, and none is above $1/2\\pi$, so no point has a negative log-likelihood below $\\log 2\\pi$. Only data in the very middle of the bell would reach that. The moons need room: with their densest places innermost, which is the best that a map which keeps volumes can do, they come to ${floor.toFixed(3)}, the dotted line. The additive flow above came to ${additive.toFixed(3)} nats on held-out moons, the affine one, of the same size, to ${affine.toFixed(3)}.`,
});

const howMany = numberPrediction({
  id: "how-many",
  question:
    "Six numbers, in two halves of three, which are changed in turns, first the second half. After how many couplings does *every* number of $x$ depend on *every* number of $z$?",
  form: "a whole number",
  whole: true,
  least: 1,
  most: 100,
  given: { two: "number", three: "number" },
  truth: 3,
  bands: [
    {
      from: 2,
      to: 2,
      meaning:
        "After two each number has been *changed*. But what does the second half know of its own other numbers, when it has only been changed under the first?",
    },
    { from: 1, to: 1, meaning: "After one the first half is still $z$ itself." },
    {
      from: 4,
      to: 5,
      meaning:
        "Count again what the first half hands on when the second is changed for the second time: it knows everything by then.",
    },
    { from: 6, meaning: "One number at a time would take more couplings. Here three change at once." },
  ],
  answer: ({ two, three }) =>
    `Three. After two couplings ${two} of the 36 entries are still 0: $x_4$ does not depend on $z_5$ and $z_6$, and so on, as the second half has been changed only once, under the first. The third coupling hands it all that the first half knows by then, and ${three} zeros are left. With one number in the second half, as in the plane, two are enough.`,
});

const whichDeep = choicePrediction({
  id: "thirty-two",
  question:
    "Eight affine couplings came to some loss above. What will thirty-two, with networks half as wide, do in as many steps?",
  choices: {
    worse: {
      text: "worse: so many layers do not train",
      meaning:
        "Deep networks can be hard to train. But each of these layers starts as the identity, and the log-determinant gives each a gradient of its own.",
    },
    same: {
      text: "about the same, as eight can already do anything",
      meaning:
        "Perhaps they could, with networks of any size. With these, each coupling bends a little, and the moons have to be bent a lot.",
    },
    better: {
      text: "better, by a twentieth of a nat or more",
      meaning: "Each coupling is a simple map, and depth multiplies what simple maps can do.",
    },
    below: {
      text: "better than the entropy of the truth",
      meaning: "On average over new data no model has less than the entropy of the truth.",
    },
  },
  given: { eight: "number", deep: "number", entropy: "number" },
  right: ({ eight, deep, entropy }) =>
    deep < entropy - 0.02 ? "below" : deep < eight - 0.05 ? "better" : deep < eight + 0.05 ? "same" : "worse",
  answer: ({ eight, deep, entropy }) =>
    `Eight: ${eight.toFixed(3)} nats, thirty-two: ${deep.toFixed(3)}, entropy ${entropy.toFixed(3)}. The price is time: each step goes through four times as many networks, one after another.`,
});

const FLOWS = {
  additive: "eight additive couplings",
  affine: "eight affine couplings",
  normalized: "eight affine couplings with batch norm between them",
  deep: "thirty-two affine couplings, with networks half as wide",
  splines: "four spline couplings",
} as const;
type FlowName = keyof typeof FLOWS;

/** From the best to the worst. */
const rankFlows = (losses: Readonly<Record<FlowName, number>>): FlowName[] =>
  (Object.keys(FLOWS) as FlowName[]).sort((a, b) => losses[a] - losses[b]);

const whichFlow = choicePrediction({
  id: "which-flow",
  question:
    "Five flows, each trained on the moons for 400 steps. Which will give the lowest loss on held-out points?",
  choices: {
    additive: {
      text: FLOWS.additive,
      meaning: "They keep volumes, and the moons are denser than the bell.",
    },
    affine: {
      text: FLOWS.affine,
      meaning: "Each of them has a scale and a shift for a number, and nothing else to bend with.",
    },
    normalized: {
      text: FLOWS.normalized,
      meaning:
        "Batch norm keeps the numbers where networks learn well. It adds nothing that a scale and a shift could not do.",
    },
    deep: {
      text: FLOWS.deep,
      meaning: "Depth multiplies what simple maps can do, and costs a pass through a network for each layer.",
    },
    splines: {
      text: FLOWS.splines,
      meaning: "A spline bends a number in one layer in as many ways as many affine layers do together.",
    },
  },
  given: {
    additive: "number",
    affine: "number",
    normalized: "number",
    deep: "number",
    splines: "number",
  },
  right: (losses) => rankFlows(losses)[0],
  answer: (losses) => {
    const order = rankFlows(losses);
    const list = order.map((name) => `${FLOWS[name]} ${losses[name].toFixed(3)}`).join("; ");
    const gap = losses[order[1]] - losses[order[0]];
    const close = gap < 0.03 ? " The first two are too close to call." : "";
    return `From the best to the worst, in nats: ${list}.${close} Four hundred steps are a short training, and one seed is no proof: another may exchange neighbours in this list. What no training changes is the floor of the additive ones.`;
  },
});

export const couplingChapter: readonly Prediction[] = [
  undoCoupling,
  zeroBlock,
  bestAdditive,
  howMany,
  whichDeep,
  whichFlow,
  ...couplingQuiz,
];
