import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { needing } from "../../../setup/testing/needs.ts";
import type { AnyExercise } from "../../exercise.ts";
import { square } from "../../exercises/01-change-of-variables/16-1-square.ts";
import { sigmoidOfNormal } from "../../exercises/01-change-of-variables/16-2-sigmoid.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import type { Session } from "../../grading/session.ts";
import { SUBMISSION } from "../../harness/address.ts";
import { type Program, singleModule } from "../../harness/program.ts";
import type { Sandbox } from "../../sandbox/detect.ts";
import { eventually, sandboxProcesses, tier } from "../../sandbox/tiers.fixture.ts";
import { openSandboxedSession, type SandboxedSession } from "../sandboxed.ts";
import { isClosed } from "./closed.ts";
import { openRooms, type Rooms } from "./rooms.ts";

const FOLDER = join(import.meta.dirname, "../../fixtures/leftovers");
const ROOT = join(import.meta.dirname, "../../..");
const leftovers = readdirSync(FOLDER);
const right = readFileSync(join(ROOT, "solutions/01-change-of-variables/16-2-sigmoid.ts"), "utf8");

/** What leaves nothing behind, or nothing that another program can reach. */
const PASSED_ON = ["module-state.ts", "nothing.ts"];
/** Those that harm themselves; of the last two it depends on when. */
const POINTS: { readonly [file: string]: number } = {
  "busy-promises.ts": 0,
  "leaves.ts": 0,
  "promises-that-never-settle.ts": 0,
  "forges-the-next-answer.ts": Number.NaN,
  "hidden-timers.ts": Number.NaN,
};

function roomsToClose(): Rooms {
  const rooms = openRooms();
  onTestFinished(() => rooms.close());
  return rooms;
}

/** Counts the processes that are started. */
function counted(sandbox: Sandbox) {
  const count = { starts: 0 };
  const launch: Sandbox["launch"] = (...how) => {
    count.starts += 1;
    return sandbox.launch(...how);
  };
  return { count, sandbox: { ...sandbox, launch } };
}

async function grade(
  exercise: AnyExercise,
  source: string | Program,
  name: string,
  sandbox: Sandbox,
  rooms: Rooms,
) {
  const brief = { ...exercise, limits: { seconds: 1, memoryMB: 256 } };
  let session: SandboxedSession | undefined;
  const open = async (): Promise<Session> => {
    session = await openSandboxedSession({ source, name, exercise: brief, sandbox, rooms });
    return session;
  };
  const result = await gradeExercise(brief, open, { seed: "1" });
  return { ...result, output: session?.output() };
}

for (const name of ["bubblewrap", "unshare"] as const) {
  const found = await tier(name);
  const room = needing(`the sandbox ${name}`, typeof found === "string" ? found : undefined);
  room.describe(name, () => {
    describe("whatever an exercise leaves, the next one is judged as if it were alone", () => {
      test.for(leftovers)("%s", { timeout: 120_000 }, async (file) => {
        const { count, sandbox } = counted(found as Sandbox);
        const rooms = roomsToClose();
        const before = await grade(square, readFileSync(join(FOLDER, file), "utf8"), file, sandbox, rooms);
        const due = POINTS[file] ?? 3;
        if (!Number.isNaN(due)) expect(before.points).toBe(due);
        const { starts } = count;
        const after = await grade(sigmoidOfNormal, right, "16-2-sigmoid.ts", sandbox, rooms);
        expect(after).toMatchObject({ points: after.maxPoints, output: "" });
        expect(count.starts - starts).toBe(PASSED_ON.includes(file) ? 0 : 1);
      });
    });

    test("memory that exercises keep one after another does not add up", { timeout: 60_000 }, async () => {
      const rooms = roomsToClose();
      const source = readFileSync(join(FOLDER, "memory.ts"), "utf8");
      for (let i = 0; i < 5; i++)
        expect((await grade(square, source, "memory.ts", found as Sandbox, rooms)).points).toBe(3);
    });

    test("two files of one name are two files", async () => {
      const { count, sandbox } = counted(found as Sandbox);
      const rooms = roomsToClose();
      const wrong = right.replaceAll("Math.exp(", "0 * Math.exp(");
      const points: number[] = [];
      for (const source of [right, wrong, right])
        points.push((await grade(sigmoidOfNormal, source, "answer.ts", sandbox, rooms)).points);
      expect(points).toEqual([4, expect.any(Number), 4]);
      expect(points[1]).toBeLessThan(4);
      expect(count.starts).toBe(1);
    });

    test("an answer that stands on other cells finds them in a room that others have left", async () => {
      const [helper, answer] = ["ada.ipynb, cell 22", "ada.ipynb, cell 23"].map(encodeURIComponent);
      const bell = "export const bell = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);";
      const density =
        "function sigmoidDensity(x: number) { return x <= 0 || x >= 1 ? 0 : bell(Math.log(x / (1 - x))) / (x * (1 - x)); }";
      const program: Program = {
        modules: [
          { path: `${helper}?1`, code: bell },
          { path: `${answer}`, code: `${density}\nimport { bell } from "${SUBMISSION}${helper}?1";` },
        ],
        entries: [`${answer}`],
      };
      const { count, sandbox } = counted(found as Sandbox);
      const rooms = roomsToClose();
      await grade(sigmoidOfNormal, right, "answer.ts", sandbox, rooms);
      const after = await grade(sigmoidOfNormal, program, "ada.ipynb", sandbox, rooms);
      expect(after.points).toBe(4);
      expect(count.starts).toBe(1);
    });

    test("a failure is told by the same words in a room that others have left", async () => {
      const source = "export function density(x: number): number {\n  throw new RangeError(`no`);\n}\n";
      const rooms = roomsToClose();
      const failures: unknown[] = [];
      for (let i = 0; i < 2; i++) {
        const { checks } = await grade(square, source, "answer.ts", found as Sandbox, rooms);
        failures.push(checks.map(({ failure }) => failure));
      }
      expect(JSON.stringify(failures[0])).toContain("answer.ts:2:9");
      expect(failures[1]).toEqual(failures[0]);
    });

    test("closing leaves nothing behind", async () => {
      expect(await eventually(() => sandboxProcesses().length === 0), `${sandboxProcesses()}`).toBe(true);
    });
  });
}

test("a program is closed that names nothing but the language and files beside it", () => {
  const closed = (code: string) => isClosed(singleModule("a.ts", code));
  expect(closed(right)).toBe(true);
  expect(closed('import { f } from "./helpers.ts";\nexport const g = f;')).toBe(true);
  for (const open of [
    "console.log(1);",
    'import { tf } from "flowlab";',
    'import "node:fs";',
    "export * from'node:fs';",
    "await import(name);",
    "globalThis.process.exit();",
    "new WeakRef({});",
    "queueMicrotask(f);",
  ])
    expect(closed(open), open).toBe(false);
});
