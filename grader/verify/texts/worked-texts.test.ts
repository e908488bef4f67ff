import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { course } from "../../course.ts";
import type { AnyExercise } from "../../exercise.ts";
import { workedTextFindings } from "./worked-texts.ts";

const project = join(import.meta.dirname, "../../..");
mkdirSync(join(project, ".setup"), { recursive: true });
const root = mkdtempSync(join(project, ".setup", "worked-texts-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("every worked solution of the course holds", async () => {
  expect(await workedTextFindings(course, project)).toEqual([]);
});

test("finds a formula that cannot be set, code that is not the solution's, and a text without either", async () => {
  const exercise = { id: "1", path: "01-a/one", signatures: { twice: {} } } as unknown as AnyExercise;
  mkdirSync(join(root, "solutions/01-a"), { recursive: true });
  symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
  symlinkSync(join(project, "tsconfig.json"), join(root, "tsconfig.json"));
  const solution =
    "export function twice(x: number): number {\n  // BEGIN SOLUTION\n  return 2 * x;\n  // END SOLUTION\n}\n";
  writeFileSync(join(root, "solutions/01-a/one.ts"), solution);
  const problems = async (text: string) => {
    writeFileSync(join(root, "solutions/01-a/one.md"), text);
    return (await workedTextFindings([exercise], root)).map(({ problem }) => problem);
  };
  const right = "The answer is $2x$.\n\n```ts\nreturn 2 * x;\n```\n";
  expect(await problems(right)).toEqual([]);
  expect(await problems(`${right}\n\`\`\`ts\nconst y: number = twice(3);\n\`\`\`\n`)).toEqual([]);
  expect(await problems(right.replace("$2x$", "$\\frac{2}$"))).toEqual([
    expect.stringContaining("KaTeX cannot set $\\frac{2}$: KaTeX parse error"),
  ]);
  expect(await problems(right.replace("$2x$", "twice"))).toEqual(["there is no formula in it"]);
  expect(await problems("$2x$")).toEqual(["the solution's code is not in it"]);
  expect(await problems(right.replace("```ts", "```js"))).toEqual([
    "a block of code is marked `js`; write ```ts",
  ]);
  expect(await problems(`${right}\n\`\`\`ts\nconst y: string = twice(3);\n\`\`\`\n`)).toEqual([
    expect.stringMatching(
      /^`const y: string = twice\(3\);` is not the solution's, and has wrong types: TS2322/,
    ),
  ]);
});
