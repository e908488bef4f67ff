/** An answer that is a file, in the notebook: what trains it, what is said of it, and whatever else lies under its name. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exerciseById } from "../../grader/course.ts";
import type { FileAnswer } from "../../grader/exercise.ts";
import { dropMarkers, stripSolution } from "../../grader/put-back/strip-solution.ts";
import { asCell } from "../../grader/put-back/stub.ts";
import { rightFile } from "../../grader/verify/part.ts";
import { startKernel } from "./client.ts";

const exercise = exerciseById("09.capstone");
const file = exercise.file as FileAnswer;
const right = rightFile({ ...exercise, file });
const solution = readFileSync(join(import.meta.dirname, `../../solutions/${exercise.path}.ts`), "utf8");
const folder = mkdtempSync(join(tmpdir(), "flowlab-saved-flow-"));
const saved = join(folder, file.name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let kernel: Awaited<ReturnType<typeof startKernel>>;
beforeAll(async () => {
  kernel = await startKernel({ cwd: folder });
  await said('import { check } from "flowlab-grader";');
}, 60_000);
afterAll(() => kernel.shutdown());

/** What a cell shows as text. */
async function said(code: string): Promise<string> {
  const { outputs } = await kernel.execute(code);
  return outputs
    .map((output) => ("data" in output ? String(output.data["text/plain"]) : JSON.stringify(output)))
    .join("\n");
}
const train = (options = "") => said(`await check.train("09.capstone", { trainGlow }${options});`);
const check = () => said('await check("09.capstone", { trainGlow });');

test("a stub: nothing to train, and nothing wrong", { timeout: 60_000 }, async () => {
  await said(asCell(stripSolution(solution, "solution")));
  expect(await train()).toMatch(/trainGlow is not written yet/);
  expect(await check()).toMatch(/to do/);
});

test("the course's own code trains in a cell and saves; three steps are told how far they come", {
  timeout: 120_000,
}, async () => {
  const short = asCell(dropMarkers(solution))
    .replace("steps = 1200", "steps = 3")
    .replace("6000", "200")
    .replace("warmup: 50", "warmup: 1");
  expect(short).toMatch(/steps = 3;[\s\S]*count: 200/);
  await said(short);
  expect(await check()).toMatch(/there is no capstone\.safetensors beside this notebook/);
  expect(await train()).toMatch(/capstone\.safetensors was saved: 1\d\d kB/);
  expect(await check()).toMatch(
    /1 of 5 points[\s\S]*200 new faces take \d\.\d\d bits per dimension; at most 5 was asked for; that is \d\.\d\d too many/,
  );
  expect(await train()).toMatch(/is there .* so trainGlow was not run again/);
});

test("code that has changed is run again; what saves nothing is told so", { timeout: 120_000 }, async () => {
  await said(
    `async function trainGlow() { (await import("node:fs")).copyFileSync(${JSON.stringify(right)}, ${JSON.stringify(saved)}); }`,
  );
  expect(await train()).toMatch(/was saved/);
  expect(await check()).toMatch(/passed, 5 of 5 points[\s\S]*200 new faces take 3\.\d\d bits per dimension/);
  await said("async function trainGlow() { return 1; }");
  expect(await train()).toMatch(/saved no capstone\.safetensors: let it end with saveFlow/);
  expect(await train()).toMatch(/was not run again/);
  expect(await train(", { again: true }")).toMatch(/saved no/);
});

test("what else may lie there is told, and costs points only", { timeout: 60_000 }, async () => {
  writeFileSync(saved, new Uint8Array(file.mostBytes + 1));
  const large = await check();
  expect(large).toMatch(/0 of 5 points[\s\S]*has 129 kB; at most 128 kB are read\. .*fewer hidden channels/);
  const untrained = await train();
  expect(untrained).toMatch(/✗ .*is there .*cannot be scored: .* has 129 kB; at most 128 kB are read/);
  // The same training leaves a file of the same size.
  expect(`${large}${untrained}`).not.toMatch(/without a change|again: true/);
  writeFileSync(saved, "no flow");
  expect(await train()).toMatch(/✗ .*cannot be scored: .*cannot be loaded.*again: true/);
  const card = await check();
  expect(card.match(/cannot be loaded/g)).toHaveLength(1);
  expect(card).toMatch(/To train again without a change: await check\.train/);
  expect(await check()).toMatch(/0 of 5 points[\s\S]*cannot be loaded/);
  rmSync(saved);
  mkdirSync(saved);
  expect(await check()).toMatch(/0 of 5 points[\s\S]*is a folder/);
});

test("other exercises have nothing to train, and this one has nothing to give to later cells", async () => {
  expect(await said('await check.train("16.1", {});')).toMatch(/is answered by code, and not by a file/);
  expect(await said('await check.train("09.capstone", {});')).toMatch(/expected the function trainGlow/);
  expect(await said('await check.passed("09.capstone", ["describe"]);')).toMatch(/use loadFlow/);
});
