import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import type { AnyExercise } from "../../exercise.ts";
import { noCache, verdictCache } from "../cache.ts";
import type { Finding } from "../finding.ts";
import { verdictKey } from "../fingerprint.ts";
import { FEW_SEEDS, SEEDS } from "../share.ts";
import { verifyInThreads } from "./in-threads.ts";
import { pool } from "./pool.ts";

const grader = pathToFileURL(join(import.meta.dirname, "../..")).href;
const root = mkdtempSync(join(tmpdir(), "flowlab-endless-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** An exercise with this solution; a call may take half a second of processor time. `more` stands in its declaration. */
async function write(path: string, solution: string, more = ""): Promise<AnyExercise> {
  const save = (folder: string, text: string) => {
    const file = join(root, folder, `${path}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return pathToFileURL(file).href;
  };
  save("solutions", `export function double(x: number): any { ${solution} }`);
  save("exercises", 'export function double(x: number): number { throw new Error("Not yet solved"); }');
  const main = save(
    "grader/exercises",
    `import { exercise } from "${grader}/exercise.ts";
     import { fn, number, parameter } from "${grader}/harness/kinds.ts";
     export const doubled = exercise({
       id: "${path}", path: "${path}", title: "", source: "", statement: "",
       signatures: { double: fn([parameter("x", number)], number) },
       limits: { seconds: 0.5 },
       ${more}
       checks: [{
         name: "is 2x", points: 1,
         async run({ learner, expect }) {
           for (const x of [1, 2, 7]) expect.close(await learner.double(x), 2 * x);
         },
       }],
       hints: ["a", "b"],
       misconceptions: [],
     });`,
  );
  return (await import(main)).doubled;
}

const seeds = { right: 2, wrong: 2, explained: 1 };
const threads = pool(1);
afterAll(() => threads.close());

async function tell(exercise: AnyExercise) {
  const { id, path } = exercise;
  return threads.run({ root, id, path, seeds, share: { half: "right", at: 0, of: 1 } }, 0.5);
}

test("one that takes its time, and ends, is verified", async () => {
  const slow =
    "const end = process.threadCpuUsage().user + 1e5; while (process.threadCpuUsage().user < end);";
  expect(await tell(await write("slow", `${slow} return 2 * x;`))).toMatchObject({
    seen: { problems: [], lost: [] },
  });
});

test("one that waits for what never comes is named, with the function and the input", async () => {
  const waits = await write("waits", "return x === 7 ? new Promise(() => {}) : 2 * x;");
  expect(await tell(waits)).toEqual({
    endless: { program: "the solution", part: "solution", call: "double(7)" },
  });
});

test("so is one that computes on and on, as a problem of the exercise", async () => {
  mkdirSync(join(root, "grader/verify/threads"), { recursive: true });
  writeFileSync(join(root, "grader/verify/threads/worker.ts"), "");
  const computes = await write("computes", "while (x === 7) x += 0; return 2 * x;");
  const found: Finding[] = [];
  await verifyInThreads([computes], root, seeds, noCache, {
    onUnchanged: () => {},
    onVerified: ({ findings }) => found.push(...findings),
  });
  expect(found).toMatchObject([
    {
      exercise: "computes",
      file: "solutions/computes.ts",
      problem: expect.stringContaining("the solution does not end at double(7): not within 0.5 s"),
    },
  ]);
});

test("a reference that ends where it is asked, but not for twice the number, is named with that call", async () => {
  const doubles = await write(
    "doubles",
    "return 2 * x;",
    `domains: { double: {
       regions: { "from 1 to 2": {
         draw: (_random: unknown, place: number) => [1 + place],
         place: (x: number) => (x >= 1 && x <= 2 ? x - 1 : undefined),
       } },
       allows: () => 1e-9, float32: false,
     } },
     reference: { double(x: number) { while (x === 3) x += 0; return 2 * x; } },`,
  );
  expect(await tell(doubles)).toMatchObject({
    endless: { program: "the reference", call: "double(3)" },
  });
});

test("what is sound under more seeds is so under fewer, but not the other way round", async () => {
  mkdirSync(join(root, "grader/verify/threads"), { recursive: true });
  writeFileSync(join(root, "grader/verify/threads/worker.ts"), "");
  const doubled = await write("doubled", "return 2 * x;");
  const cache = verdictCache(root);
  const sound = { findings: [], coverage: { written: 0, generic: 0, dropped: 0 } };
  async function triedAgain(under: typeof SEEDS, before: typeof SEEDS): Promise<boolean> {
    rmSync(join(root, ".setup"), { recursive: true, force: true });
    cache.keep(doubled.id, verdictKey(root, doubled, before), sound);
    const tried: string[] = [];
    await verifyInThreads([doubled], root, under, cache, {
      onUnchanged: () => {},
      onVerified: ({ exercise }) => tried.push(exercise.id),
    });
    return tried.length > 0;
  }
  expect(await triedAgain(FEW_SEEDS, SEEDS)).toBe(false);
  expect(await triedAgain(FEW_SEEDS, FEW_SEEDS)).toBe(false);
  expect(await triedAgain(SEEDS, FEW_SEEDS)).toBe(true);
});
