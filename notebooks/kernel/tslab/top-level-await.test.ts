import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../run/client.ts";

let kernel: Kernel;

beforeAll(async () => {
  kernel = await startKernel({ cwd: import.meta.dirname, shutdownGrace: 60_000 });
  const { status } = await kernel.execute(`
    async function* count(n: number) { for (let i = 0; i < n; i++) yield i; }
    async function later<T>(value: T) { await null; return value; }
  `);
  expect(status).toBe("ok");
}, 120_000);

afterAll(() => kernel.shutdown());

/** The text of a cell's value, or of its error. */
async function outcomeOf(code: string): Promise<unknown> {
  const { outputs } = await kernel.execute(code);
  const [output] = outputs.filter(({ output_type }) => output_type !== "stream");
  if (output?.output_type === "error") return `${output.ename}: ${output.evalue}`;
  return output?.output_type === "execute_result" ? output.data["text/plain"] : undefined;
}

describe("an await at the top of a cell", () => {
  test.each([
    ["in a loop", "let sum = 0; for await (const i of count(4)) sum += i; sum", "6"],
    [
      "in a loop over promises",
      "const a = []; for await (const x of [later(1), 2]) a.push(x); a",
      "[ 1, 2 ]",
    ],
    [
      "in a labelled loop",
      "let n = 0; all: for await (const i of count(3)) { for (;;) { n += i; continue all; } } n",
      "3",
    ],
    [
      "in a loop that breaks",
      "let b = 0; for await (const i of count(9)) { if (i > 3) break; b = i; } b",
      "3",
    ],
    ["in a loop with a variable of the cell", "let c = 0; for await (c of count(3)); c", "2"],
    ["in a loop in a block", "let d = 0; { if (true) for await (const i of count(3)) d += i; } d", "3"],
    [
      "in a loop that takes apart",
      "const e = []; for await (const { x = await later(7) } of [later({} as { x?: number })]) e.push(x); e",
      "[ 7 ]",
    ],
    [
      "in a loop whose body has functions",
      "const f: (() => number)[] = []; for await (const i of count(2)) f.push(() => i); f.map((g) => g())",
      "[ 0, 1 ]",
    ],
    ["in the header of a loop", "let t = 0; for (const i of await later([1, 2])) t += i; t", "3"],
    ["in a switch", "let s = ''; switch (await later(2)) { case await later(2): s = 'two'; } s", "'two'"],
    ["in a template", `\`a\${await later(1)}b\``, "'a1b'"],
    ["as a default", "const { q = await later(5) } = {} as { q?: number }; q", "5"],
    ["in the name of a method", "class C { [await later('m')]() { return 3; } } (new C() as any).m()", "3"],
    ["as the base of a class", "class D extends (await later(Array)) {} new D().length", "0"],
    ["in what is exported", "export default await later(4); await later(5)", "5"],
  ])("%s works", async (_, code, expected) => {
    expect(await outcomeOf(code)).toBe(expected);
  });

  test("leaves its variables to later cells", async () => {
    await outcomeOf("let total = 0; for await (const i of count(5)) total += i;");
    expect(await outcomeOf("total + 1")).toBe("11");
  });

  test.each([
    ["a variable", "let v = 0; for await (v of count(3));", "v", "2"],
    ["a list", "let p = 0, q = 0; for await ([p, q] of [[1, 2], [3, 4]]);", "[p, q]", "[ 3, 4 ]"],
    ["an object", "let r = 0, s; for await ({ r, ...s } of [{ r: 5, u: 6 }]);", "[r, s]", "[ 5, { u: 6 } ]"],
    ["a member", "const o = { m: 0 }; for await (o.m of count(3));", "o.m", "2"],
    [
      "one of many loops",
      "let w = 0; a: for await (w of count(9)) { for await (w of count(3)) break a; }",
      "w",
      "0",
    ],
    ["a loop without await", "let x = 0; for (x of [1, 2]) if (x === 1) continue;", "x", "2"],
    ["a loop over keys", "let k = ''; for (k in { a: 1, b: 2 }) {}", "k", "'b'"],
    ["a loop in a function", "let f = 0; function go() { for (f of [1, 7]); }; go();", "f", "7"],
  ])("leaves later cells what the head of a loop assigns: %s", async (_, code, name, expected) => {
    expect(await outcomeOf(`${code} ${name}`)).toBe(expected);
    expect(await outcomeOf(name)).toBe(expected);
  });

  test("assigns to variables of earlier cells in the head of a loop", async () => {
    await outcomeOf("let early = 0, other = 0;");
    await outcomeOf("for await ([early, other] of [[1, 2]]);");
    expect(await outcomeOf("[early, other]")).toBe("[ 1, 2 ]");
  });

  test("gives an error in a loop that assigns its place", async () => {
    const code = "let at = 0;\nfor await (at of count(2)) {\n  if (at === 1) throw new Error('at 1');\n}";
    expect(JSON.stringify(await kernel.execute(code))).toMatch(/at 1.*cell\[.*\]:3:/);
  });

  test("ends with what the loop throws, at its place", async () => {
    const code = "for await (const i of count(2)) {\n  if (i === 1) throw new Error('at 1');\n}";
    const { outputs, status } = await kernel.execute(code);
    expect(status).toBe("error");
    expect(JSON.stringify(outputs)).toMatch(/at 1.*cell\[.*\]:2:/);
  });
});

describe("an await in what is not async is refused with its place", () => {
  test.each([
    ["a function", "function f() { await later(1); }", "column 16 (TS1308)"],
    ["an arrow function", "const g = () => { await later(1); }", "column 19 (TS1308)"],
    ["a method of an object", "const o = { f() { await later(1); } };", "column 19 (TS1308)"],
    ["a getter of an object", "const o = { get f() { return await later(1); } };", "column 30 (TS1308)"],
    ["a method of a class", "const C = class { f() { await later(1); } };", "column 25 (TS1308)"],
    ["a constructor", "class C { constructor() { await later(1); } }", "column 27 (TS1308)"],
    ["a field", "class C { x = await later(1); }", "column 15 (TS1308)"],
    ["an enum", "enum E { A = await later(1) }", "column 14 (TS1308)"],
    ["a static block", "class C { static { await later(1); } }", "column 20 (TS18037)"],
    ["a function's loop", "function f() { for await (const i of count(1)); }", "column 20 (TS1103)"],
    ["a method's loop", "const o = { f() { for await (const i of count(1)); } };", "column 23 (TS1103)"],
    [
      "a static block's loop",
      "class C { static { for await (const i of count(1)); } }",
      "column 24 (TS18038)",
    ],
  ])("%s", async (_, code, place) => {
    expect(await outcomeOf(code)).toContain(`TypeScriptError: line 1, ${place}`);
  });

  test.each([
    ["await using", "await using r = { async [Symbol.asyncDispose]() {} };"],
    ["using", "using r = { [Symbol.dispose]() {} };"],
    ["a loop's await using", "for (await using r of []);"],
  ])("%s, which TypeScript 5.0 does not know", async (_, code) => {
    expect(await outcomeOf(code)).toMatch(/newer than the compiler of notebooks.*try \{ … \} finally/);
  });
});
