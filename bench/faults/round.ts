/** One round: a class is graded into a gradebook, something is killed or fills up at a random point, and the same command goes on. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../../grader/gradebook/database/open.ts";
import type { BatchResult } from "../../grader/grading/result.ts";
import type { TestServer } from "../../setup/testing/postgres.ts";

export const FAULTS = ["cli", "worker", "postgres", "disk"] as const;
export type Fault = (typeof FAULTS)[number];

export const PEOPLE = 8;
const CLI = join(dirname(dirname(import.meta.dirname)), "grader", "cli", "grade.ts");
const OPTIONS = ["--seed", "faults", "--trust", "--jobs", "2"];

/** Right and wrong answers, and one that prints what PostgreSQL's JSON refuses. */
export function putClass(folder: string): void {
  const right = "(x > 0 && x <= 1 ? 0.5 / Math.sqrt(x) : 0)";
  const wrong = "(x > 0 && x <= 1 ? 2 * Math.sqrt(x) : 0)";
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < PEOPLE; i++) {
    const says = i % 3 === 2 ? 'console.log("\\u0000 \\ud800", -0, Number.NaN);\n' : "";
    const code = `// exercise: 16.1\n${says}export const density = (x: number) => ${i % 2 ? wrong : right};\n`;
    writeFileSync(join(folder, `learner-${i}.ts`), code);
  }
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
}

export function startGrade(cwd: string, args: readonly string[]): Started {
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  return { child, ended: once(child, "close").then(([code]) => code), said: () => said };
}

const readBatch = (file: string): BatchResult => JSON.parse(readFileSync(file, "utf8"));

/** All that a run says of a class but how long it took. */
const marksOf = ({ submissions }: BatchResult): string =>
  JSON.stringify(submissions, (key, value) => (key === "milliseconds" ? undefined : value));

/** What a run gives that nothing disturbs, without a gradebook. */
export async function undisturbedRun(root: string): Promise<Pick<Setting, "marks" | "milliseconds">> {
  const { ended, said } = startGrade(root, ["class", ...OPTIONS, "--json", "plain.json"]);
  if ((await ended) !== 0) throw new Error(`the undisturbed run failed: ${said()}`);
  const batch = readBatch(join(root, "plain.json"));
  return { marks: marksOf(batch), milliseconds: batch.milliseconds };
}

interface Kept {
  readonly id: number;
  readonly index: number;
  readonly at: string;
}

async function resultsIn(place: string): Promise<readonly Kept[]> {
  const database = await openDatabase(place);
  try {
    return await database.query<Kept & Record<string, unknown>>(
      "SELECT id, index, graded_at::text AS at FROM flowlab.result ORDER BY id",
    );
  } finally {
    await database.close();
  }
}

export interface Outcome {
  /** Results that were there after the fault. */
  readonly before: number;
  /** People whose marks the run had told by then, and the gradebook had not. */
  readonly lost: number;
  /** Answers with more results than one, or with another than they had. */
  readonly doubled: number;
  readonly wrong: boolean;
  /** How the disturbed run ended: by the signal it is null. */
  readonly code: number | null;
}

export interface Setting {
  readonly root: string;
  readonly marks: string;
  /** From the first answer to the last, where nothing disturbs. */
  readonly milliseconds: number;
  /** By which points of time are drawn. */
  readonly random: () => number;
}

/** @param server Where the gradebook is; else it is a folder. */
export async function playRound(
  fault: Fault,
  name: string,
  setting: Setting,
  server?: TestServer,
): Promise<Outcome> {
  const { root, marks, milliseconds, random } = setting;
  const disk = fault === "disk" ? mountDisk(join(root, name)) : undefined;
  const place = server ? await freshDatabase(server, name) : join(root, name, "book");
  const args = ["class", ...OPTIONS, "--database", place, "--json", `${name}.json`];
  try {
    const workers = fault === "worker" ? [0, 1].map(() => startGrade(root, workerArgs(place))) : [];
    const run = startGrade(root, args);
    let over = false;
    void run.ended.then(() => {
      over = true;
    });
    while (!over && !run.said().includes("answers are graded")) await sleep(5);
    await sleep(milliseconds * random());
    if (fault === "cli") run.child.kill("SIGKILL");
    if (fault === "worker") workers[0]?.child.kill("SIGKILL");
    if (fault === "disk") disk?.fill();
    if (fault === "postgres") {
      await server?.kill();
      await sleep(1000 * random());
      await server?.start();
    }
    const code = await run.ended;
    disk?.empty();
    const told = toldBy(run);
    const before = await resultsIn(place).catch(() => [] as readonly Kept[]);
    const again = startGrade(root, args);
    const end = await again.ended;
    for (const { child, ended } of workers) {
      child.kill("SIGTERM");
      await ended;
    }
    if (end !== 0) throw new Error(`${fault}: the same command did not go on: ${again.said()}`);
    const last = await resultsIn(place);
    const kept = new Set(last.map(({ id, at }) => `${id} ${at}`));
    const missing = before.filter(({ id, at }) => !kept.has(`${id} ${at}`)).length;
    return {
      before: before.length,
      lost: Math.max(0, told - before.length) + missing + Math.max(0, PEOPLE - last.length),
      doubled: last.length - new Set(last.map(({ index }) => index)).size,
      wrong: marksOf(readBatch(join(root, `${name}.json`))) !== marks,
      code,
    };
  } finally {
    disk?.remove();
    if (!server) rmSync(join(root, name), { recursive: true, force: true });
  }
}

/** How many people's marks a run has told. */
const toldBy = ({ said }: Started): number => said().match(/^\[ ?\d+\/\d+\] /gm)?.length ?? 0;

const workerArgs = (place: string): string[] => ["worker", "--database", place, "--jobs", "1", "--trust"];

async function freshDatabase({ address }: TestServer, name: string): Promise<string> {
  const database = await openDatabase(address);
  await database.exec(`CREATE DATABASE ${name}`);
  await database.close();
  return address.replace(/\/[^/]*$/, `/${name}`);
}

/** Where a disk of one's own can be made: on Linux, by root. */
export function diskAbsent(): string | undefined {
  return process.platform === "linux" && process.getuid?.() === 0
    ? undefined
    : "a small disk can be mounted on Linux and by root only";
}

/** An empty gradebook and some room. */
const DISK_MIB = 200;

function mountDisk(folder: string) {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_MIB}m`, "tmpfs", folder]);
  const filler = join(folder, "filler");
  return {
    fill() {
      try {
        writeFileSync(filler, Buffer.alloc(DISK_MIB * 2 ** 20));
      } catch {
        // Until there is no room: that is the point.
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove: () => execFileSync("umount", ["--lazy", folder]),
  };
}
