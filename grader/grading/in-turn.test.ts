import { expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { type CheckContext, exercise } from "../exercise.ts";
import { fn, number, object, parameter } from "../harness/kinds.ts";
import { gradeExercise } from "./grade-exercise.ts";
import { judgeInTurn } from "./in-turn.ts";
import { LearnerError, type Session } from "./session.ts";

const signatures = {
  shiftBy: fn(
    [parameter("a", number)],
    object({ forward: fn([parameter("z", number)], number), inverse: fn([parameter("x", number)], number) }),
  ),
};
const method = (name: "forward" | "inverse", sign: number) => ({
  name,
  points: 1,
  hints: [],
  run: ({ learner, expect }: CheckContext<typeof signatures>) =>
    judgeInTurn({
      made: [2] as [number],
      other: [3] as [number],
      make: ([a]) => learner.shiftBy(a),
      points: [1, 4] as [number, number],
      others: [(one, x) => one.inverse(x), (one, x) => one.forward(x)],
      judge: async (one, [a], x) => expect.close(await one[name](x), x + sign * a),
    }),
});
const shifts = exercise({
  id: "shifts",
  path: "test/shifts",
  title: "Shifts",
  source: "a test",
  statement: "",
  signatures,
  checks: [method("inverse", -1), method("forward", 1)],
  hints: ["a", "b"],
  misconceptions: [],
});

/** As the sandbox, where a call that never ends is the last: whatever is asked after it ends as it did. */
function endedBy(name: string, inner: Session): Session {
  let over: LearnerError | undefined;
  return {
    ...inner,
    get alive() {
      return over === undefined;
    },
    async call(target, inputs) {
      if (over) throw over;
      if ("method" in target && target.method === name) {
        over = new LearnerError("time", `ran longer than 5 s at ….${name}(${inputs[0]}): is there a loop?`);
        throw over;
      }
      return inner.call(target, inputs);
    },
  };
}

test("a method that never ends costs its own check only, and the card names that one call", async () => {
  const right = {
    shiftBy: (a: number) => ({ forward: (z: number) => z + a, inverse: (x: number) => x - a }),
  };
  const open = async () => endedBy("forward", await inProcessSession(right, signatures));
  const { checks } = await gradeExercise(shifts, open, { seed: "s" });
  expect(checks.map(({ status }) => status)).toEqual(["passed", "failed"]);
  expect(checks[1]?.failure).toMatchObject({ trouble: "time", input: "….forward(1)" });
  expect(checks[1]?.failure?.message).toContain("….forward(1)");
});

test("what ends the process is named by the call in which it happened, not by the last one asked", async () => {
  const asking = {
    ...shifts,
    checks: [
      {
        name: "both",
        points: 1,
        async run({ learner, expect }: CheckContext<typeof signatures>) {
          const one = await learner.shiftBy(2);
          const [forward, inverse] = await Promise.allSettled([one.forward(7), one.inverse(8)]);
          for (const settled of [inverse, forward]) if (settled?.status === "rejected") throw settled.reason;
          expect.that(true, "");
        },
      },
    ],
  };
  const open = async () =>
    endedBy(
      "forward",
      await inProcessSession({ shiftBy: () => ({ forward: () => 1, inverse: () => 1 }) }, signatures),
    );
  const { checks } = await gradeExercise(asking, open, { seed: "s" });
  expect(checks[0]?.failure?.input).toBe("….forward(7)");
});

test("a method that depends on what was asked before is still found", async () => {
  let last = 0;
  const kept = {
    shiftBy: (a: number) => ({
      forward: (z: number) => {
        last = 1;
        return z + a;
      },
      inverse: (x: number) => x - a + last,
    }),
  };
  const open = () => inProcessSession(kept, signatures);
  const { checks } = await gradeExercise(shifts, open, { seed: "s" });
  expect(checks[0]?.status).toBe("failed");
});
