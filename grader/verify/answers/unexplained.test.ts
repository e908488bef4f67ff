import { expect, test } from "vitest";
import { type AnyExercise, exercise } from "../../exercise.ts";
import { fn, number, parameter } from "../../harness/kinds.ts";
import { rightSessions } from "./right-sessions.ts";
import { unexplainedProblems } from "./unexplained.ts";

const signatures = { half: fn([parameter("a", number), parameter("b", number)], number) };
const half = (a: number, b: number): number => a / b;
const SECONDS = 0.3;

/** Checks ask for 0 < a < b alone. */
const dividing = (reference: typeof half): AnyExercise =>
  exercise({
    id: "half",
    path: "test/half",
    title: "A half",
    source: "a test",
    statement: "",
    signatures,
    reference: { half: reference },
    limits: { seconds: SECONDS },
    checks: [
      {
        name: "is a/b",
        points: 1,
        hints: [{ text: "no" }],
        async run({ learner, random, expect }) {
          for (let i = 0; i < 12; i++) {
            const [a, b] = [random.uniform(0.1, 1), random.uniform(2, 3)];
            expect.close(await learner.half(a, b), half(a, b));
          }
        },
      },
    ],
    hints: ["a", "b"],
    misconceptions: [],
  }) as AnyExercise;

const problemsOf = async (reference: typeof half): Promise<string> => {
  const of = dividing(reference);
  const found = await unexplainedProblems(of, await rightSessions(of, { half }), "unexplained");
  return found.map(({ problem }) => problem).join("\n");
};

function compute(seconds: number): void {
  const began = process.threadCpuUsage();
  const spent = () => process.threadCpuUsage(began).user / 1e6;
  while (spent() < seconds);
}

test("a reference that ends soon whatever it is asked is sound", async () => {
  expect(await problemsOf(half)).toBe("");
});

test("one that takes long for arguments that changed places is told, though no check asks for them", async () => {
  const slow = (a: number, b: number): number => {
    if (a > b) compute(SECONDS / 60);
    return half(a, b);
  };
  expect(await problemsOf(slow)).toMatch(/to find words for a wrong answer of half takes \d+\.\d s/);
});

test("one for which the grader itself fails is told", async () => {
  const value = (): number => {
    throw new TypeError("a part that is none");
  };
  const parts = [{ export: "half", by: "product", of: [{ name: "a", value }] }] as const;
  const of: AnyExercise = { ...dividing(half), parts };
  const [found] = await unexplainedProblems(of, await rightSessions(of, { half }), "unexplained");
  expect(found?.problem).toMatch(
    /^a wrong answer of half cannot be graded, with seed unexplained: TypeError: a part that is none/,
  );
});
