import { expect, test } from "vitest";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import { exercise } from "../exercise.ts";
import { LearnerError } from "../grading/session.ts";
import { fn, number, parameter } from "../harness/kinds.ts";
import { singleModule } from "../harness/program.ts";
import { repairs } from "./search.ts";

const asked = exercise({
  id: "f",
  path: "test/f",
  title: "f",
  source: "a test",
  statement: "",
  signatures: { f: fn([parameter("x", number)], number) },
  checks: [],
  hints: ["a", "b"],
  misconceptions: [],
});

/** What is said of `f(1)`. */
async function told(code: string): Promise<string | undefined> {
  const program = singleModule("answer.ts", code);
  const search = repairs({
    program,
    open: (source, signatures) =>
      openSandboxedSession({ source, exercise: { ...asked, signatures } as typeof asked }),
  });
  const threw = new LearnerError("time", "ran longer than 3 s");
  const call = { target: { export: "f" }, inputs: [1], answer: { threw } };
  const found = await search.endless({ exercise: asked }, call);
  await search.close();
  return found?.text;
}

test.each<[string, string, string]>([
  [
    "a loop with another inside that ends each time, and one before that has ended",
    `export function f(x: number): number {
  for (let i = 0; i < 50; i++) x += i;
  while (x > 0) {
    for (let j = 0; j < 3; j++) x += j;
  }
  return x;
}`,
    "The loop in line 3 goes on and on, for the call shown: `while (x > 0) {`. After 199,",
  ],
  [
    "the inner one of two, left by a break before",
    `export function f(x: number): number {
  for (let i = 0; i < 10; i++) {
    while (true) if (i < 5) break; else x += 1;
  }
  return x;
}`,
    "The loop in line 3 goes on",
  ],
  [
    "one with a label",
    `export function f(x: number): number {
  outer: while (x > 0) { for (;;) continue outer; }
  return x;
}`,
    "The loop in line 2 goes on",
  ],
  [
    "one without a condition",
    `export function f(x: number): number {
  for (;;) x += 1;
}`,
    "The loop in line 2 goes on and on, for the call shown: `for (;;) x += 1;`. After 1,000,",
  ],
  [
    "one in a function of its own, that is called by a loop that ends",
    `const grow = (x: number): number => { do { x += 1; } while (x > 0); return x; };
export function f(x: number): number { for (let i = 0; i < 2; i++) x = grow(x); return x; }`,
    "The loop in line 1 goes on",
  ],
])("%s is named", async (_, code, text) => {
  expect(await told(code)).toContain(text);
});

test("the turns are the loop's own: what functions take besides is not counted as its", async () => {
  const code = `const h = (y: number): number => y + 1;
export function f(x: number): number { while (x > 0) { for (let i = 0; i < 9; i++) x = h(x); } return x; }`;
  const turns = Number(/After ([\d,]+) turns/.exec((await told(code)) ?? "")?.[1]?.replaceAll(",", ""));
  expect(turns).toBeGreaterThan(45_000);
  expect(turns).toBeLessThan(55_000);
});

test.each([
  ["code that ends", "export function f(x: number): number { while (x < 100) x += 1; return x; }"],
  ["a recursion without an end", "export function f(x: number): number { return f(x + 1); }"],
  ["an answer that never comes", "export function f(): Promise<number> { return new Promise(() => {}); }"],
])("of %s no loop is named", async (_, code) => {
  expect(await told(code)).toBeUndefined();
});
