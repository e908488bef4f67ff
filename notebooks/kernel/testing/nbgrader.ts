import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { jupyterEnvironment, type Ran, run, temporaryFolder } from "./python.ts";

const assignment = "chapter";

/** What nbgrader made of a class; notebooks by their names. */
export interface NbgraderGrades<N> {
  /** The notebooks as students get them. */
  released: Record<string, N>;
  /** Points of each student in each notebook by grade cell. A student without an entry was not graded at all. */
  points: Record<string, Record<string, Record<string, number>>>;
  maxPoints: Record<string, Record<string, number>>;
  /** What `nbgrader autograde` wrote. */
  log: string;
}

export interface NbgraderCourse<N> {
  /** Python of an environment with nbgrader, as `jupyterPython()` gives it. */
  python: string;
  /** The instructor's notebooks, with solutions, by name: one assignment, because nbgrader takes longer to start than to grade. */
  sources: Readonly<Record<string, N>>;
  /** What each student hands in, made from each released notebook. */
  submissions: readonly {
    student: string;
    notebook: (released: N, name: string) => N;
    /** The notebooks that are handed in; all if left out. */
    only?: readonly string[];
    /** Files beside the notebooks, by their paths on disk. */
    files?: readonly string[];
    /** Longest time for one cell, where it is another than that of the others. */
    timeoutSeconds?: number;
  }[];
  /** Longest time for one cell. */
  timeoutSeconds?: number;
}

/** What a solution is replaced by; must be the stub of the course's own exercises. */
const config = (timeoutSeconds: number) => `
c = get_config()
c.ClearSolutions.code_stub = {"typescript": '// YOUR CODE HERE\\nthrow new Error("Not yet solved");'}
c.ExecutePreprocessor.timeout = ${timeoutSeconds}
c.Execute.timeout = ${timeoutSeconds}
`;

const readGrades = `
import json
from nbgrader.api import Gradebook
points, most = {}, {}
with Gradebook("sqlite:///gradebook.db") as book:
    for submission in book.assignment_submissions("${assignment}"):
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                most.setdefault(notebook.name, {})[grade.name] = grade.max_score
                if grade.auto_score is not None:
                    of_student = points.setdefault(submission.student.id, {})
                    of_student.setdefault(notebook.name, {})[grade.name] = grade.auto_score
print(json.dumps({"points": points, "maxPoints": most}))
`;

function writeNotebook(file: string, notebook: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(notebook));
}

/** nbformat allows a source to be a list of lines, and nbgrader writes it so. */
function joinSource(key: string, value: unknown): unknown {
  return key === "source" && Array.isArray(value) ? value.join("") : value;
}

function check(ran: Ran, what: string): void {
  if (ran.code !== 0) throw new Error(`${what} ended with ${ran.code}:\n${ran.stderr || ran.stdout}`);
}

/**
 * Releases notebooks with `nbgrader generate_assignment`, hands in the submissions and grades them with
 * `nbgrader autograde`, all through our kernel.
 */
export async function gradeWithNbgrader<N>(course: NbgraderCourse<N>): Promise<NbgraderGrades<N>> {
  const { python, sources, submissions, timeoutSeconds = 30 } = course;
  const { folder, remove } = temporaryFolder("nbgrader-course");
  const options = { cwd: folder, env: jupyterEnvironment(folder, python) };
  const nbgrader = (...args: string[]) => run(python, ["-m", "nbgrader", ...args], options);
  const fileIn = (name: string, ...parts: string[]) =>
    path.join(folder, ...parts, assignment, `${name}.ipynb`);
  try {
    writeFileSync(path.join(folder, "nbgrader_config.py"), config(timeoutSeconds));
    for (const [name, source] of Object.entries(sources)) writeNotebook(fileIn(name, "source"), source);
    check(await nbgrader("generate_assignment", assignment), "nbgrader generate_assignment");
    const released = () =>
      Object.keys(sources).map((name): [string, N] => [
        name,
        JSON.parse(readFileSync(fileIn(name, "release"), "utf8"), joinSource),
      ]);
    let log = "";
    // Whoever is graded is left alone by the next run.
    for (const timeout of new Set(submissions.map((one) => one.timeoutSeconds ?? timeoutSeconds))) {
      for (const one of submissions) {
        const { student, notebook, only, files = [], timeoutSeconds: own = timeoutSeconds } = one;
        if (own !== timeout) continue;
        for (const [name, its] of released())
          if (!only || only.includes(name))
            writeNotebook(fileIn(name, "submitted", student), notebook(its, name));
        for (const file of files)
          copyFileSync(file, path.join(folder, "submitted", student, assignment, path.basename(file)));
      }
      writeFileSync(path.join(folder, "nbgrader_config.py"), config(timeout));
      const graded = await nbgrader("autograde", assignment);
      log += graded.stdout + graded.stderr;
    }
    const grades = await run(python, ["-c", readGrades], options);
    check(grades, "Reading gradebook.db");
    return { released: Object.fromEntries(released()), ...JSON.parse(grades.stdout), log };
  } finally {
    remove();
  }
}
