import { describe, expect, test } from "vitest";
import { inProcessSession } from "../drivers/in-process.ts";
import { type CheckContext, exercise } from "../exercise.ts";
import { fn, number, object, parameter, record, text } from "../harness/kinds.ts";
import { gradeExercise } from "./grade-exercise.ts";
import { LearnerError, type Session } from "./session.ts";

const signatures = { square: fn([parameter("x", number)], number) };

const square = exercise({
  id: "square",
  path: "test/square",
  title: "A square",
  source: "a test",
  statement: "",
  signatures,
  checks: ["first", "second", "third"].map((name) => ({
    name,
    points: 1,
    hints: [{ text: `hint of ${name}` }],
    async run({ learner, random, expect }: CheckContext<typeof signatures>) {
      for (let i = 0; i < 3; i++) {
        const x = random.uniform(1, 2);
        expect.close(await learner.square(x), x * x);
      }
    },
  })),
  hints: ["a", "b"],
  misconceptions: [{ id: "doubled", explanation: "That is 2x.", implementation: { square: (x) => 2 * x } }],
});

const grade = (implementation: Record<string, unknown>, seed = "s") =>
  gradeExercise(square, () => inProcessSession(implementation, square.signatures), { seed });

/** Ends at its first call, as a process does that calls process.exit. */
function endingSession(inner: Session): Session {
  let alive = true;
  return {
    ...inner,
    get alive() {
      return alive;
    },
    async call() {
      alive = false;
      throw new LearnerError("exit", "called process.exit(0)");
    },
  };
}

test.each([
  ["a text", () => "As z is random.", { answer: "As z is random." }],
  ["a number", () => 5, { answer: "", missing: expect.stringMatching(/reason returned 5; expected a text/) }],
  ["nothing yet", undefined, { answer: "", missing: expect.stringMatching(/reason/) }],
])("a person reads %s, or why there is no text", async (_what, reason, manual) => {
  const asked = { ...signatures, reason: fn([], text) };
  const explained = exercise({
    ...{ id: "explained", path: "test/explained", title: "A square, explained", source: "a test" },
    ...{ statement: "", signatures: asked, checks: square.checks as never, hints: ["a", "b"] },
    misconceptions: [],
    rubric: { export: "reason", points: 2, criteria: [{ points: 2, text: "says why" }] },
  });
  const answer = { square: (x: number) => x * x, ...(reason && { reason }) };
  const result = await gradeExercise(explained, () => inProcessSession(answer, asked), { seed: "s" });
  expect(result.status).toBe("passed");
  expect(result.manual).toEqual({ ...manual, maxPoints: 2, criteria: explained.rubric?.criteria });
});

test("an object within a record has its methods", async () => {
  const count = object({ next: fn([], number) });
  const signatures = { counters: fn([], record({ up: count, down: count })) };
  const counters = exercise({
    id: "counters",
    path: "test/counters",
    title: "Two counters",
    source: "a test",
    statement: "",
    signatures,
    hints: ["a", "b"],
    misconceptions: [],
    checks: [
      {
        name: "they count on their own",
        points: 1,
        async run({ learner, expect }) {
          const { up, down } = await learner.counters();
          expect.close([await up.next(), await up.next(), await down.next()], [1, 2, -1]);
        },
      },
    ],
  });
  const counter = (step: number, at = 0) => ({ next: () => (at += step) });
  const provided = { counters: () => ({ up: counter(1), down: counter(-1) }) };
  const open = () => inProcessSession(provided, signatures);
  expect(await gradeExercise(counters, open, { seed: "s" })).toMatchObject({ status: "passed" });
});

test("a slip in a method is recognised in a later check too, whose objects are not the session's first", async () => {
  const signatures = {
    scale: fn(
      [parameter("factor", number)],
      object({ up: fn([parameter("x", number)], number), down: fn([parameter("x", number)], number) }),
    ),
  };
  const ask =
    (method: "up" | "down", right: (factor: number, x: number) => number) =>
    async ({ learner, random, expect }: CheckContext<typeof signatures>) => {
      for (let i = 0; i < 3; i++) {
        const [factor, x] = [random.uniform(2, 3), random.uniform(1, 2)];
        expect.close(await (await learner.scale(factor))[method](x), right(factor, x));
      }
    };
  const scale = exercise({
    id: "scale",
    path: "test/scale",
    title: "Scale",
    source: "a test",
    statement: "",
    signatures,
    hints: ["a", "b"],
    checks: [
      { name: "up", points: 1, run: ask("up", (factor, x) => factor * x) },
      { name: "down", points: 1, run: ask("down", (factor, x) => x / factor) },
    ],
    misconceptions: [
      {
        id: "up-again",
        explanation: "Going down, divide.",
        implementation: { scale: (factor) => ({ up: (x) => factor * x, down: (x) => factor * x }) },
      },
    ],
  });
  const wrong = {
    scale: (factor: number) => ({ up: (x: number) => x * factor, down: (x: number) => x * factor }),
  };
  const { checks } = await gradeExercise(scale, () => inProcessSession(wrong, signatures), { seed: "s" });
  expect(checks.map(({ failure }) => failure?.misconception?.id)).toEqual([undefined, "up-again"]);
});

describe("gradeExercise", () => {
  test("gives full points to a right answer", async () => {
    expect(await grade({ square: (x: number) => x * x })).toMatchObject({
      status: "passed",
      points: 3,
      maxPoints: 3,
    });
  });

  test("names the call, both numbers, and on how many tests it failed", async () => {
    const { checks } = await grade({ square: (x: number) => x * x + 1 });
    const failure = checks[0].failure!;
    expect(failure.input).toMatch(/^square\(1\.\d+\)$/);
    expect(Number(failure.got)).toBeCloseTo(Number(failure.expected) + 1, 4);
    expect(failure.message).toContain("3 of 3 tests");
    expect(failure.hint).toBe("hint of first");
  });

  test("recognises a misconception and then shows no hint", async () => {
    const { checks } = await grade({ square: (x: number) => x + x });
    expect(checks[0].failure!.misconception?.id).toBe("doubled");
    expect(checks[0].failure!.hint).toBeUndefined();
  });

  test("the same seed asks the same, another seed does not", async () => {
    const input = async (seed: string) => (await grade({ square: () => 0 }, seed)).checks[0].failure!.input;
    expect(await input("a")).toBe(await input("a"));
    expect(await input("a")).not.toBe(await input("b"));
  });

  test("a stub is unsolved, not wrong", async () => {
    const stub = () => {
      throw new Error("Not yet solved");
    };
    expect(await grade({ square: stub })).toMatchObject({ status: "unsolved", points: 0 });
  });

  test.each([
    [
      "threw",
      () => {
        throw new TypeError("no");
      },
      /TypeError: no/,
    ],
    [
      "threw",
      () => {
        throw null;
      },
      /threw null/,
    ],
    ["kind", () => "4", /^square returned "4", a text that reads like a number; expected a number/],
    ["kind", () => undefined, /is a return missing/],
    ["kind", () => ({ valueOf: () => 4 }), /returned { valueOf: a function }; expected a number/],
  ])("%s: says what came instead of a number", async (trouble, square, message) => {
    const { checks, points } = await grade({ square });
    expect(points).toBe(0);
    expect(checks[0].failure).toMatchObject({ trouble });
    expect(checks[0].failure!.message).toMatch(message);
  });

  test("an answer that is awaited counts", async () => {
    expect(await grade({ square: async (x: number) => x * x })).toMatchObject({ status: "passed" });
  });

  test("a missing function is named", async () => {
    expect((await grade({})).checks[0].failure!.message).toMatch(/^square is not defined/);
  });

  test("partial credit survives a process that ends in the middle", async () => {
    let opened = 0;
    const open = async (): Promise<Session> => {
      opened += 1;
      const sound = await inProcessSession({ square: (x: number) => x * x }, square.signatures);
      return opened === 1 ? endingSession(sound) : sound;
    };
    const result = await gradeExercise(square, open, { seed: "s" });
    expect(result.checks.map((check) => check.status)).toEqual(["failed", "passed", "passed"]);
    expect(result).toMatchObject({ status: "partial", points: 2 });
    expect(opened).toBe(2);
  });

  test("code that cannot be loaded fails once and is not loaded again", async () => {
    let opened = 0;
    const open = async (): Promise<Session> => {
      opened += 1;
      throw new LearnerError("load", "SyntaxError: line 3");
    };
    const result = await gradeExercise(square, open, { seed: "s" });
    expect(opened).toBe(1);
    expect(result.status).toBe("failed");
    expect(result.checks.map((check) => check.failure?.message)).toEqual(
      Array(3).fill("SyntaxError: line 3"),
    );
  });

  test("a defect of a check is never held against the learner", async () => {
    const broken = {
      ...square,
      checks: [
        {
          name: "x",
          points: 1,
          run: async () => {
            throw new RangeError("ours");
          },
        },
      ],
    };
    const open = () => inProcessSession({ square: (x: number) => x }, square.signatures);
    await expect(gradeExercise(broken, open, { seed: "s" })).rejects.toThrow("ours");
  });

  test("a check that expects nothing is a defect", async () => {
    const idle = { ...square, checks: [{ name: "idle", points: 1, run: async () => {} }] };
    const open = () => inProcessSession({ square: (x: number) => x }, square.signatures);
    await expect(gradeExercise(idle, open, { seed: "s" })).rejects.toThrow(
      'the check "idle" expects nothing',
    );
  });
});
