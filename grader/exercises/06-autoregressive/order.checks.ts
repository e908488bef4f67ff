import { allowedErrors } from "../../domain/domain.ts";
import { strata } from "../../domain/strata.ts";
import type { Check, CheckContext } from "../../exercise.ts";
import type { Hint } from "../../explanation/hint.ts";
import { valueText } from "../../grading/transcript.ts";
import {
  COLUMNS,
  domain,
  FLOWS,
  isSame,
  passesOf,
  plainText,
  RIGHT,
  type signatures,
  TASKS,
  type Task,
} from "./order.domain.ts";

type Context = CheckContext<typeof signatures>;

async function askColumn({ learner, random, expect }: Context, column: number): Promise<void> {
  for (const { inputs } of strata(random, domain.regions)) {
    const want = passesOf(...inputs);
    const got = await learner.networkPasses(...inputs);
    const [D, layers, sweeps] = inputs;
    const input = `networkPasses(${D}, ${layers}, ${sweeps}): ${COLUMNS[column]}, by ${FLOWS.join(", ")}`;
    expect.that(
      got.length === FLOWS.length && got.every((row) => row.length === COLUMNS.length),
      "the table has 3 rows of 3 numbers: a row for each flow, a column for each question",
      { input, got: valueText(got) },
    );
    if (got.length !== FLOWS.length || got.some((row) => row.length !== COLUMNS.length)) return;
    const [own, right] = [got, want].map((table) => table.map((row) => row[column]));
    const { absolute } = allowedErrors(domain, right, ...inputs);
    expect.close(own, right, { absolute, relative: 0, input });
  }
}

/** Three numbers, one layer, one after another: the column as it should be. */
const firstPoint =
  (column: number): NonNullable<Hint<typeof signatures>["test"]> =>
  async (learner) => ({
    got: (await learner.networkPasses(3, 1, 3)).map((row) => row[column] ?? Number.NaN),
    want: passesOf(3, 1, 3).map((row) => row[column]),
  });
const layersPoint =
  (column: number): NonNullable<Hint<typeof signatures>["test"]> =>
  async (learner) => ({
    got: (await learner.networkPasses(3, 5, 3)).map((row) => row[column] ?? Number.NaN),
    want: passesOf(3, 5, 3).map((row) => row[column]),
  });

const hintsOf = (column: number, first: string): Hint<typeof signatures>[] => [
  { when: ["value", "shape"], test: firstPoint(column), text: first },
  {
    test: layersPoint(column),
    text: `One layer of three numbers, one after another, is right. Five such layers ask five networks, each as often as the first: ${passesOf(
      3,
      5,
      3,
    )
      .map((row) => row[column])
      .join(", ")}.`,
  },
  {
    text: "One after another you are right. Jacobi's iteration ends in each layer after `sweeps` passes, or after $D$, if that is sooner.",
  },
];

/** What is wrong in a task whose flow is another one. */
const QUESTION: Readonly<Record<Task, string>> = {
  likelihood: "Maximum likelihood: what does each step ask for, and is it given or drawn?",
  variational: "Variational inference: what does each step ask for, and is it given or drawn?",
  teacher:
    "The teacher: what is it asked for while it learns from data, and what while the student learns from it?",
  student: "The student: who makes the points in which the two are compared?",
  product: "The product: which of the three is fast in both directions?",
};

export const checks: readonly Check<typeof signatures>[] = [
  {
    name: "passes for the density of a given point",
    points: 1,
    hints: hintsOf(
      0,
      "Three numbers, one layer, one after another. $x$ is given. A coupling and a MAF know all that steers, so they ask the network once; an IAF has to find $z_1$ before it knows how to find $z_2$: three times. The column is 1, 1, 3.",
    ),
    run: (context) => askColumn(context, 0),
  },
  {
    name: "passes for a sample",
    points: 1,
    hints: hintsOf(
      1,
      "Three numbers, one layer, one after another. $z$ is drawn and known. In an IAF it steers, so one pass; in a MAF $x$ steers, which is only being made: three. The column is 1, 3, 1.",
    ),
    run: (context) => askColumn(context, 1),
  },
  {
    name: "passes for a sample with its log-density",
    points: 1,
    hints: hintsOf(
      2,
      "Three numbers, one layer, one after another. Once the sample is made, $z$ and all $\\alpha_d$ are known, so its log-density takes no pass more: 1, 3, 1.",
    ),
    run: (context) => askColumn(context, 2),
  },
  {
    name: "which flow for which task",
    points: 2,
    hints: TASKS.map((task) => ({
      where: ({ got }) => {
        const first = TASKS.find((one) => !isSame(flowOf(got, one), RIGHT[one].flow));
        return first === task;
      },
      text: QUESTION[task],
    })),
    async run({ learner, expect }) {
      const chosen = await learner.choices();
      for (const task of TASKS) {
        const { flow } = chosen[task];
        expect.that(
          FLOWS.some((name) => isSame(flow, name)),
          `${task}: the flow is one of ${FLOWS.map((name) => `"${name}"`).join(", ")}`,
          { got: flow },
        );
        expect.that(
          isSame(flow, RIGHT[task].flow),
          isSame(flow, "coupling")
            ? `${task}: one of the other two is as fast in all that this asks for again and again, and more flexible`
            : `${task}: here this flow waits, and another one does not`,
          { got: flow },
        );
      }
    },
  },
  {
    name: "and why",
    points: 1,
    hints: [
      {
        text: "Look at each task for itself: (a) are points given whose density is asked for, (b) does the flow draw them itself, or (c) the first while it learns, and samples afterwards?",
      },
    ],
    async run({ learner, expect }) {
      const chosen = await learner.choices();
      for (const task of TASKS) {
        const { because } = chosen[task];
        expect.that(
          ["a", "b", "c"].includes(plainText(because)),
          `${task}: the reason is one of the letters "a", "b", "c"`,
          { got: because },
        );
        expect.that(isSame(because, RIGHT[task].because), `${task}: that is not what it asks for`, {
          got: because,
        });
      }
    },
  },
];

/** The flow that was chosen for a task, of whatever was answered. */
function flowOf(got: unknown, task: Task): string {
  const chosen = (got as Partial<Record<Task, { flow?: unknown }>> | undefined)?.[task]?.flow;
  return typeof chosen === "string" ? chosen : "";
}
