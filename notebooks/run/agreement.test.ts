import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, test, vi } from "vitest";
import { collectExercises } from "../../grader/batch/run.ts";
import { sandboxedGrading } from "../../grader/batch/sandboxed.ts";
import { course, exerciseById } from "../../grader/course.ts";
import { cardText } from "../../grader/report/card/card.ts";
import { detectSandbox } from "../../grader/sandbox/detect.ts";
import { readSubmissions } from "../../grader/submissions/read.ts";
import type { Submission } from "../../grader/submissions/submission.ts";
import { buildNotebook } from "../build/generated.ts";
import { Cells, SCENARIOS, type Scenario } from "./agreement.fixture.ts";
import { type Kernel, startKernel } from "./client.ts";

const root = join(import.meta.dirname, "../..");
const SLUG = "01-change-of-variables";
const stub = buildNotebook(root, SLUG, "stub");
const folder = mkdtempSync(join(tmpdir(), "flowlab-agreement-"));
const sandbox = await detectSandbox();
// Two kernels at a time: while one starts or is graded, the other computes.
vi.setConfig({ maxConcurrency: 2 });
const table: string[] = [];
afterAll(() => {
  rmSync(folder, { recursive: true });
  console.log(["notebook  graded  what, and the card's warning", ...table].join("\n"));
});

const slug = (exercise: string) => exercise.replace(/[^a-zA-Z0-9_-]/g, "-");
const text = (cells: Cells) => JSON.stringify({ ...stub, cells: cells.list });

function edited(edit: Scenario["edit"]): Cells {
  const cells = new Cells(stub.cells);
  edit(cells);
  return cells;
}

/** What a learner runs: the imports, and every cell that is hers or an exercise's of the scenario, from top to bottom. */
function toRun(cells: Cells, checks: readonly string[]): Cells["list"] {
  const first = cells.list.find(({ cell_type }) => cell_type === "code");
  const untouched = new Map(stub.cells.map((cell) => [cell.id, cell.source.join("")]));
  const isHers = ({ id, source }: Cells["list"][number]) => untouched.get(id) !== source.join("");
  const isAsked = ({ id }: Cells["list"][number]) =>
    checks.some((exercise) => id === `ex-${slug(exercise)}-code`);
  return cells.list.filter(
    (cell) => cell.cell_type === "code" && (cell === first || isHers(cell) || isAsked(cell)),
  );
}

const memoryOf = (file: string) => `${dirname(file)}-progress`;

/** What progress() shows afterwards: points by exercise. */
function remembered(file: string): Record<string, { points: number } | undefined> {
  const path = join(memoryOf(file), "progress.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).exercises : {};
}

/** Runs the notebook through the real kernel, as JupyterLab would, and gives what the checks' cards say. */
async function cards({ checks, edit, before }: Scenario, file: string): Promise<string[]> {
  const handedIn = edited(edit);
  const ran = before ? edited(before) : handedIn;
  writeFileSync(file, text(ran));
  const kernel = await startKernel({
    cwd: dirname(file),
    env: { ...process.env, JPY_SESSION_NAME: file, FLOWLAB_PROGRESS: memoryOf(file) },
  });
  try {
    for (const { id, source } of toRun(ran, checks)) await execute(kernel, id, source.join(""));
    // An edit is saved with its own time.
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (before) writeFileSync(file, text(handedIn));
    const shown: string[] = [];
    for (const exercise of checks) {
      const cell = handedIn.at(`ex-${slug(exercise)}-check`);
      shown.push(await execute(kernel, cell.id, cell.source.join("")));
    }
    return shown;
  } finally {
    await kernel.shutdown();
  }
}

async function execute(kernel: Kernel, cellId: string, code: string): Promise<string> {
  const { outputs } = await kernel.execute(code, { stopOnError: false, metadata: { cellId } });
  const last = outputs.at(-1);
  if (last?.output_type === "error") return `${last.ename}: ${last.evalue}`;
  return last?.output_type === "execute_result"
    ? stripVTControlCharacters(String(last.data["text/plain"]))
    : "";
}

const pointsOf = (card: string) => Number(/, (\d+) of \d+ points/.exec(card)?.[1] ?? 0);
const warningOf = (card: string) => /^ {2}! (.*)$/m.exec(card)?.[1];

/** What the grader makes of it: the points of some exercises, and what the notebook is measured by. */
async function graded(file: string, ids: readonly string[]) {
  const { submissions } = await readSubmissions(file, { course });
  const [submission] = submissions as [Submission];
  const gradeOne = sandboxedGrading({ sandbox, seed: "agreement" });
  const results = await Promise.all(
    ids.map(async (id) => {
      const source = submission.sources.find(({ exerciseId }) => exerciseId === id);
      return source && (await gradeOne(exerciseById(id), source, new AbortController().signal));
    }),
  );
  const points = results.map((result) => result?.points ?? 0);
  const said = results.map((result) => (result ? cardText(result) : ""));
  const measured = collectExercises([submission], course).map(({ id }) => id);
  return { points, said, measured, notes: submission.notes };
}

describe.concurrent("what the card says is what is graded", () => {
  test.for(SCENARIOS)("$what", { timeout: 240_000 }, async (scenario, { expect }) => {
    // The notebook's name is its chapter's; each scenario has a folder of its own.
    const own = mkdtempSync(join(folder, "one-"));
    const file = join(own, `${SLUG}.ipynb`);
    for (const [name, code] of Object.entries(scenario.beside ?? {})) writeFileSync(join(own, name), code);
    const shown = await cards(scenario, file);
    const { points, said: saidByGrader, measured, notes } = await graded(file, scenario.checks);
    const [first = ""] = shown;
    const warning = warningOf(first);
    const line = `${shown.map(pointsOf).join("+").padStart(8)}  ${points.join("+").padStart(6)}  ${scenario.what}`;
    table.push(warning === undefined ? line : `${line}\n                    ! ${warning}`);
    expect(points[0], `${notes.join("\n")}\n${first}`).toBe(scenario.points);
    // What is remembered is what is graded; where that is not sure, or the answer did not run here, nothing is.
    const memory = remembered(file);
    for (const [i, id] of scenario.checks.entries()) {
      const ran = !shown[i]?.startsWith("NotRunYet: ");
      const sure = ran && warning === undefined && (points[i] as number) > 0;
      if (sure || memory[id]) expect(memory[id]?.points, `progress of ${id}`).toBe(points[i]);
    }
    // A notebook is measured by all the exercises of its chapter.
    const chapter = course.filter(({ path }) => path.startsWith(`${SLUG}/`));
    expect(measured).toEqual(chapter.map(({ id }) => id));
    // A check whose answer did not run has no card; its error is what says so.
    const said = warning ?? (first.startsWith("NotRunYet: ") ? first : "");
    if (scenario.warns) expect(said).toMatch(scenario.warns);
    else {
      expect(warning).toBeUndefined();
      expect(shown.map(pointsOf)).toEqual(points);
      for (const words of scenario.says ?? []) {
        expect(first).toMatch(words);
        expect(saidByGrader[0]).toMatch(words);
      }
    }
  });
});
