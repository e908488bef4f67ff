import { afterAll, beforeAll, expect, test } from "vitest";
import { type Kernel, startKernel } from "../../run/client.ts";

let kernel: Kernel;

beforeAll(async () => {
  kernel = await startKernel({ cwd: import.meta.dirname, shutdownGrace: 60_000 });
}, 120_000);

afterAll(() => kernel.shutdown());

/** The text of a cell's value, or of its error. */
async function outcomeOf(code: string): Promise<unknown> {
  const { outputs } = await kernel.execute(code);
  const [output] = outputs.filter(({ output_type }) => output_type !== "stream");
  if (output?.output_type === "error") return `${output.ename}: ${output.evalue}`;
  return output?.output_type === "execute_result" ? output.data["text/plain"] : undefined;
}

test.each([
  ["a module that is awaited", 'const fs = await import("node:fs");', 'fs.existsSync("/")', "true"],
  ["a promise of one", 'const later = import("node:fs");', "typeof (await later).existsSync", "'function'"],
  [
    "the rest of one",
    'const { promises, ...rest } = await import("node:fs");',
    'rest.existsSync("/")',
    "true",
  ],
  [
    "a function of one",
    'function load() { return import("node:fs"); }',
    "typeof (await load()).stat",
    "'function'",
  ],
  [
    "a class with private members",
    "const make = () => class { private a = 1; b = 2 };",
    "new (make())().b",
    "2",
  ],
  ["a symbol", 'const own = Symbol("own"); const by = { [own]: 1 };', "by[own]", "1"],
])("%s, whose type cannot be written down, goes to later cells", async (_, first, second, expected) => {
  expect(await outcomeOf(first)).toBeUndefined();
  expect(await outcomeOf(second)).toBe(expected);
});

test("types are checked as ever, in its cell and in later ones", async () => {
  await outcomeOf('const files = await import("node:fs");');
  expect(await outcomeOf("files.existsSync(3n)")).toMatch(/TypeScriptError.*'bigint' is not assignable/);
  expect(await outcomeOf("const n: number = 'a'; const c = class { private a = 1 };")).toMatch(/TS2322/);
  // Of the numbers of declarations' complaints, but none of them.
  expect(await outcomeOf("const r: readonly [1] = [1]; const m: [1] = r;")).toMatch(/TS4104/);
});
