/** Learners' own numbers: drawn, bound to the learner, and kept from everybody else. */

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import * as stub from "../../exercises/04-elementwise/16-7-leaky-relu.ts";
import { solved } from "../../solutions/04-elementwise/16-7-leaky-relu.variants.ts";
import { course, exerciseById } from "../course.ts";
import type { AnyExercise } from "../exercise.ts";
import { exerciseVersion } from "../memory/version.ts";
import { random } from "../random.ts";
import type { Learner } from "../roster/roster.ts";
import type { Submission } from "../submissions/submission.ts";
import { variantNames, variantProblems } from "../verify/answers/variants.ts";
import { assignNumbers } from "./assign.ts";
import { ownNumbers } from "./draw.ts";
import { isMark, markLine, markOf } from "./mark.ts";
import { readOrMakeSecret, readSecret, secretOf } from "./secret.ts";
import { variedExercise, withNumbers } from "./varied.ts";

const others = course.filter(({ variants }) => variants !== undefined);
const scratch = mkdtempSync(join(tmpdir(), "flowlab-variants-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const secret = secretOf(Buffer.alloc(32, 1));
const ada: Learner = { name: "Ada Lovelace", id: "7", row: 2 };
const bob: Learner = { name: "Bob Stone", id: "8", row: 3 };
const roster = { path: "roster.csv", learners: [ada, bob] };
const relu = exerciseById("16.7");

describe.each(others.map((exercise) => [exercise.id, exercise] as const))("%s", (_, exercise) => {
  const draw = (seed: string) => exercise.variants?.draw(random(seed));

  test("the same seed draws the same numbers, which survive JSON", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(draw(seed)).toEqual(draw(seed));
        expect(JSON.parse(JSON.stringify(draw(seed)))).toEqual(draw(seed));
      }),
      { numRuns: 50 },
    );
  });

  test("a class of fifty finds fifty different numbers, and another task for each", () => {
    const drawn = new Map(
      Array.from({ length: 400 }, (_, i) => draw(`${i}`)).map((numbers) => [
        JSON.stringify(numbers),
        numbers,
      ]),
    );
    expect(drawn.size).toBeGreaterThanOrEqual(50);
    const all = [...drawn.values()].map((numbers) => withNumbers(exercise, numbers));
    expect(new Set(all.map(({ statement }) => statement)).size).toBe(drawn.size);
    expect(new Set(all.slice(0, 20).map((one) => exerciseVersion(one))).size).toBe(20);
    for (const one of all.slice(0, 5)) {
      expect(one).toMatchObject({ id: exercise.id, path: exercise.path, title: exercise.title });
      expect(one.source).toBe(`${exercise.source}, with other numbers`);
      expect(one.checks.map(({ name, points }) => [name, points])).toEqual(
        exercise.checks.map(({ name, points }) => [name, points]),
      );
      expect(one.misconceptions.map(({ id }) => id)).toEqual(exercise.misconceptions.map(({ id }) => id));
    }
  });
});

test("numbers and mark follow from secret, learner and exercise, and from nothing else", () => {
  const own = ownNumbers(secret, ada, relu);
  expect(own).toEqual(ownNumbers(secret, { ...ada, name: "Ada King", row: 9 }, relu));
  expect(isMark(own?.mark)).toBe(true);
  const marks = [
    own,
    ownNumbers(secret, bob, relu),
    ownNumbers(secretOf(Buffer.alloc(32, 2)), ada, relu),
    ownNumbers(secret, ada, exerciseById("16.4")),
  ].map((one) => one?.mark);
  expect(new Set(marks).size).toBe(4);
  expect(ownNumbers(secret, ada, exerciseById("16.5"))).toBeUndefined();
  expect(() => withNumbers(exerciseById("16.5"), {})).toThrow("16.5 is the same for everybody");
  expect(markOf({ code: `// Exercise 16.7\n${markLine(own?.mark ?? "")}// stub 1\n` })).toBe(own?.mark);
  expect(markOf({ code: "// kit nonsense\n" })).toBeUndefined();
});

test("a secret is made once, for its owner alone, and a damaged one is refused", async () => {
  const file = join(scratch, "new", "class.secret");
  expect(await readOrMakeSecret(file)).toMatchObject({ made: true });
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/^[0-9a-f]{64}\n$/);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await readOrMakeSecret(file);
  expect(again.made).toBe(false);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(again.secret.digest("a")).toEqual((await readSecret(file)).digest("a"));
  writeFileSync(file, text.slice(0, 40));
  await expect(readOrMakeSecret(file)).rejects.toThrow("expected 32 bytes as 64 hexadecimal digits");
  await expect(readSecret(join(scratch, "none"))).rejects.toThrow("Name the file that npm run release made");
});

test("an answer gets its learner's numbers, and says in whose kit it was written", () => {
  const mark = (learner: Learner) => ownNumbers(secret, learner, relu)?.mark as string;
  const numbers = (learner: Learner) => ownNumbers(secret, learner, relu)?.numbers;
  const handedIn = (name: string, kit?: string): Submission => ({
    name,
    sources: [{ exerciseId: "16.7", code: "", origin: "a.ts", ...(kit !== undefined && { kit }) }],
    notes: [],
    files: [],
    sender: { layout: "plain", entries: [name], people: [{ name }] },
  });
  const given = (...submissions: Submission[]) => {
    const { submissions: all, notes } = assignNumbers(submissions, course, secret, roster);
    return { numbers: all.map(({ sources }) => sources[0]?.numbers), notes };
  };
  expect(given(handedIn("Ada Lovelace", mark(ada)), handedIn("Bob Stone"))).toEqual({
    numbers: [{ values: numbers(ada) }, { values: numbers(bob) }],
    notes: [],
  });
  expect(given(handedIn("Bob Stone", mark(ada))).numbers).toEqual([
    { values: numbers(bob), kitOf: "Ada Lovelace (7)" },
  ]);
  expect(given(handedIn("Bob Stone", "0123456789abcdef")).numbers).toEqual([
    { values: numbers(bob), kitOf: "nobody in the roster" },
  ]);
  expect(given(handedIn("somebody", mark(ada))).numbers).toEqual([{ values: numbers(ada) }]);
  expect(given(handedIn("somebody"))).toEqual({
    numbers: [undefined],
    notes: [expect.stringContaining("somebody is nobody's of roster.csv")],
  });
});

test("verify sees a solution, a misconception and a stub that do not follow from the numbers", async () => {
  const problems = async (
    exercise: AnyExercise,
    modules: { solved?: (numbers: never) => object; stub?: Record<string, unknown> } = {},
  ) =>
    (
      await variantProblems(exercise, { solution: {}, stub, solved, ...modules } as never, variantNames(2))
    ).map(({ problem }) => problem);
  expect(await problems(relu)).toEqual([]);
  const fixed = relu.variants?.numbers;
  expect(await problems(relu, { solved: () => solved(fixed) })).toContain(
    'with other numbers the solution fails "the inverse undoes the leaky ReLU"',
  );
  const done = solved(relu.variants?.draw(random("variant-0")));
  expect(await problems(relu, { stub: done })).toEqual(["with other numbers the stub passes a check"]);
  const [, second] = relu.misconceptions;
  const spoilt = variedExercise(
    (numbers: { leak: number }) =>
      ({
        ...withNumbers(relu, numbers),
        statement: relu.statement,
        misconceptions: [
          { id: "right", explanation: "", implementation: solved(numbers) },
          { id: "twin", explanation: "", implementation: second?.implementation ?? {} },
          { id: "twice", explanation: "", implementation: second?.implementation ?? {} },
        ],
        mutants: [{ id: "no-mutant", implementation: {} }],
      }) as never,
    { numbers: fixed, draw: (numbers) => relu.variants?.draw(numbers) },
  );
  const said = await problems(spoilt);
  for (const problem of [
    "the statement is the same",
    'misconception "right" passes with 4 points',
    'misconception "twice" is explained as "twin"',
    'mutant "no-mutant" passes',
  ])
    expect(said).toContain(`with other numbers ${problem}`);
});
