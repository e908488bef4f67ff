import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { sample } from "../../setup/testing/sample.ts";
import { square } from "../exercises/01-change-of-variables/16-1-square.ts";
import { gradeExercise } from "../grading/grade-exercise.ts";
import type { Sandbox } from "../sandbox/detect.ts";
import { eventually, sandboxProcesses, tier } from "../sandbox/tiers.fixture.ts";
import { openSandboxedSession } from "./sandboxed.ts";

interface Deserved {
  readonly points: number;
  /** Which troubles may be reported; `none` if an answer may be found wrong before there is any. */
  readonly trouble?: readonly string[];
  /** Only for a real sandbox. */
  readonly hostile?: true;
}

const FOLDER = join(import.meta.dirname, "../fixtures/submissions");
const deserved = Object.entries<Deserved>(JSON.parse(readFileSync(join(FOLDER, "deserved.json"), "utf8")));

/**
 * Submissions that end in trouble get short limits and one check: they take their time on purpose. Those that can end in nothing but the
 * limit of time get the shortest.
 */
async function graded(file: string, sandbox: Sandbox, { points, trouble }: Deserved) {
  const brief = points === 0 && trouble !== undefined;
  const untilTime = brief && trouble.every((one) => one === "time");
  const exercise = {
    ...square,
    limits: { seconds: untilTime ? 1 : brief ? 2 : 5, memoryMB: 256 },
    checks: brief ? square.checks.slice(0, 1) : square.checks,
  };
  const source = readFileSync(join(FOLDER, file), "utf8");
  const result = await gradeExercise(
    exercise,
    () => openSandboxedSession({ source, name: file, exercise, sandbox }),
    { seed: "1" },
  );
  const troubles = result.checks.map((check) =>
    check.status === "unsolved" ? "unsolved" : check.failure?.trouble,
  );
  return { points: result.points, troubles: [...new Set(troubles.map((one) => one ?? "none"))] };
}

const contacts: string[] = [];
const servers: Server[] = [];

function listen(at: number | string): Promise<void> {
  const server = createServer((socket) => {
    contacts.push(String(at));
    socket.destroy();
  });
  servers.push(server);
  return new Promise((done) => server.listen(at as string, done));
}

beforeAll(async () => {
  process.env.FLOWLAB_CANARY_TOKEN = "canary";
  await listen(45871);
  if (process.platform === "linux") await listen("\0flowlab-canary");
});

afterAll(() => {
  delete process.env.FLOWLAB_CANARY_TOKEN;
  for (const server of servers) server.close();
});

const tiers = (["bubblewrap", "unshare", "none"] as const).map(async (name) => ({
  name,
  found: await tier(name),
}));

for (const { name, found } of await Promise.all(tiers)) {
  needing(`the sandbox ${name}`, typeof found === "string" ? found : undefined).describe(name, () => {
    const memoryBefore = process.memoryUsage().rss;

    describe.concurrent("every submission gets exactly what it deserves", () => {
      // Limits are of processor time: where others use the processors, all of it takes as much longer.
      const fit = deserved.filter(([, { hostile }]) => name !== "none" || !hostile);
      test.for(name === "bubblewrap" ? fit : sample(fit, 3))(
        "%s",
        { timeout: 240_000 },
        async ([file, what]) => {
          const { points, troubles } = await graded(file, found as Sandbox, what);
          expect(points).toBe(what.points);
          const expected = what.points === 0 ? (what.trouble ?? ["none"]) : [...(what.trouble ?? []), "none"];
          expect(expected).toEqual(expect.arrayContaining(troubles));
        },
      );
    });

    test("and leaves nothing behind", async () => {
      expect(await eventually(() => sandboxProcesses().length === 0), `${sandboxProcesses()}`).toBe(true);
      expect(contacts).toEqual([]);
      expect(writtenOutside()).toEqual([]);
      expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(500e6);
    });
  });
}

/** What `writes-outside.ts` and its like would have made. */
function writtenOutside(): string[] {
  const folders = [
    "/",
    "/etc",
    "/root",
    "/tmp",
    "/var/tmp",
    "/dev",
    "/dev/shm",
    "/usr/bin",
    "/home",
    process.cwd(),
  ];
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) folders.push(at);
  const endings = ["", "-folder", "-link", "-hard-link", ".sqlite", "-moved"];
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, `flowlab-canary${ending}`)))
    .filter((path) => existsSync(path));
}
