import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { eventually, processesWith, tier } from "./tiers.fixture.ts";

const GRADER = join(import.meta.dirname, "endless-grader.fixture.ts");
/** Learners are not root: where the tests are, this user is tried as well. */
const NOBODY = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];

const asRoot = process.getuid?.() === 0;

for (const name of ["bubblewrap", "unshare", "none"] as const) {
  const found = await tier(name);
  const elsewhere = process.platform === "linux" ? undefined : `this is ${process.platform}`;
  const absent = typeof found === "string" ? found : elsewhere;
  needing(`the sandbox ${name} on Linux`, absent).describe(name, () => {
    test.for([{ user: "this user", as: [] }, ...(asRoot ? [{ user: "an ordinary user", as: NOBODY }] : [])])(
      "the sandbox dies with a grader that is killed: $user",
      async ({ as }) => {
        const mark = `left-behind-${name}-${process.pid}-${as.length}`;
        const [file, ...rest] = [...as, process.execPath, GRADER, name, mark];
        const grader = spawn(file as string, rest, { stdio: ["ignore", "pipe", "inherit"] });
        const begun = await Promise.race([
          once(grader.stdout, "data"),
          once(grader, "exit").then(() => undefined),
        ]);
        expect(
          begun,
          "it has begun: may this user read the course, and every folder above it?",
        ).toBeDefined();
        expect(processesWith(mark).length).toBeGreaterThan(1);
        grader.kill("SIGKILL");
        expect(await eventually(() => processesWith(mark).length === 0), `${processesWith(mark)}`).toBe(true);
      },
    );
  });
}
