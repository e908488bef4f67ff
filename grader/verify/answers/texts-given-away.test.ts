/** Texts in the fields of a record are answers, too: whoever says nonsense must not get their points. */

import { expect, test } from "vitest";
import { exercise } from "../../exercise.ts";
import { fn, record, text } from "../../harness/kinds.ts";
import { verifyExercise } from "../exercise.ts";

const signatures = {
  choices: fn([], record({ fast: record({ flow: text }), slow: record({ flow: text }) })),
};
const right = { choices: () => ({ fast: { flow: "MAF" }, slow: { flow: "IAF" } }) };

const choosing = (isRight: (fast: string, slow: string) => boolean) =>
  exercise({
    id: "choices",
    path: "test/choices",
    title: "A choice",
    source: "a test",
    statement: "Write `choices()`.",
    signatures,
    checks: [
      {
        name: "both are chosen",
        points: 1,
        async run({ learner, expect }) {
          const { fast, slow } = await learner.choices();
          expect.that(isRight(fast.flow, slow.flow), "other flows are asked for");
        },
      },
    ],
    hints: ["a", "b"],
    misconceptions: [
      {
        id: "exchanged",
        explanation: "They have changed places.",
        implementation: { choices: () => ({ fast: { flow: "IAF" }, slow: { flow: "MAF" } }) },
      },
    ],
  });

test.each([
  ["that looks at them is sound", (fast: string, slow: string) => fast === "MAF" && slow === "IAF", 0],
  ["that looks only at what they are not gives points away", (fast: string) => fast !== "IAF", 7],
])("a check of texts in a record %s", async (_what, isRight, count) => {
  const stub = {
    choices: () => {
      throw new Error("Not yet solved");
    },
  };
  const { findings } = await verifyExercise(
    choosing(isRight),
    { solution: right, stub },
    { right: 5, wrong: 5, explained: 2 },
  );
  expect(findings.filter(({ problem }) => problem.includes("to everything passes"))).toHaveLength(count);
});
