import type { Misconception, Mutant } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import { passesOf, RIGHT, type signatures, type Task } from "./order.domain.ts";

type Program = Implementation<typeof signatures>;
type Wrong = Misconception<typeof signatures>;

type Table = (fast: number, slow: number) => number[][];
/** Another table of the same two counts. */
const table = (of: Table): Pick<Program, "networkPasses"> => ({
  networkPasses: (D, layers, sweeps) => of(layers, layers * Math.min(sweeps, D)),
});
/** The right table with another count for the direction that waits. */
const slowly = (
  of: (D: number, layers: number, sweeps: number) => number,
): Pick<Program, "networkPasses"> => ({
  networkPasses(D, layers, sweeps) {
    const slow = of(D, layers, sweeps);
    return [
      [layers, layers, layers],
      [layers, slow, slow],
      [slow, layers, layers],
    ];
  },
});

type Choices = ReturnType<Program["choices"]> extends infer C ? Awaited<C> : never;
const rightChoices = (): Choices => ({
  likelihood: { ...RIGHT.likelihood },
  variational: { ...RIGHT.variational },
  teacher: { ...RIGHT.teacher },
  student: { ...RIGHT.student },
  product: { ...RIGHT.product },
});
const choosing = (change: Partial<Choices>): Pick<Program, "choices"> => ({
  choices: () => ({ ...rightChoices(), ...change }),
});
/** The flow is another one, whatever the reason says. */
const flows = (names: Partial<Record<Task, string>>): Pick<Program, "choices"> =>
  choosing(
    Object.fromEntries(
      Object.entries(names).map(([task, flow]) => [task, { ...RIGHT[task as Task], flow }]),
    ) as Partial<Choices>,
  );

export const misconceptions: readonly Wrong[] = [
  {
    id: "maf-and-iaf-exchanged",
    explanation:
      "MAF and IAF have changed places. Ask for each which list its network is given. In a MAF it is $x$: known if a point is given, so its density takes one pass. In an IAF it is $z$: known if you draw, so a sample takes one pass. (One survey has it the wrong way round, too.)",
    implementation: {
      ...table((fast, slow) => [
        [fast, fast, fast],
        [slow, fast, fast],
        [fast, slow, slow],
      ]),
      ...flows({ likelihood: "IAF", variational: "MAF", teacher: "IAF", student: "MAF" }),
    },
    variants: [
      table((fast, slow) => [
        [fast, fast, fast],
        [slow, fast, fast],
        [fast, slow, slow],
      ]),
      choosing({
        likelihood: { flow: "IAF", because: "a" },
        variational: { flow: "MAF", because: "b" },
        teacher: { flow: "IAF", because: "a" },
        student: { flow: "MAF", because: "b" },
      }),
    ],
  },
  {
    id: "density-of-own-sample-counted-again",
    explanation:
      "You send a sample back through the flow for its density. That is not needed: whoever has made $x$ from $z$ knows $z$ and every $\\alpha_d$, and $\\log Pr(x) = \\sum_d(\\log p(z_d) - \\alpha_d)$ needs nothing else. The density of one's own sample is free.",
    implementation: table((fast, slow) => [
      [fast, fast, fast + fast],
      [fast, slow, slow + fast],
      [slow, fast, fast + slow],
    ]),
    variants: [
      table((fast, slow) => [
        [fast, fast, fast],
        [fast, slow, slow + fast],
        [slow, fast, fast + slow],
      ]),
    ],
  },
  {
    id: "own-density-of-the-iaf-is-slow",
    explanation:
      "In your table the IAF waits for the density of its own sample. It waits for points that *others* hand to it, whose $z$ it has to find. Of its own samples it knows $z$: it has drawn it.",
    implementation: table((fast, slow) => [
      [fast, fast, fast],
      [fast, slow, slow],
      [slow, fast, slow],
    ]),
  },
  {
    id: "own-density-of-the-maf-is-fast",
    explanation:
      "In your table a MAF's sample *with* its density is faster than the sample alone. First the sample has to be made, and that takes its time; the density then comes along.",
    implementation: table((fast, slow) => [
      [fast, fast, fast],
      [fast, slow, fast],
      [slow, fast, fast],
    ]),
  },
  {
    id: "rows-and-columns-exchanged",
    explanation:
      "Your table is turned: it has a row for each question. Asked for is a row for each *flow*, coupling, MAF and IAF, and in each row the three questions.",
    implementation: table((fast, slow) => [
      [fast, fast, slow],
      [fast, slow, fast],
      [fast, slow, fast],
    ]),
  },
  {
    id: "coupling-waits",
    explanation:
      "Your coupling waits in one direction. The half that steers *stays* as it is, so it is known in both: one pass for each layer.",
    implementation: table((fast, slow) => [
      [fast, slow, slow],
      [fast, slow, slow],
      [slow, fast, fast],
    ]),
    variants: [
      table((fast, slow) => [
        [slow, fast, fast],
        [fast, slow, slow],
        [slow, fast, fast],
      ]),
      table((fast, slow) => [
        [2 * fast, 2 * fast, 2 * fast],
        [fast, slow, slow],
        [slow, fast, fast],
      ]),
    ],
  },
  {
    id: "no-end-after-d-passes",
    explanation:
      "You count more passes than there are numbers. After the first pass the first number is right, as nothing steers it; after the second the second; after $D$ all are. No layer takes more than $D$.",
    implementation: slowly((_D, layers, sweeps) => layers * sweeps),
  },
  {
    id: "jacobi-not-used",
    explanation:
      "You count $D$ passes for each layer in any case. Jacobi's iteration ends as soon as nothing moves any more, after `sweeps` passes: the smaller of the two numbers counts.",
    implementation: slowly((D, layers) => layers * D),
  },
  {
    id: "layers-at-once",
    explanation:
      "You count the waiting direction for one layer only. The next layer gets what comes out of it, and waits number by number again: all layers count.",
    implementation: slowly((D, _layers, sweeps) => Math.min(sweeps, D)),
    variants: [slowly((D, layers, sweeps) => Math.min(sweeps, D) + layers - 1)],
  },
  {
    id: "one-layer-only",
    explanation: "You count one layer. A flow of several asks the network of each.",
    implementation: {
      networkPasses: (D, _layers, sweeps) => passesOf(D, 1, sweeps),
    },
    variants: [
      // The coupling's row, or whatever takes one pass for each layer.
      table((fast, slow) => [
        [1, 1, 1],
        [fast, slow, slow],
        [slow, fast, fast],
      ]),
      table((_fast, slow) => [
        [1, 1, 1],
        [1, slow, slow],
        [slow, 1, 1],
      ]),
    ],
  },
  {
    id: "first-number-for-nothing",
    explanation:
      "You leave out the pass for the first number. Nothing steers it, but its own $\\mu_1$ and $\\alpha_1$ come out of the network as those of all others do: count that pass, too. (To know them beforehand saves one pass for each layer.)",
    implementation: slowly((D, layers, sweeps) => layers * Math.min(sweeps, D - 1)),
    variants: [slowly((D, layers, sweeps) => layers * (Math.min(sweeps, D) - 1))],
  },
  {
    id: "maf-trains-slowly",
    explanation:
      "You do not train the MAF by likelihood, as it generates one number after another. But maximum likelihood draws no samples: all that it asks for is the density of data, and that takes one pass. It is the *IAF* that would wait at every step. (A well-known handbook calls the MAF hard to train for this reason. It is not.)",
    implementation: flows({ likelihood: "IAF" }),
    variants: [
      flows({ likelihood: "coupling" }),
      choosing({ likelihood: { flow: "IAF", because: "b" } }),
      choosing({ likelihood: { flow: "IAF", because: "c" } }),
      choosing({ likelihood: { flow: "coupling", because: "c" } }),
      choosing({ likelihood: { flow: "IAF", because: "a" }, teacher: { flow: "IAF", because: "a" } }),
    ],
  },
  {
    id: "variational-by-a-maf",
    explanation:
      "In variational inference no data of the latent are given: each step *draws* from $q$ and asks for $\\log q$ of what it has drawn. A MAF draws one number after another. Which flow draws in one pass, and knows the density of its own samples?",
    implementation: flows({ variational: "MAF" }),
    variants: [
      choosing({ variational: { flow: "MAF", because: "a" } }),
      choosing({ variational: { flow: "MAF", because: "c" } }),
    ],
  },
  {
    id: "student-and-teacher-exchanged",
    explanation:
      "Teacher and student have changed places. The teacher is fitted to data, and then says how dense *given* points are, those that the student has drawn. The student draws at every step, and generates in the end: it has to be the one that samples in one pass.",
    implementation: flows({ teacher: "IAF", student: "MAF" }),
    variants: [choosing({ teacher: { flow: "IAF", because: "b" }, student: { flow: "MAF", because: "a" } })],
  },
  {
    id: "student-by-a-maf",
    explanation:
      "Your student is a MAF. At every step a student *draws*, and the reverse divergence wants the density of what it has drawn; afterwards it generates. A MAF draws one number after another, an IAF all at once.",
    implementation: flows({ student: "MAF" }),
    variants: [choosing({ student: { flow: "MAF", because: "a" } })],
  },
  {
    id: "product-is-slow-somewhere",
    explanation:
      "Your product is slow in half of its life: an autoregressive flow either trains fast on data and generates slowly, or the other way round. Here both are asked of *one* model. Which flow has one pass in each direction?",
    implementation: flows({ product: "IAF" }),
    variants: [
      flows({ product: "MAF" }),
      choosing({ product: { flow: "IAF", because: "b" } }),
      choosing({ product: { flow: "MAF", because: "a" } }),
    ],
  },
  {
    id: "coupling-for-everything",
    explanation:
      "A coupling can do all of these; but half of its numbers steer nothing and see nothing, so it is the least flexible of the three. Asked for is a coupling only where neither of the others is fast in all that the task asks for again and again.",
    implementation: flows({
      likelihood: "coupling",
      variational: "coupling",
      teacher: "coupling",
      student: "coupling",
    }),
    variants: [
      choosing({
        likelihood: { flow: "coupling", because: "c" },
        variational: { flow: "coupling", because: "c" },
        teacher: { flow: "coupling", because: "c" },
        student: { flow: "coupling", because: "c" },
      }),
    ],
  },
  {
    id: "teacher-draws",
    explanation:
      "The teacher does not draw while the student learns. The *student* draws, and the teacher says how dense it finds these points: for the teacher they are given.",
    implementation: choosing({ teacher: { flow: "MAF", because: "b" } }),
    variants: [choosing({ teacher: { flow: "MAF", because: "c" } })],
  },
];

/** Wrong programs without a story. */
export const mutants: readonly Mutant<typeof signatures>[] = [
  { id: "all-in-one-pass", implementation: table((fast) => [0, 1, 2].map(() => [fast, fast, fast])) },
  { id: "all-wait", implementation: table((_fast, slow) => [0, 1, 2].map(() => [slow, slow, slow])) },
  {
    id: "passes-of-numbers-squared",
    implementation: slowly((D, layers, sweeps) => layers * Math.min(sweeps, D) * D),
  },
  {
    id: "no-names",
    implementation: flows({ likelihood: "", variational: "", teacher: "", student: "", product: "" }),
  },
  {
    id: "one-reason-for-all",
    implementation: choosing({
      variational: { flow: "IAF", because: "a" },
      student: { flow: "IAF", because: "a" },
      product: { flow: "coupling", because: "a" },
    }),
  },
];
