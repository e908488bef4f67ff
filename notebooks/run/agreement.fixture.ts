/**
 * Notebooks as learners leave them: the chapter's, with some cells edited. For each, what is executed, in which order, and what lies
 * in the file while the check runs.
 */

import type { NotebookCell } from "../build/nbformat.ts";

export interface Scenario {
  readonly what: string;
  /** Exercises whose checks are run, in this order. */
  readonly checks: readonly string[];
  /** The notebook that is handed in. */
  readonly edit: (cells: Cells) => void;
  /** The notebook as it was when its cells were run, if it was edited since. */
  readonly before?: (cells: Cells) => void;
  /** Files beside the notebook, where it runs and where it is handed in. */
  readonly beside?: Readonly<Record<string, string>>;
  /** What the card warns of. Without it, notebook and grader agree. */
  readonly warns?: RegExp;
  /** What both say about the first exercise's failures. */
  readonly says?: readonly RegExp[];
  /** Points that the grader gives for the first exercise. */
  readonly points: number;
}

/** A notebook's cells, to be edited by their ids. */
export class Cells {
  list: NotebookCell[];

  constructor(list: readonly NotebookCell[]) {
    this.list = structuredClone([...list]);
  }

  at(id: string): NotebookCell {
    const found = this.list.find((cell) => cell.id === id);
    if (!found) throw new Error(`no cell ${id}`);
    return found;
  }

  set(exercise: string, code: string): void {
    this.at(`ex-${exercise}-code`).source = [code];
  }

  insert(
    where: "above" | "below",
    id: string,
    added: string,
    code: string,
    metadata: Record<string, unknown> = {},
  ): void {
    const at = this.list.findIndex((cell) => cell.id === id) + (where === "below" ? 1 : 0);
    const cell = {
      cell_type: "code" as const,
      id: added,
      metadata,
      source: [code],
      outputs: [] as [],
      execution_count: null,
    };
    this.list.splice(at, 0, cell);
  }

  /** As Jupyter splits a cell: the parts above are new and have its metadata. */
  split(exercise: string, ...parts: readonly string[]): void {
    const id = `ex-${exercise}-code`;
    const { metadata } = this.at(id);
    for (const [i, part] of parts.slice(0, -1).entries())
      this.insert("above", id, `split-${i}`, part, metadata);
    this.set(exercise, parts.at(-1) ?? "");
  }

  remove(id: string): void {
    this.list = this.list.filter((cell) => cell.id !== id);
  }
}

const SQUARE = "function density(x: number): number {\n  return x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0;\n}";
const TIMES_SLOPE = SQUARE.replace("0.5 / Math.sqrt(x)", "2 * Math.sqrt(x)");
const PUSH =
  "function pushSamples(z: number[], forward: (z: number) => number): number[] {\n  return z.map((v) => forward(v));\n}";
const LOGISTIC =
  "function sampleLogistic(u: number[], location: number, scale: number): number[] {\n  return u.map((v) => location + scale * (Math.log(v) - Math.log1p(-v)));\n}";
const SIGMOID =
  "function sigmoidDensity(x: number): number {\n  if (x <= 0 || x >= 1) return 0;\n  return bell(Math.log(x) - Math.log1p(-x)) / (x * (1 - x));\n}";
const BELL =
  "function bell(z: number): number {\n  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);\n}";
const MODEL =
  "function modelDensity(\n  x: number,\n  inverse: (x: number) => number,\n  derivative: (z: number) => number,\n  base: (z: number) => number,\n): number {\n  const z = inverse(x);\n  return base(z) / Math.abs(derivative(z));\n}";
const square = (body: string) =>
  `function density(x: number): number {\n  if (x <= 0 || x > 1) return 0;\n  ${body}\n}`;
const BISECTION = `function invert(forward: (z: number) => number, x: number): number {
  let low = -1;
  let high = 1;
  while (forward(low) > x) low *= 2;
  while (forward(high) < x) high *= 2;
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (forward(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}`;
const outside = (what: string) => SQUARE.replace("{\n", `{\n  if (x < 0) ${what};\n`);
const CODE = "ex-16-1-code";
const one = { checks: ["16.1"], points: 3 } as const;
const two = { checks: ["16.2"], points: 4 } as const;

export const SCENARIOS: readonly Scenario[] = [
  { what: "a right answer", ...one, edit: (c) => c.set("16-1", SQUARE) },
  { what: "a wrong answer", ...one, points: 1, edit: (c) => c.set("16-1", TIMES_SLOPE) },
  { what: "untouched", ...one, points: 0, edit: () => {} },
  {
    what: "split: two functions",
    checks: ["1D.sampling"],
    points: 3,
    edit: (c) => c.split("1D-sampling", PUSH, LOGISTIC),
  },
  { what: "split: a helper and the function", ...two, edit: (c) => c.split("16-2", BELL, SIGMOID) },
  {
    what: "split in three: a table, the loop that fills it, the function",
    ...one,
    edit: (c) =>
      c.split(
        "16-1",
        "const halves: number[] = [];",
        "for (let i = 0; i < 2; i++) halves.push(i / 2);",
        square("return halves[1] / Math.sqrt(x);"),
      ),
  },
  {
    what: "split: the function above its helper",
    ...two,
    edit: (c) => c.split("16-2", SIGMOID.replace("bell(", "nextBell("), BELL.replace("bell", "nextBell")),
    before: (c) => c.split("16-2", BELL.replace("bell", "nextBell"), SIGMOID.replace("bell(", "nextBell(")),
    warns: /was edited after it last ran/,
  },
  {
    what: "a copy below the check, with an experiment",
    ...one,
    edit: (c) => {
      c.set("16-1", SQUARE);
      c.insert(
        "below",
        "ex-16-1-check",
        "copy",
        "function density2(x: number): number {\n  return 0.5 / Math.sqrt(x);\n}\ndensity2(-1);",
        c.at(CODE).metadata,
      );
    },
  },
  {
    what: "two copies that define it: the last counts",
    ...one,
    edit: (c) => {
      c.set("16-1", SQUARE);
      c.insert("above", CODE, "copy", TIMES_SLOPE, c.at(CODE).metadata);
    },
  },
  {
    what: "a helper in a cell above",
    ...two,
    edit: (c) => {
      c.insert("above", "ex-16-2-code", "helper", BELL);
      c.set("16-2", SIGMOID);
    },
  },
  {
    what: "a helper as an arrow, and one it needs itself",
    ...two,
    edit: (c) => {
      c.insert("above", CODE, "root", "const SQRT_2PI = Math.sqrt(2 * Math.PI);");
      c.insert(
        "above",
        "ex-16-2-code",
        "helper",
        "const bell = (z: number) => Math.exp(-0.5 * z * z) / SQRT_2PI;",
      );
      c.set("16-2", SIGMOID);
    },
  },
  {
    what: "an import of the first cell",
    ...two,
    edit: (c) => c.set("16-2", SIGMOID.replace("bell(", "normalDensity(")),
  },
  {
    what: "an import of a file beside the notebook",
    ...two,
    beside: { "bells.ts": `export ${BELL}\nexport type Real = number;` },
    edit: (c) => {
      c.insert("above", "ex-16-2-code", "imports", 'import { bell, Real } from "./bells";');
      c.set("16-2", SIGMOID.replace("x: number", "x: Real"));
    },
    warns: /imports `\.\/bells`: hand that file in beside the notebook/,
  },
  {
    what: "an import in a cell of its own",
    ...two,
    edit: (c) => {
      c.insert(
        "above",
        "ex-16-2-code",
        "imports",
        'import { normalDensity as bell } from "flowlab";\nimport { linspace as grid } from "flowlab/figure";\ngrid(0, 1, 3);',
      );
      c.set("16-2", SIGMOID);
    },
  },
  {
    what: "16.1 calls the answer to 1D.density, which stands below",
    checks: ["16.1", "1D.density"],
    points: 3,
    edit: (c) => {
      c.set("1D-density", MODEL);
      c.set("16-1", square("return modelDensity(x, Math.sqrt, (z) => 2 * z, () => 1);"));
    },
    before: (c) => {
      c.insert("above", CODE, "early", MODEL);
      c.set("1D-density", MODEL);
      c.set("16-1", square("return modelDensity(x, Math.sqrt, (z) => 2 * z, () => 1);"));
    },
  },
  {
    what: "1D.density is called by an answer below it",
    checks: ["1D.density"],
    points: 3,
    edit: (c) => {
      c.insert(
        "above",
        "ex-1D-density-code",
        "over",
        "const over = (a: number, b: number) => a / Math.abs(b);",
      );
      c.set("1D-density", MODEL.replace("base(z) / Math.abs(derivative(z))", "over(base(z), derivative(z))"));
    },
  },
  {
    what: "the answer in an unmarked cell below the stub",
    ...one,
    edit: (c) => c.insert("below", CODE, "mine", SQUARE),
    warns: /not marked as the answer to 16\.1/,
  },
  {
    what: "the stub deleted, the answer in a new cell",
    ...one,
    edit: (c) => {
      c.insert("below", CODE, "mine", SQUARE);
      c.remove(CODE);
    },
    warns: /not marked as the answer to 16\.1/,
  },
  {
    what: "metadata stripped, ids left",
    ...one,
    edit: (c) => {
      c.set("16-1", SQUARE);
      for (const cell of c.list) cell.metadata = {};
    },
  },
  {
    what: "the answer's cell retyped to Markdown after it ran",
    ...one,
    points: 0,
    before: (c) => c.set("16-1", SQUARE),
    edit: (c) => {
      c.set("16-1", SQUARE);
      c.at(CODE).cell_type = "markdown" as never;
    },
    warns: /is a markdown cell now/,
  },
  {
    what: "edited after it ran, and not run again",
    ...one,
    points: 1,
    before: (c) => c.set("16-1", SQUARE),
    edit: (c) => c.set("16-1", TIMES_SLOPE),
    warns: /was edited after it last ran/,
  },
  {
    what: "the check is given a right function of another name; the answer's is wrong",
    ...one,
    points: 1,
    edit: (c) => {
      c.set("16-1", TIMES_SLOPE);
      c.insert("below", CODE, "other", SQUARE.replace("density", "other"));
      c.at("ex-16-1-check").source = ['await check("16.1", { density: other });'];
    },
    warns: /checked as `density` is `other`; the `density` of cell \d+ will be graded/,
  },
  {
    what: "the check is given a right function of another name; there is no answer",
    ...one,
    points: 0,
    edit: (c) => {
      c.set("16-1", SQUARE.replace("density", "other"));
      c.at("ex-16-1-check").source = ['await check("16.1", { density: other });'];
    },
    warns: /the notebook has no `density`: it will not be graded. Rename `other` to `density`/,
  },
  {
    what: "the check is given a function that is written in its own cell",
    ...one,
    points: 0,
    edit: (c) => {
      c.at("ex-16-1-check").source = [
        'await check("16.1", { density: (x: number) => (x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0) });',
      ];
    },
    warns: /the `density` of cell \d+ is not written yet: it will not be graded/,
  },
  {
    what: "the answer is another name for a function",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "other", SQUARE.replace("density", "other"));
      c.set("16-1", "const density = other;");
      c.at("ex-16-1-check").source = ['await check("16.1", { density: other });'];
    },
  },
  {
    what: "the check is given nothing under the name that is asked",
    ...one,
    edit: (c) => {
      c.set("16-1", SQUARE);
      c.at("ex-16-1-check").source = ['await check("16.1", { densty: density });'];
    },
    warns: /was not given the `density` of cell \d+, which will be graded/,
  },
  {
    what: "renamed after it ran",
    ...one,
    points: 0,
    before: (c) => c.set("16-1", SQUARE),
    edit: (c) => c.set("16-1", SQUARE.replace("density", "squareDensity")),
    warns: /edited after|earlier version/,
  },
  {
    what: "does not compile, but did before",
    ...one,
    points: 0,
    before: (c) => c.set("16-1", SQUARE),
    edit: (c) => c.set("16-1", `${SQUARE}\nconst oops = ;`),
    warns: /edited after/,
  },
  {
    what: "its cell throws below the function",
    ...one,
    points: 0,
    edit: (c) => c.set("16-1", `${SQUARE}\nthrow new Error("on purpose");`),
    warns: /failed when it (last )?ran/,
  },
  {
    what: "a helper deleted after it ran",
    ...two,
    points: 0,
    before: (c) => {
      c.insert("above", "ex-16-2-code", "helper", BELL);
      c.set("16-2", SIGMOID);
    },
    edit: (c) => c.set("16-2", SIGMOID),
    warns: /`bell`/,
  },
  {
    what: "a helper edited after it ran",
    ...two,
    points: 0,
    before: (c) => {
      c.insert("above", "ex-16-2-code", "helper", BELL);
      c.set("16-2", SIGMOID);
    },
    edit: (c) => {
      c.insert("above", "ex-16-2-code", "helper", BELL.replace("Math.exp(-", "Math.exp("));
      c.set("16-2", SIGMOID);
    },
    warns: /which the answer needs, was edited/,
  },
  {
    what: "a constant that training gives",
    ...one,
    points: 0,
    edit: (c) => {
      c.insert("above", CODE, "late", "const half = await Promise.resolve(0.5);");
      c.set("16-1", square("return half / Math.sqrt(x);"));
    },
    warns: /needs `half` .* await/,
  },
  {
    what: "a counter that another cell moves on",
    ...one,
    points: 0,
    edit: (c) => {
      c.insert("above", CODE, "state", "let calls = 0;");
      c.insert("above", CODE, "move", "calls = 1;");
      c.set("16-1", square("return calls / (2 * Math.sqrt(x));"));
    },
    warns: /needs `calls` .* changed/,
  },
  {
    what: "constants: literals, arithmetic, calls of Math",
    ...two,
    edit: (c) => {
      c.insert(
        "above",
        "ex-16-2-code",
        "constants",
        "const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);\nconst bell = (z: number) => Math.exp(-0.5 * z * z - HALF_LOG_2PI);",
      );
      c.set("16-2", SIGMOID);
    },
  },
  {
    what: "a class of another cell",
    ...two,
    edit: (c) => {
      c.insert(
        "above",
        "ex-16-2-code",
        "class",
        "class Bell {\n  static readonly unit = new Bell(1);\n  constructor(readonly width: number) {}\n  at(z: number): number { return Math.exp(-0.5 * (z / this.width) ** 2) / (this.width * Math.sqrt(2 * Math.PI)); }\n}",
      );
      c.set("16-2", SIGMOID.replace("bell(", "Bell.unit.at("));
    },
  },
  {
    what: "an enum of another cell",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "enum", "enum Slope { Factor = 2 }");
      c.set("16-1", square("return 1 / (Slope.Factor * Math.sqrt(x));"));
    },
  },
  {
    what: "types of another cell",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "types", "interface Point { readonly x: number }\ntype Real = number;");
      c.set(
        "16-1",
        "function density(x: Real): Real {\n  const at: Point = { x };\n  return at.x > 0 && at.x <= 1 ? 0.5 / Math.sqrt(at.x) : 0;\n}",
      );
    },
  },
  {
    what: "a generator of another cell",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "generator", "function* halves(): Generator<number> { yield 0.5; }");
      c.set("16-1", square("for (const half of halves()) return half / Math.sqrt(x);\n  return 0;"));
    },
  },
  {
    what: "an async answer with an async helper",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "async", "const later = async (y: number) => y;");
      c.set(
        "16-1",
        "async function density(x: number): Promise<number> {\n  return x > 0 && x <= 1 ? (await later(0.5)) / Math.sqrt(x) : 0;\n}",
      );
    },
  },
  {
    what: "destructured constants",
    ...one,
    edit: (c) => {
      c.insert(
        "above",
        CODE,
        "parts",
        "const { half, rest: [zero = 0] } = { half: 0.5, rest: [] as number[] };",
      );
      c.set(
        "16-1",
        "function density(x: number): number {\n  return x > 0 && x <= 1 ? half / Math.sqrt(x) : zero;\n}",
      );
    },
  },
  {
    what: "locals that shadow another cell's names",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "same", "const z = 5;\nconst root = (y: number) => Math.sqrt(y);");
      c.set("16-1", square("const z = root(x);\n  return 1 / (2 * z);"));
    },
  },
  {
    what: "a helper declared twice: the last above counts",
    ...two,
    edit: (c) => {
      c.insert("above", CODE, "first", "const bell = (z: number) => z;");
      c.insert("above", "ex-16-2-code", "second", BELL);
      c.set("16-2", SIGMOID);
    },
  },
  {
    what: "a helper declared again below, and run",
    ...two,
    edit: (c) => {
      c.insert("above", "ex-16-2-code", "first", BELL);
      c.set("16-2", SIGMOID);
      c.insert("below", "ex-16-2-code", "second", "const bell = (z: number) => z;");
    },
    warns: /`bell` that was used comes from/,
  },
  {
    what: "a default parameter that is another cell's constant",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "half", "const HALF = 1 / 2;");
      c.set(
        "16-1",
        "function density(x: number, half = HALF): number {\n  return x > 0 && x <= 1 ? half / Math.sqrt(x) : 0;\n}",
      );
    },
  },
  {
    what: "console.log everywhere",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "noise", 'console.log("above");');
      c.set("16-1", `console.log("here");\n${SQUARE}\nconsole.log(density(0.3));\ndensity(0.5)`);
    },
  },
  {
    what: "a figure of another cell's samples below the function",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "samples", 'const drawn = random("mine").normal(50);');
      c.set(
        "16-1",
        `${SQUARE}\nlineFigure({ series: [{ x: drawn, y: drawn.map((x) => density(x)), name: "mine" }], xTitle: "x", yTitle: "y", title: "mine" });`,
      );
    },
  },
  {
    what: "a line below the function that needs a training",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "late", "const trained = await Promise.resolve([1, 2]);");
      c.set("16-1", `${SQUARE}\ntrained.map(density);`);
    },
  },
  {
    what: "tensors",
    ...one,
    edit: (c) => c.set("16-1", square("return tf.tidy(() => tf.div(0.5, tf.sqrt(x)).dataSync()[0]);")),
    points: 3,
  },
  {
    what: "the check in the answer's own cell",
    ...one,
    edit: (c) => c.set("16-1", `${SQUARE}\nawait check("16.1", { density });`),
  },
  {
    what: "the stub's throw left in a comment",
    ...one,
    edit: (c) => c.set("16-1", square('return 0.5 / Math.sqrt(x);\n  // throw new Error("Not yet solved");')),
  },
  {
    what: "the stub's throw left below the answer",
    ...one,
    edit: (c) =>
      c.set(
        "16-1",
        square('return 0.5 / Math.sqrt(x);\n  // YOUR CODE HERE\n  throw new Error("Not yet solved");'),
      ),
  },
  {
    what: "a memo that an earlier call has filled",
    ...one,
    edit: (c) => {
      c.insert(
        "above",
        CODE,
        "memo",
        "const known = new Map<number, number>();\nfunction root(y: number): number {\n  if (!known.has(y)) known.set(y, Math.sqrt(y));\n  return known.get(y)!;\n}\nroot(0.5);",
      );
      c.set("16-1", square("return 0.5 / root(x);"));
    },
  },
  {
    what: "imports of types",
    ...one,
    edit: (c) => {
      c.insert(
        "above",
        CODE,
        "imports",
        'import { type Bijection, Flow } from "flowlab";\ntype Either = Bijection | Flow;\nconst half = 0.5;',
      );
      c.set("16-1", SQUARE.replace("x: number)", "x: number, model?: Either)").replace("0.5", "half"));
    },
  },
  {
    what: "an exported answer, which tslab does not compile",
    ...one,
    edit: (c) => c.set("16-1", `export ${SQUARE}`),
    warns: /the answer's cell failed when it ran/,
  },
  {
    what: "a namespace of another cell",
    ...one,
    edit: (c) => {
      c.insert("above", CODE, "space", "namespace Const { export const half = 0.5; }");
      c.set("16-1", square("return Const.half / Math.sqrt(x);"));
    },
  },
  {
    what: "a bisection that never ends far out",
    checks: ["1D.inverse", "16.1"],
    points: 2,
    edit: (c) => {
      c.set("1D-inverse", BISECTION);
      c.set("16-1", SQUARE);
    },
    says: [/ran longer than \d+ s at invert\(/, /The loop in line 6 goes on and on/],
  },
  {
    what: "a loop that never ends after an await",
    ...one,
    points: 2,
    edit: (c) =>
      c.set(
        "16-1",
        outside("return forever()")
          .replace("function", "async function")
          .replace(": number {", ": Promise<number> {")
          .concat("\nasync function forever(): Promise<number> {\n  await null;\n  for (;;);\n}"),
      ),
    says: [/ran longer than \d+ s at density\(-/],
  },
  {
    what: "an answer that awaits for ever",
    ...one,
    points: 2,
    edit: (c) => c.set("16-1", outside("return new Promise(() => {}) as never")),
    says: [/waited \d+ s without computing anything at density\(-.*is there a promise that nothing resolves/],
  },
  {
    what: "a recursion that never ends",
    ...one,
    points: 2,
    edit: (c) => c.set("16-1", outside("return density(x)")),
    says: [/Maximum call stack size exceeded/],
  },
];
