import { expect, test } from "vitest";
import { assembleHandedIn, type ExecutedCell, type SavedNotebook } from "./handed-in.ts";

const course = [{ id: "16.1" }];
const right = "function density(x: number) { return x; }";
const other = "function density(x: number) { return 2 * x; }";

type Run = [id: string | undefined, code: string, at: number, outcome?: ExecutedCell["outcome"]];
const executed = (...runs: Run[]): ExecutedCell[] =>
  runs.map(([id, code, at, outcome = "ok"]) => ({ id, code, at, outcome }));

/** A file with these cells; `*` marks the answer's. */
function saved(at: number, cells: Record<string, string>): SavedNotebook {
  const marked = { flowlab: { exercise: "16.1", role: "solution" } };
  const list = Object.entries(cells).map(([id, text], i) => ({
    place: i + 1,
    type: "code",
    id: id.replace("*", ""),
    text,
    metadata: id.startsWith("*") ? marked : {},
  }));
  return { at, cells: list };
}

function warnings(runs: ExecutedCell[], file?: SavedNotebook, removed: string[] = []): string[] {
  const host = { executed: { cells: runs, removed: new Set(removed) } };
  return [
    ...(assembleHandedIn({ id: "16.1", names: ["density"] }, { density() {} }, course, host, file)
      ?.warnings ?? []),
  ];
}

test.each<[string, string[]]>([
  ["what ran is what is saved", warnings(executed(["a", right, 10]), saved(20, { "*a": right }))],
  ["the file is older than the run", warnings(executed(["a", right, 10]), saved(5, { "*a": other }))],
  ["no file is known", warnings(executed(["ex-16-1-code", right, 10]))],
  ["no ids are known", warnings(executed([undefined, right, 10]))],
  [
    "the answer's cell ran twice",
    warnings(executed(["a", other, 10], ["a", right, 11]), saved(20, { "*a": right })),
  ],
  [
    "another exercise's cell failed",
    warnings(
      executed(["a", right, 10], ["b", "nonsense(", 11, "compile"]),
      saved(20, { "*a": right, b: "nonsense(" }),
    ),
  ],
  [
    "a helper ran before it was saved",
    warnings(
      executed(["h", "const k = 1;", 1], ["a", "const density = () => k;", 10]),
      saved(20, { h: "const k = 1;", "*a": "const density = () => k;" }),
    ),
  ],
  [
    "a check that failed defines nothing",
    warnings(
      executed(["c", "await check('16.1', { density });", 5, "compile"], ["a", right, 10]),
      saved(20, { "*a": right }),
    ),
  ],
])("never cries wolf: %s", (_what, found) => {
  expect(found).toEqual([]);
});

test.each<[string, string[], RegExp]>([
  [
    "edited and saved",
    warnings(executed(["a", right, 10]), saved(20, { "*a": other })),
    /^Cell 1 was edited after it last ran/,
  ],
  [
    "failed",
    warnings(executed(["a", right, 10, "run"]), saved(20, { "*a": right })),
    /^Cell 1 failed when it last ran/,
  ],
  [
    "failed, without a file",
    warnings(executed(["ex-16-1-code", right, 10], ["ex-16-1-code", `${right} oops(`, 11, "run"])),
    /failed when it last ran/,
  ],
  [
    "renamed and run",
    warnings(
      executed(["a", right, 10], ["a", right.replace("density", "mine"), 11]),
      saved(20, { "*a": right.replace("density", "mine") }),
    ),
    /`density` comes from an earlier version of cell 1, which no longer defines it/,
  ],
  [
    "its cell is gone from the file",
    warnings(executed(["a", right, 10]), saved(20, { b: "1" })),
    /from a cell that is no longer in the notebook: it will not be graded/,
  ],
  [
    "its cell was deleted on the page",
    warnings(executed(["a", right, 10]), saved(5, { "*a": right }), ["a"]),
    /no longer in the notebook/,
  ],
  [
    "unmarked",
    warnings(executed(["b", right, 10]), saved(20, { b: right })),
    /cell 1, which is not marked as the answer to 16\.1/,
  ],
  [
    "another cell ran later",
    warnings(executed(["a", right, 10], ["b", other, 11]), saved(20, { "*a": right, b: other })),
    /The `density` that was checked comes from cell 2; cell 1 will be graded/,
  ],
  [
    "needs what another cell awaits",
    warnings(
      executed(["h", "const k = await 1;", 1], ["a", "const density = () => k;", 10]),
      saved(20, { h: "const k = await 1;", "*a": "const density = () => k;" }),
    ),
    /needs `k` of cell 1, which is computed with await/,
  ],
  [
    "a helper was edited",
    warnings(
      executed(["h", "const k = 1;", 1], ["a", "const density = () => k;", 10]),
      saved(20, { h: "const k = 2;", "*a": "const density = () => k;" }),
    ),
    /^Cell 1, which the answer needs, was edited/,
  ],
  [
    "a helper was deleted",
    warnings(
      executed(["h", "const k = 1;", 1], ["a", "const density = () => k;", 10]),
      saved(20, { "*a": "const density = () => k;" }),
    ),
    /needs `k`, which comes from a cell that is no longer in the notebook/,
  ],
])("warns: %s", (_what, [first = "[]"], expected) => {
  expect(first).toMatch(expected);
});

const handed = () => "what the check was given";
const own = () => "the notebook's";

test.each<[what: string, given: unknown, variable: unknown, cell: string, expected: string[]]>([
  ["the notebook's own", own, own, right, []],
  ["an alias that has the name by now", handed, handed, "const density = handed;", []],
  [
    "another function, beside an answer",
    handed,
    own,
    right,
    [
      'What was checked as `density` is `handed`; the `density` of cell 1 will be graded. Use `check("16.1", { density })` to check that one.',
    ],
  ],
  [
    "another function, and no answer",
    handed,
    undefined,
    "function handed(x: number) { return x; }",
    [
      "What was checked as `density` is `handed`, and the notebook has no `density`: it will not be graded. Rename `handed` to `density` in the answer's cell.",
    ],
  ],
  [
    "another function beside the untouched stub",
    handed,
    own,
    'function density(x: number): number { throw new Error("Not yet solved"); }',
    [
      "What was checked as `density` is `handed`, and the `density` of cell 1 is not written yet: it will not be graded. Rename `handed` to `density` in the answer's cell.",
    ],
  ],
  [
    "a function without a name",
    (
      () => () =>
        1
    )(),
    own,
    right,
    [
      'What was checked as `density` is another function; the `density` of cell 1 will be graded. Use `check("16.1", { density })` to check that one.',
    ],
  ],
  [
    "nothing, beside an answer",
    undefined,
    own,
    right,
    [
      'The check was not given the `density` of cell 1, which will be graded. Use `check("16.1", { density })`.',
    ],
  ],
  [
    "nothing, beside the stub",
    undefined,
    own,
    'function density(x: number): number { throw new Error("Not yet solved"); }',
    [],
  ],
])("what the check was given: %s", (_what, value, variable, cell, expected) => {
  const host = {
    executed: { cells: executed(["a", cell, 10]), removed: new Set<string>() },
    variable: () => variable,
  };
  const found = assembleHandedIn(
    { id: "16.1", names: ["density"] },
    value === undefined ? {} : { density: value },
    course,
    host,
    saved(20, { "*a": cell }),
  );
  expect(found?.warnings).toEqual(expected);
});
