import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { jupyterEnvironment, type Ran, run, temporaryFolder } from "./python.ts";

const assignment = "chapter";

/** What nbgrader made of a class. */
export interface NbgraderGrades<N> {
  /** The notebook as students get it. */
  released: N;
  /** Points of each student by grade cell. A student without an entry was not graded at all. */
  points: Record<string, Record<string, number>>;
  maxPoints: Record<string, number>;
  /** What `nbgrader autograde` wrote. */
  log: string;
}

export interface NbgraderCourse<N> {
  /** Python of an environment with nbgrader, as `jupyterPython()` gives it. */
  python: string;
  /** The instructor's notebook, with solutions. */
  source: N;
  /** What each student hands in, made from the released notebook. */
  submissions: readonly { student: string; notebook: (released: N) => N }[];
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
                most[grade.name] = grade.max_score
                if grade.auto_score is not None:
                    points.setdefault(submission.student.id, {})[grade.name] = grade.auto_score
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
 * Releases a notebook with `nbgrader generate_assignment`, hands in the submissions and grades them with
 * `nbgrader autograde`, all through our kernel.
 */
export async function gradeWithNbgrader<N>(course: NbgraderCourse<N>): Promise<NbgraderGrades<N>> {
  const { python, source, submissions, timeoutSeconds = 30 } = course;
  const { folder, remove } = temporaryFolder("nbgrader-course");
  const options = { cwd: folder, env: jupyterEnvironment(folder, python) };
  const nbgrader = (...args: string[]) => run(python, ["-m", "nbgrader", ...args], options);
  const fileIn = (...parts: string[]) => path.join(folder, ...parts, assignment, `${assignment}.ipynb`);
  try {
    writeFileSync(path.join(folder, "nbgrader_config.py"), config(timeoutSeconds));
    writeNotebook(fileIn("source"), source);
    check(await nbgrader("generate_assignment", assignment), "nbgrader generate_assignment");
    const readReleased = (): N => JSON.parse(readFileSync(fileIn("release"), "utf8"), joinSource);
    for (const { student, notebook } of submissions) {
      writeNotebook(fileIn("submitted", student), notebook(readReleased()));
    }
    const graded = await nbgrader("autograde", assignment);
    const grades = await run(python, ["-c", readGrades], options);
    check(grades, "Reading gradebook.db");
    return { released: readReleased(), ...JSON.parse(grades.stdout), log: graded.stdout + graded.stderr };
  } finally {
    remove();
  }
}
