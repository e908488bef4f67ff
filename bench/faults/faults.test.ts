/** A round of each kind; fifty of them are `npm run bench:faults`. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, vi } from "vitest";
import { needing, needingPosix, needingPostgres } from "../../setup/testing/needs.ts";
import { startPostgres } from "../../setup/testing/postgres.ts";
import { diskAbsent, type Fault, playRound, putClass, type Setting, undisturbedRun } from "./round.ts";

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
const root = mkdtempSync(join(tmpdir(), "flowlab-faults-"));
let setting: Setting;
beforeAll(async () => {
  putClass(join(root, "class"));
  setting = { root, ...(await undisturbedRun(root)), random: () => 0.5 };
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function survives(fault: Fault): Promise<void> {
  const server = fault === "worker" || fault === "postgres" ? await startPostgres() : undefined;
  try {
    const { lost, doubled, wrong } = await playRound(fault, `a_${fault}`, setting, server);
    expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: false });
  } finally {
    await server?.remove();
  }
}

needingPosix().test("a grader that is killed", () => survives("cli"));
const server = needingPostgres();
server.test("a worker that is killed", () => survives("worker"));
server.test("a PostgreSQL that is killed", () => survives("postgres"));
needing("a small disk", diskAbsent()).test("a disk that is full", () => survives("disk"));
