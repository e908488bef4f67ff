/** A learner's answer in later cells, through the real kernel. */

import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "./client.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await startKernel();
  await run('import { check } from "flowlab-grader";');
});
afterAll(() => kernel.shutdown());

/** What is shown below a cell, as plain text. */
async function run(code: string): Promise<string> {
  const { outputs } = await kernel.execute(code, { stopOnError: false });
  return outputs
    .map((output) => {
      if (output.output_type === "stream") return output.text;
      if (output.output_type === "error")
        return `${output.ename}: ${output.evalue}\n${output.traceback.join("\n")}`;
      return String(output.data["text/plain"]);
    })
    .map(stripVTControlCharacters)
    .join("\n");
}

const STUB = 'function density(x: number): number {\n  throw new Error("Not yet solved");\n}';
const RIGHT = "function density(x: number): number {\n  return x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0;\n}";
const WRONG = RIGHT.replace("0.5 /", "2 *");
const USE = `const used = await check.passed("16.1", ["density"]);\nused.density(0.25);`;

test("an untouched answer: the course's, checked or not", async () => {
  expect(await run(USE)).toBe(
    "○ This cell uses the course's density: the cell of exercise 16.1 has not been run.\n1",
  );
  await run(STUB);
  const unwritten =
    "○ This cell uses the course's density: exercise 16.1 is not written yet. Once it passes its check, run this cell again, and it is yours.\n1";
  expect(await run(USE)).toBe(unwritten);
  await run('await check("16.1", { density });');
  expect(await run(USE)).toBe(unwritten);
});

test("once it passes it is hers, also where its cell has run again and its check not", async () => {
  await run(RIGHT);
  expect(await run('await check("16.1", { density });')).toContain("passed, 3 of 3");
  const hers = "✎ This cell uses your own density (16.1 passed).\n1";
  expect(await run(USE)).toBe(hers);
  // As after a restart: its function is another one, and only the answer's cell has run.
  await run(RIGHT);
  expect(await run(USE)).toBe(hers);
});

test("edited after it has passed, it has to pass again", async () => {
  await run(WRONG);
  expect(await run(USE)).toBe(
    "○ This cell uses the course's density: yours does not pass the check of 16.1 yet. Once it does, run this cell again.\n1",
  );
  await run(RIGHT);
  expect(await run(USE)).toContain("your own density");
});

test("the types are the exercise's", async () => {
  expect(await run(`${USE}\nconst text: string = used.density(1);`)).toContain(
    "is not assignable to type 'string'",
  );
  expect(await run('await check.passed("16.1", ["densty"]);')).toContain(
    `Type '"densty"' is not assignable to type '"density"'`,
  );
});

test("what fails later is said to be hers, with her line", async () => {
  const fragile = RIGHT.replace("{\n", "{\n  if (x === 0.123) throw new RangeError('not here');\n");
  await run(fragile);
  const use = USE.replace("0.25", "0.123");
  const said = await run(use);
  expect(said).toContain("your own density");
  expect(said).toContain(
    "YourCodeError: Your own density, from exercise 16.1, is what this cell runs: density(0.123) threw RangeError: not here.",
  );
  expect(said).toMatch(/at density \(cell\[\d+\]:2/);
  expect(await run(use.replace('"]);', '"], { use: "course" });'))).toMatch(
    /^○ This cell uses the course's density: that is what it asks for\.\n1\.425/,
  );
});

test("a variable that was overwritten by what was given out does not pass for an answer", async () => {
  await run(WRONG);
  await run('await check("16.1", { density });');
  const taken = `const { density } = await check.passed("16.1", ["density"]);`;
  expect(await run(taken)).toContain("the course's density: yours does not pass");
  expect(await run(taken)).toContain("the course's density: yours does not pass");
  await run(RIGHT);
  expect(await run(taken)).toContain("the course's density: yours does not pass");
  await run(RIGHT);
  await run('await check("16.1", { density });');
  expect(await run(taken)).toContain("your own density");
  expect(await run('await check("16.1", { density });')).toContain("passed, 3 of 3");
  expect(await run(taken)).toContain("your own density");
});

test("an answer that never ends is cut off, and the course's is used", async () => {
  await run(RIGHT.replace("{\n", "{\n  while (x > 2) {}\n"));
  expect(await run(USE)).toContain("the course's density: yours does not pass");
});
