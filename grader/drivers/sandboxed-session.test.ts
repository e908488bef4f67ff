import { afterEach, describe, expect, test } from "vitest";
import type { Limits } from "../exercise.ts";
import type { Session } from "../grading/session.ts";
import { SandboxError } from "../grading/session.ts";
import {
  derivation,
  fn,
  type Methods,
  map,
  matrix,
  number,
  object,
  parameter,
  record,
  tensor,
  text,
  vector,
} from "../harness/kinds.ts";
import { DEFAULT_ANSWER } from "../harness/size.ts";
import { detectSandbox } from "../sandbox/detect.ts";
import { openSandboxedSession } from "./sandboxed.ts";

const open: Session[] = [];
afterEach(async () => {
  for (const session of open.splice(0)) await session.close();
});

const x = parameter("x", number);
const f = { f: fn([x], number) };

async function session(
  source: string,
  signatures: Methods = f,
  limits: Partial<Limits> = {},
  forbiddenImports: string[] = [],
) {
  const exercise = { path: "00-test/answer", signatures, forbiddenImports };
  const opened = await openSandboxedSession({ source, exercise, limits });
  open.push(opened);
  return opened;
}

describe("every kind of value crosses", () => {
  test("numbers, also those that JSON cannot carry", async () => {
    const { call } = await session("export const f = (x: number) => x;");
    for (const value of [0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY, 5e-324])
      expect(await call({ export: "f" }, [value])).toBe(value);
  });

  test("vectors, matrices, texts, records, derivations", async () => {
    const row = parameter("rows", matrix);
    const signatures = {
      transpose: fn([row], matrix),
      summary: fn([parameter("v", vector)], record({ mean: number, text })),
      steps: fn([], derivation),
    };
    const { call } = await session(
      `export const transpose = (m: number[][]) => m[0].map((_, j) => m.map((row) => row[j]));
       export function summary(v: number[]) { return { mean: v.reduce((a, b) => a + b) / v.length, text: "of " + v.length, more: 1 }; }
       export const steps = () => ["(a + b)^2", "a^2 + 2*a*b + b^2"];`,
      signatures,
    );
    expect(
      await call({ export: "transpose" }, [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ]),
    ).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(await call({ export: "summary" }, [[1, 3]])).toEqual({ mean: 2, text: "of 2" });
    expect(await call({ export: "steps" }, [])).toEqual(["(a + b)^2", "a^2 + 2*a*b + b^2"]);
  });

  test("a map is named here and built there", async () => {
    const signatures = { twice: fn([parameter("g", map), x], number) };
    const { call } = await session(
      "export const twice = (g: (x: number) => number, x: number) => g(g(x));",
      signatures,
    );
    expect(await call({ export: "twice" }, [{ map: "affine", parameters: [2, 1] }, 3])).toBe(15);
  });

  test("tensors, and an object whose methods are called later", async () => {
    const batch = parameter("z", tensor(2));
    const methods = { forward: fn([batch], tensor(2)), logDet: fn([batch], tensor(1)) };
    const { call } = await session(
      `import { tf } from "flowlab";
       class Scale {
         factor: number;
         constructor(factor: number) { this.factor = factor; }
         forward(z: tf.Tensor2D) { return z.mul(this.factor); }
         logDet(z: tf.Tensor2D) { return tf.fill([z.shape[0]], z.shape[1] * Math.log(this.factor)); }
       }
       export const scale = (factor: number) => new Scale(factor);`,
      { scale: fn([parameter("factor", number)], object(methods)) },
    );
    const two = (await call({ export: "scale" }, [2])) as number;
    const three = (await call({ export: "scale" }, [3])) as number;
    const z = { shape: [2, 2], values: [1, 2, 3, 4] };
    expect(await call({ object: two, method: "forward" }, [z])).toEqual({
      shape: [2, 2],
      values: [2, 4, 6, 8],
    });
    expect(await call({ object: three, method: "forward" }, [z])).toEqual({
      shape: [2, 2],
      values: [3, 6, 9, 12],
    });
    expect(await call({ object: two, method: "logDet" }, [z])).toEqual({
      shape: [2],
      values: [Math.fround(2 * Math.LN2), Math.fround(2 * Math.LN2)],
    });
    await expect(call({ object: two, method: "constructor" }, [])).rejects.toMatchObject({
      trouble: "missing",
    });
  });
});

describe("what goes wrong is said", () => {
  test("where and how it threw, in the learner's own lines", async () => {
    const { call } = await session(
      "const inner = (x: number): number => {\n  throw new RangeError('no ' + x);\n};\nexport const f = (x: number) => inner(x);\n",
    );
    await expect(call({ export: "f" }, [2])).rejects.toMatchObject({
      trouble: "threw",
      message: "RangeError: no 2",
      trace: [
        "1 | const inner = (x: number): number => {",
        "2 |   throw new RangeError('no ' + x);",
        "  |         ^",
        "at inner (answer.ts:2:9)",
        "at f (answer.ts:4:33)",
      ].join("\n"),
    });
  });

  test("which call took too long; what is left of the time is shared by the calls", async () => {
    const working = await session(
      "export const f = (x: number) => { for (const end = performance.now() + x; performance.now() < end; ); return x; };",
      f,
      { seconds: 3 },
    );
    working.allow({ seconds: 1, answer: DEFAULT_ANSWER });
    expect(await working.call({ export: "f" }, [300])).toBe(300);
    await expect(working.call({ export: "f" }, [1e9])).rejects.toMatchObject({
      trouble: "time",
      message: "ran longer than 1 s at f(1000000000): is there a loop that never ends?",
    });
    expect(working.alive).toBe(false);
    await expect(working.call({ export: "f" }, [1])).rejects.toMatchObject({ trouble: "time" });
  });

  test("that it waits for something that never comes", async () => {
    const waiting = await session("export const f = () => new Promise<number>(() => {});", f, {
      seconds: 0.5,
    });
    await expect(waiting.call({ export: "f" }, [1])).rejects.toMatchObject({
      trouble: "time",
      message: "waited 1 s without computing anything at f(1): is there a promise that nothing resolves?",
    });
  });

  test("that it returned more than the check reads, which costs nothing else", async () => {
    const large = await session(
      "export const f = (x: number) => x < 0 ? 'x'.repeat(-x) : new Array(x).fill(0);",
      {
        f: fn([x], vector),
      },
    );
    large.allow({ seconds: 5, answer: { values: 1000, keys: 10, bytes: 10_000 } });
    await expect(large.call({ export: "f" }, [2e6])).rejects.toMatchObject({
      trouble: "size",
      message:
        "the result of f is too large: [0, 0, 0, 0, … 2000000 in all]; this check reads at most 1,000 values, 10 keys and 10 KB: return only what is asked for",
    });
    expect(await large.call({ export: "f" }, [3])).toEqual([0, 0, 0]);
  });

  test("that the answers to one check are too large together", async () => {
    const { call, allow } = await session("export const f = () => new Array(10_000).fill(0);", {
      f: fn([x], vector),
    });
    const ask = async () => {
      for (let i = 0; i < 100; i++) await call({ export: "f" }, [i]);
    };
    await expect(ask()).rejects.toMatchObject({
      trouble: "size",
      message: expect.stringMatching(/^the answers to this check hold more than 320,000 values, .* together/),
    });
    allow({ seconds: 5, answer: DEFAULT_ANSWER });
    expect(await call({ export: "f" }, [1])).toHaveLength(10_000);
  });

  test("that an import contains the answer, also by another way to the same module", async () => {
    const forbidden = ["flowlab/figure"];
    for (const specifier of ["flowlab/figure", "@tensorflow/tfjs/../../flowlab/dist/figure/index.js"]) {
      const refused = session(
        `import * as r from "${specifier}"; export const f = () => Object.keys(r).length;`,
        f,
        {},
        forbidden,
      );
      await expect(refused).rejects.toMatchObject({
        trouble: "load",
        message: expect.stringContaining("contains the answer"),
      });
    }
  });

  test("where a syntax error is, in a file from Windows too", async () => {
    const refused = session("export const f = 1;\r\n\r\nexport const g = (x: number => x;\r\n");
    await expect(refused).rejects.toMatchObject({
      trouble: "load",
      message: expect.stringMatching(
        /^answer\.ts:3:\d+: [^\r]*\n\n2 \| \n3 \| export const g = \(x: number => x;\n {2}\| +\^$/,
      ),
    });
  });

  test("that what another cell declared is not there", async () => {
    const { call } = await session("export const f = (x: number) => helper(x);");
    await expect(call({ export: "f" }, [1])).rejects.toMatchObject({
      trouble: "threw",
      message: expect.stringMatching(
        /^ReferenceError: helper is not defined; nothing that could be carried along/,
      ),
    });
  });

  test("which part of the library exports a name", async () => {
    const source =
      'import { linspace } from "flowlab";\nexport const f = (x: number) => linspace(0, x, 2)[1];';
    await expect(session(source)).rejects.toMatchObject({
      trouble: "load",
      message: expect.stringContaining("named 'linspace'; import linspace from \"flowlab/figure\""),
    });
  });

  test("how to import a type", async () => {
    const source =
      'import { Figure } from "flowlab/figure";\nexport const f = (x: number, of?: Figure) => x;';
    await expect(session(source)).rejects.toMatchObject({
      trouble: "load",
      message: expect.stringContaining('if Figure is a type, import it with "import { type Figure }"'),
    });
  });

  test("that an array was returned, also one that holds itself", async () => {
    const { call } = await session("const a: unknown[] = []; a[0] = a; export const f = () => a;");
    await expect(call({ export: "f" }, [1])).rejects.toMatchObject({
      trouble: "kind",
      message: expect.stringContaining("f returned [[[…]]], a list; expected a number"),
    });
  });

  test("that it ran out of heap", async () => {
    const hungry = await session(
      "const kept: number[][] = []; export const f = () => { for (;;) kept.push([kept.length, 1, 2, 3]); };",
      f,
      { memoryMB: 64, seconds: 20 },
    );
    await expect(hungry.call({ export: "f" }, [1])).rejects.toMatchObject({
      trouble: "memory",
      message: expect.stringMatching(/^used more than 64 MB of memory at f\(1\)/),
    });
  });
});

test("calls made at the same time are answered one after the other", async () => {
  const { call } = await session(
    "let n = 0; export const f = async (x: number) => { const at = n++; await null; return at * 10 + x; };",
  );
  expect(await Promise.all([1, 2, 3].map((i) => call({ export: "f" }, [i])))).toEqual([1, 12, 23]);
});

test("what is printed is kept up to 16 KB, without what could move a cursor", async () => {
  const heard: string[] = [];
  const exercise = { path: "00-test/answer", signatures: f };
  const source =
    "console.log('\\u001b[31mred'); export const f = (x: number) => { console.error('x'.repeat(1e6)); return x; };";
  const noisy = await openSandboxedSession({ source, exercise, onOutput: (part) => heard.push(part) });
  open.push(noisy);
  expect(await noisy.call({ export: "f" }, [1])).toBe(1);
  await noisy.close();
  expect(noisy.output()).toMatch(/^\ufffd\[31mred\nx+\n… \(977 KB printed\)$/);
  expect(heard.join("").length).toBe(16 * 1024);
});

test("a sandbox that does not start is not the learner's fault", async () => {
  const sandbox = await detectSandbox();
  const broken = { ...sandbox, launch: async () => ({ file: "/bin/false", arguments: [], environment: {} }) };
  const opening = openSandboxedSession({
    source: "",
    exercise: { path: "a/b", signatures: f },
    sandbox: broken,
  });
  await expect(opening).rejects.toThrow(SandboxError);
});
