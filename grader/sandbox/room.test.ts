import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { openSandboxedSession } from "../drivers/sandboxed.ts";
import { square } from "../exercises/01-change-of-variables/16-1-square.ts";
import { startChild } from "./child.ts";
import type { Sandbox } from "./detect.ts";
import { tier, withoutNodesFence } from "./tiers.fixture.ts";

/** What a program inside finds out about its room, told over the channel. */
const LOOK_AROUND = `
  const fs = require("node:fs");
  const status = fs.readFileSync("/proc/self/status", "utf8");
  const field = (name) => new RegExp("^" + name + ":\\\\s+(.*)$", "m").exec(status)[1];
  const opened = fs.readdirSync("/proc/self/fd").filter((fd) => {
    try { return fs.readlinkSync("/proc/self/fd/" + fd).startsWith("/"); } catch { return false; }
  });
  fs.writeSync(3, JSON.stringify({
    root: fs.readdirSync("/"),
    grader: fs.readdirSync("/course/grader"),
    dist: fs.readdirSync("/course/grader/dist"),
    bin: fs.readdirSync("/course/bin"),
    devices: fs.readdirSync("/dev"),
    writable: fs.readFileSync("/proc/self/mountinfo", "utf8").trim().split("\\n").map((line) => line.split(" ")).filter((at) => !at[5].split(",").includes("ro")).map((at) => at[4]),
    capabilities: ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map(field),
    noNewPrivileges: field("NoNewPrivs"),
    interfaces: Object.keys(require("node:os").networkInterfaces()),
    environment: Object.keys(process.env),
    processes: fs.readdirSync("/proc").filter((name) => /^\\d+$/.test(name)).length,
    opened,
  }));`;

/** Hostile submissions that nothing but the room stops here: Node's permission model is off. */
const HOSTILE = [
  "reads-the-solutions",
  "reads-by-sqlite",
  "reads-the-environment",
  "opens-sockets",
  "writes-outside",
  "follows-symlinks",
  "fills-scratch",
  "changes-flags",
];

for (const name of ["bubblewrap", "unshare"] as const) {
  const found = await tier(name);
  needing(`the sandbox ${name}`, typeof found === "string" ? found : undefined).describe(name, () => {
    const bare = typeof found === "string" ? undefined : withoutNodesFence(found);

    test("shows the library and the harness, and nothing else", async () => {
      const seen = await said(bare as Sandbox, LOOK_AROUND);
      expect(
        seen.root.filter((entry: string) => !/^(course|dev|etc|lib\d*|usr|proc|tmp|fstab)$/.test(entry)),
      ).toEqual([]);
      expect(seen.grader.sort()).toEqual(["dist", "package.json"]);
      expect(seen.dist).toEqual(["harness"]);
      expect(seen.bin.filter((file: string) => !["node", "setpriv"].includes(file))).toEqual([]);
      expect(seen.devices).toEqual([]);
      expect(seen.writable).toEqual(["/tmp"]);
      expect(seen.capabilities).toEqual(Array(5).fill("0000000000000000"));
      expect(seen.noNewPrivileges).toBe("1");
      // A loopback of its own, on which nobody else listens.
      expect(seen.interfaces.filter((one: string) => one !== "lo")).toEqual([]);
      expect(
        seen.environment.filter(
          (key: string) => !/^(HOME|PATH|LANG|FLOWLAB_BACKEND|PWD|OLDPWD|SHLVL|_)$/.test(key),
        ),
      ).toEqual([]);
      expect(seen.processes).toBeLessThanOrEqual(3);
      // Only Node's own view of /proc/self/fd, which is being read.
      expect(seen.opened.length).toBeLessThanOrEqual(1);
    });

    test.for(HOSTILE)("holds without Node's permission model: %s", async (file) => {
      const source = readFileSync(join(import.meta.dirname, `../fixtures/submissions/${file}.ts`), "utf8");
      const session = await openSandboxedSession({ source, exercise: square, sandbox: bare as Sandbox });
      expect(await session.call({ export: "density" }, [0.25]), session.output()).toBe(-1);
      await session.close();
    });

    test("ends a program that multiplies", async () => {
      const bomb =
        'for (let i = 0; i < 50; i++) require("node:child_process").spawn(process.execPath, ["--eval", "for(;;);"], { detached: true });';
      const child = await started(bare as Sandbox, bomb);
      expect(await child.ended).toEqual({ cause: "processes" });
    });
  });
}

async function started(sandbox: Sandbox, script: string) {
  const launch = await sandbox.launch({ heapMB: 128 }, ["--eval", script]);
  return startChild(launch, { memoryMB: 512, cpuSeconds: 30 });
}

async function said(sandbox: Sandbox, script: string) {
  const child = await started(sandbox, script);
  let text = "";
  child.channel.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
  });
  await child.ended;
  return JSON.parse(text || `"${child.output()}"`);
}
