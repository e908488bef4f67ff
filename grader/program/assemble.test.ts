import { expect, test } from "vitest";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import type { LearnerError } from "../grading/session.ts";
import { fn, number, parameter } from "../harness/kinds.ts";
import { assemble } from "./assemble.ts";
import { factsOf } from "./facts.ts";
import type { Cell } from "./scope.ts";

const cells = (texts: readonly string[]): Cell[] =>
  texts.map((text, i) => ({ label: `ada.ipynb, cell ${i + 1}`, text, facts: factsOf(text) }));

/** The program of the cell that begins with `// answer`, or of several. */
function program(...texts: string[]) {
  const parts = texts.flatMap((text, i) => (text.startsWith("// answer") ? [i] : []));
  return assemble(cells(texts), { parts, at: parts.at(-1) ?? 0, names: ["f"] });
}

const missing = (...texts: string[]) => program(...texts).missing.map(({ name, why }) => `${name} ${why}`);

const signatures = { f: fn([parameter("x", number)], number) };

/** f(2) in the real sandbox. */
async function answer(...texts: string[]): Promise<unknown> {
  const exercise = { path: "00-test/answer", signatures };
  const session = await openSandboxedSession({ source: program(...texts).program, exercise });
  try {
    return await session.call({ export: "f" }, [2]);
  } finally {
    await session.close();
  }
}

test.each<[string, unknown, ...string[]]>([
  [
    "an import of the first cell",
    0.3989422804014327,
    'import { normalDensity } from "flowlab";\nimport { linspace } from "flowlab/figure";',
    "// answer\nfunction f(x: number) { return normalDensity(0); }",
  ],
  [
    "a helper above and its constant",
    6,
    "const THREE = 3;",
    "function times(x: number) { return THREE * x; }",
    "// answer\nconst f = (x: number) => times(x);",
  ],
  [
    "a helper below",
    4,
    "// answer\nfunction f(x: number) { return twice(x); }",
    "const twice = (x: number) => 2 * x;",
  ],
  [
    "the last declaration above counts",
    20,
    "const k = 1;",
    "const k = 10;",
    "// answer\nfunction f(x: number) { return k * x; }",
    "const k = 100;",
  ],
  [
    "a helper keeps its own cell's meaning of a name",
    3,
    "const k = 1; const plus = (x: number) => x + k;",
    "const k = 10;",
    "// answer\nconst k2 = k; function f(x: number) { return plus(x); }",
  ],
  [
    "the answer declares what a helper calls by the same name",
    102,
    "function g(x: number) { return x + 100; }\nfunction h(x: number) { return g(x); }",
    "// answer\nfunction g() { return -1; }\nfunction f(x: number) { return h(x); }",
  ],
  [
    "a helper that calls back into the answer",
    4,
    "const h = (n: number): number => (n <= 0 ? 0 : 2 + f(n - 1));",
    "// answer\nfunction f(x: number): number { return h(x); }",
  ],
  [
    "classes, enums, destructuring, generators",
    2 + 7 + 1 + 3,
    "class Box { static start = Math.max(1, 7); constructor(public x: number) {} }",
    "enum Kind { A = 1, B }\nconst [, { deep = 3 }] = [1, {}] as [number, { deep?: number }];",
    "function* one(x: number) { yield x; }",
    "// answer\nfunction f(x: number) { const b = new Box(x); for (const y of one(b.x)) return y + Box.start + Kind.A + deep; return 0; }",
  ],
  [
    "one of several constants in a statement",
    14,
    "const a = 5, b = 7, c = await Promise.resolve(1);",
    "// answer\nfunction f(x: number) { return b * x; }",
  ],
  [
    "a constant that a pure computation gives",
    2,
    "const grid = [1, 2, 3].map((z) => z * z);\nconst total = grid.reduce((a, b) => a + b, 0);",
    "// answer\nfunction f(x: number) { return total === 14 ? x : -1; }",
  ],
  [
    "a constant from a generator with a seed",
    5000,
    'import { random } from "flowlab";\nconst base = random("chapter 1").normal(5000);',
    "// answer\nfunction f() { return base.length; }",
  ],
  [
    "a counter with the function that counts",
    3,
    "let calls = 0;\nfunction count() { calls += 1; return calls; }",
    "// answer\nfunction f(x: number) { count(); return x + count() - 1; }",
  ],
  [
    "a memo",
    8,
    "const memo = new Map<number, number>();\nfunction cube(x: number) { if (!memo.has(x)) memo.set(x, x ** 3); return memo.get(x)!; }\ncube(1);",
    "// answer\nconst f = cube;",
  ],
  [
    "parts of a split cell, with their statements",
    9,
    "// answer\nconst table: number[] = [];",
    "// answer\nfor (let i = 0; i < 4; i++) table.push(i * i);",
    "// answer\nfunction f(x: number) { return table[x + 1]; }",
  ],
  [
    "types that are imported like values",
    2,
    'import { type Flow, Bijection } from "flowlab";',
    '// answer\nimport { Distribution } from "flowlab";\nfunction f(x: number, b?: Bijection, d?: Distribution) { return x; }',
  ],
  [
    "a statement that needs what cannot be had is left out",
    2,
    "const late = await Promise.resolve(1);",
    "// answer\nfunction f(x: number) { return x; }\nconsole.log(late);",
  ],
  [
    "a check in the answer's own cell",
    2,
    'import { check } from "flowlab-grader";',
    '// answer\nfunction f(x: number) { return x; }\nawait check("16.1", { f });',
  ],
  [
    "cells that need each other's constants",
    3,
    "// answer\nconst one = 1;\nfunction f(x: number) { return x + half * 2; }",
    "// answer\nconst half = one / 2;",
  ],
  [
    "a constant of the answer's cell that a constant above it needs",
    5,
    "const twice = 2 * base();",
    "// answer\nconst base = () => 1.5;\nfunction f(x: number) { return twice + x; }",
  ],
  [
    "one of several declarations needs what cannot be had",
    2,
    "const late = await Promise.resolve(1);",
    "// answer\nconst a = 1, b = () => late;\nfunction f(x: number) { return x * a; }",
  ],
])("%s", async (_what, expected, ...texts) => {
  expect(program(...texts).missing.filter(({ name }) => !["late", "check"].includes(name))).toEqual([]);
  expect(await answer(...texts)).toBe(expected);
});

test("says why a declaration cannot be carried along", () => {
  const use = "// answer\nconst f = () => y;";
  expect(missing("const y = await Promise.resolve(1);", use)).toEqual(["y is computed with await"]);
  expect(missing("const y = Math.random();", use)[0]).toMatch(/computed by Math\.random/);
  expect(missing("const y: number[] = []; for (const i of [1]) y.push(i);", use)).toEqual([
    "y is changed while its cell is run",
  ]);
  expect(missing("let y = 0;", "y = 3;", use)[0]).toMatch(/changed by cell 2/);
  expect(missing("const y = compute();", use)[0]).toMatch(/computed by compute/);
  expect(missing("function side() { console.log(1); return 2; }\nconst y = side();", use)[0]).toMatch(
    /computed by console/,
  );
  expect(missing("const z = await 1;", "const y = z + Math.abs(1);", use)[0]).toMatch(
    /^y is computed with await/,
  );
  const draws = 'import { random } from "flowlab";\nconst draw = random(1);\nconst first = draw.normal(2);';
  expect(missing(draws, "const y = draw.normal(1);", use)[0]).toMatch(/drawn from draw/);
});

test("errors point to the learner's cell and line", async () => {
  const exercise = { path: "00-test/answer", signatures };
  const { program: made } = program(
    "",
    "\n\nfunction h(x: number): number {\n  return (undefined as any).x;\n}",
    "// answer\n\nfunction f(x: number) {\n  return h(x);\n}",
  );
  const session = await openSandboxedSession({ source: made, exercise });
  const failed: unknown = await session.call({ export: "f" }, [2]).catch((error: unknown) => error);
  await session.close();
  expect((failed as LearnerError).trace).toContain("ada.ipynb, cell 2, line 4");
  expect((failed as LearnerError).trace).toContain("ada.ipynb, cell 3, line 4");
  const broken = openSandboxedSession({
    source: program("", "// answer\nfunction f(x) { return x +; }").program,
    exercise,
  });
  await expect(broken).rejects.toThrow(/^ada\.ipynb, cell 2, line 2: /);
});
