import { expect, test } from "vitest";
import { shareOf } from "../budget.ts";
import { exerciseCell, notebook } from "./notebook.fixture.ts";
import { readNotebookBytes, readScriptText } from "./reader.ts";

const course = [{ id: "16.1", path: "01/16-1-square", signatures: { density: true } }];
const right = "export const density = (x: number) => x;";
const KB250 = 250 * 1024;

const bytes = (code: string) => new TextEncoder().encode(notebook([exerciseCell("16.1", code)]));

/** The most processor time that one turn of this thread's loop took while something was awaited, in ms. */
async function longestTurn<T>(work: Promise<T>): Promise<{ value: T; turn: number }> {
  let turn = 0;
  let going = true;
  const look = async () => {
    for (let before = process.threadCpuUsage(); going; before = process.threadCpuUsage()) {
      await new Promise((resolve) => setImmediate(resolve));
      const { user, system } = process.threadCpuUsage(before);
      turn = Math.max(turn, (user + system) / 1000);
    }
  };
  const looking = look();
  const value = await work.finally(() => {
    going = false;
  });
  await looking;
  return { value, turn };
}

test.each([
  ["brackets without end", "[".repeat(KB250)],
  ["nested arrays", `${right}\nconst a = ${"[".repeat(60_000)}${"]".repeat(60_000)};`],
  ["nested functions", `${right}\n${"(() => ".repeat(20_000)}1${")".repeat(20_000)};`],
  ["nested types", `${right}\ntype A = ${"Array<".repeat(20_000)}1${">".repeat(20_000)};`],
  ["one long line", `${right}\nconst a = ${"1+".repeat(KB250 / 2 - 100)}1;`],
  ["a chain of calls", `${right}\nconst a = f${".g()".repeat(50_000)};`],
  ["arrows that might be types", `${right}\n${"a<b>(c=>".repeat(20_000)}`],
  ["template literals", "`${".repeat(50_000)],
  ["thousands of declarations", Array.from({ length: 5_000 }, (_, i) => `let v${i}=v${i + 1};`).join("")],
  ["a regular expression", `${right}\nconst r = /${"(a|".repeat(40_000)}/;`],
])("hostile text costs the grading thread nothing: %s", { timeout: 120_000 }, async (_what, code) => {
  await readScriptText(right, "first.ts", ["density"]);
  const { value, turn } = await longestTurn(
    readNotebookBytes(bytes(code), "ada.ipynb", course).catch((error) => error),
  );
  expect(turn).toBeLessThan(50);
  // What cannot be read as TypeScript is graded as it is: its error is the learner's to see.
  if (value instanceof Error) expect(value.message).toMatch(/^ada\.ipynb/);
  else expect(value.sources[0]?.origin).toBe("ada.ipynb, cell 1");
  const honest = await readNotebookBytes(bytes(right), "bob.ipynb", course);
  expect(honest.sources[0]).toMatchObject({ exerciseId: "16.1", answered: true });
});

test("a notebook that is too deep for JSON costs only itself", { timeout: 120_000 }, async () => {
  const deep = new TextEncoder().encode(
    `{"nbformat":4,"cells":[${"[".repeat(90_000)}${"]".repeat(90_000)}]}`,
  );
  const { turn } = await longestTurn(readNotebookBytes(deep, "deep.ipynb", course).catch((error) => error));
  expect(turn).toBeLessThan(50);
  expect((await readNotebookBytes(bytes(right), "bob.ipynb", course)).sources).toHaveLength(1);
});

test("cells that all mention what is needed are parsed up to a limit", { timeout: 120_000 }, async () => {
  const many = Array.from({ length: 60 }, (_, i) => ({
    cell_type: "code",
    source: `const k${i} = needed;\n${"x+".repeat(20_000)}1;`,
    metadata: {},
  }));
  const text = new TextEncoder().encode(
    notebook([...many, exerciseCell("16.1", "export const density = () => needed;")]),
  );
  const { value, turn } = await longestTurn(readNotebookBytes(text, "many.ipynb", course));
  expect(turn).toBeLessThan(50);
  expect(value.sources).toHaveLength(1);
});

test("tells a stub from an answer by its function, not by its text", async () => {
  const facts = async (body: string) =>
    (await readScriptText(`export function density(x: number) {\n${body}\n}`, "a.ts", ["density"])).answered;
  expect(await facts('// YOUR CODE HERE\nthrow new Error("Not yet solved");')).toBe(false);
  expect(await facts('return x; // throw new Error("Not yet solved");')).toBe(true);
  expect(await facts('return x;\nthrow new Error("Not yet solved");')).toBe(true);
});

test("after two files that took too long, a person's others are not read", () => {
  const budget = shareOf(1);
  budget.overrun();
  budget.file("second.ipynb");
  budget.overrun();
  expect(() => budget.file("third.ipynb")).toThrow(
    "third.ipynb was not read: this person's files took too long before it",
  );
});
