import { expect, test } from "vitest";
import { exercise } from "../../exercise.ts";
import { fn, number, object, parameter, record } from "../../harness/kinds.ts";
import { watchPrograms } from "./watched.ts";

const signatures = {
  shift: fn([parameter("by", number)], object({ apply: fn([parameter("x", number)], number) })),
  both: fn([], record({ number, shift: object({ undo: fn([parameter("x", number)], number) }) })),
};

test("every call of every program is noted, those of objects too, and is over when it has an answer", async () => {
  const programs = (by: number) => ({
    shift: (b: number) => ({ apply: (x: number) => x + b * by }),
    both: () => ({ number: by, shift: { undo: (x: number) => x - by } }),
  });
  const later = { ...programs(1), both: async () => programs(1).both() };
  const seen: string[] = [];
  const { exercise: watched, modules } = watchPrograms(
    exercise({
      ...{ id: "shift", path: "test/shift", title: "", source: "", statement: "", signatures },
      checks: [],
      hints: ["a", "b"],
      reference: programs(1),
      misconceptions: [
        { id: "twice", explanation: "", implementation: programs(2), variants: [programs(3)] },
      ],
      mutants: [{ id: "back", implementation: { shift: programs(-1).shift } }],
    }),
    { solution: later, stub: {} },
    {
      begin: ({ program, name, inputs }) => seen.push(`${program}: ${name}(${inputs})`),
      end: () => seen.push("over"),
    },
  );
  const [misconception] = watched.misconceptions;
  const as = (program: unknown) => program as ReturnType<typeof programs>;
  expect(as(watched.reference).shift(5).apply(1)).toBe(6);
  expect(as(misconception?.implementation).shift(5).apply(1)).toBe(11);
  expect(as(misconception?.variants?.[0]).both().shift.undo(1)).toBe(-2);
  expect(Object.keys(watched.mutants?.[0]?.implementation ?? {})).toEqual(["shift"]);
  const asked = (modules.solution as typeof later).both();
  expect(seen.at(-1)).toBe("the solution: both()");
  expect((await asked).shift.undo(1)).toBe(0);
  expect(seen).toEqual([
    ...["the reference: shift(5)", "over", "the reference: shift(…).apply(1)", "over"],
    ...['misconception "twice": shift(5)', "over", 'misconception "twice": shift(…).apply(1)', "over"],
    ...['variant 1 of misconception "twice": both()', "over"],
    ...['variant 1 of misconception "twice": both(…).undo(1)', "over"],
    ...["the solution: both()", "over", "the solution: both(…).undo(1)", "over"],
  ]);
});

test("a call that throws is over, and what is no function stays as it is", () => {
  let open = 0;
  const { modules } = watchPrograms(
    exercise({
      ...{ id: "shift", path: "test/shift", title: "", source: "", statement: "", signatures },
      ...{ checks: [], hints: ["a", "b"], misconceptions: [] },
    }),
    {
      solution: {
        shift: () => {
          throw new RangeError("no");
        },
        both: 3,
      },
      stub: {},
    },
    {
      begin: () => {
        open += 1;
      },
      end: () => {
        open -= 1;
      },
    },
  );
  expect(() => (modules.solution.shift as () => void)()).toThrow(RangeError);
  expect(open).toBe(0);
  expect(modules.solution.both).toBe(3);
});
