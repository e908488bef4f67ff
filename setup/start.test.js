import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { descendants } from "./jupyter/descendants.js";
import { isAlive, realRoot, runScript, startScript, until } from "./testing/course-copy.js";
import { needing } from "./testing/needs.ts";

// JupyterLab needs Python. In CI it must be there; elsewhere these tests need `npm start` to have run once.
const hasJupyterLab = existsSync(join(realRoot, ".venv", "bin", "python"));
/** @type {ReturnType<typeof startScript>[]} */
const started = [];

afterAll(() => {
  for (const { child } of started) child.kill("SIGKILL");
});

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** Start JupyterLab and a kernel in it, as a learner's browser does. */
async function startCourse() {
  const port = await freePort();
  const course = startScript(realRoot, ["setup/start.js", "--no-browser", "--port", String(port)]);
  started.push(course);
  await until(() => course.output().includes("token=") || course.child.exitCode !== null, 60_000);
  const [, url, token] = course.output().match(/(http:\/\/127\.0\.0\.1:\d+)\/lab\S*\?token=(\w+)/) ?? [];
  /** @type {(path: string, options?: RequestInit) => Promise<Response>} */
  const ask = (path, options) =>
    fetch(url + path, { headers: { Authorization: `token ${token}` }, ...options });
  /** @type {(path: string, options?: RequestInit) => Promise<any>} What Jupyter answers. */
  const json = async (path, options) => (await ask(path, options)).json();
  return { ...course, port, url, ask, json };
}

/** @param {Awaited<ReturnType<typeof startCourse>>} course */
const startKernel = ({ json }) => json("/api/kernels", { method: "POST", body: '{"name":"flowlab"}' });

needing("JupyterLab", hasJupyterLab ? undefined : "no .venv; npm start makes it").describe(
  "npm start -- --no-browser --port N",
  () => {
    it("serves the course's kernel, keeps strangers out, and Ctrl-C ends all that it started", async () => {
      const course = await startCourse();
      const { kernelspecs } = await course.json("/api/kernelspecs");
      expect(Object.keys(kernelspecs)).toEqual(["flowlab"]);
      expect((await fetch(`${course.url}/api/kernelspecs`)).status).toBe(403);
      const listed = async (/** @type {string} */ path) =>
        (await course.json(`/api/contents/${path}`)).content.map(
          (/** @type {{ name: string }} */ entry) => entry.name,
        );
      expect(await listed("")).toEqual(expect.arrayContaining(["README.md", "notebooks", "exercises"]));
      expect(await listed("")).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(lib|grader|setup|bench|.*\.json|.*config\.ts)$/)]),
      );
      // A training's checkpoint and a saved flow are the learner's own.
      for (const name of await listed("notebooks")) expect(name).toMatch(/\.(ipynb|checkpoint|safetensors)$/);
      expect(await listed("notebooks")).toContain("01-change-of-variables.ipynb");
      // Sources are hidden by their place: an exercise is what a learner edits.
      expect(await listed("exercises/01-change-of-variables")).toContain("16-1-square.ts");
      // What is not listed is not locked: README shows this picture.
      expect((await course.ask("/files/notebooks/images/chapter-01.png")).status).toBe(200);
      const { name } = await startKernel(course);
      expect(name).toBe("flowlab");
      const family = descendants(Number(course.child.pid));
      expect(family.length).toBeGreaterThanOrEqual(2);

      const taken = runScript(realRoot, ["setup/start.js", "--no-browser", "--port", String(course.port)]);
      expect(taken.code).toBe(1);
      expect(taken.stderr).toMatch(
        /port \d+ is taken by another program\n→ use another one: npm start -- --no-browser --port \d+/,
      );

      course.child.kill("SIGINT");
      expect(await course.ended).toBe(0);
      expect(alive(family)).toEqual([]);
      await expect(fetch(course.url)).rejects.toThrow();
    }, 90_000);

    it("twice at once serves on two ports", async () => {
      const both = [1, 2].map(() => startScript(realRoot, ["setup/start.js", "--no-browser"]));
      started.push(...both);
      const address = /http:\/\/127\.0\.0\.1:(\d+)\/lab\S*token=/;
      await until(
        () => both.every(({ child, output }) => address.test(output()) || child.exitCode !== null),
        90_000,
      );
      const ports = both.map(({ output }) => address.exec(output())?.[1] ?? output());
      expect(ports).toEqual([expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d+$/)]);
      expect(ports[0]).not.toBe(ports[1]);
      for (const { child } of both) child.kill("SIGINT");
      expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
    }, 120_000);

    it("nothing outlives it even when it is killed outright", async () => {
      const course = await startCourse();
      await startKernel(course);
      const family = descendants(Number(course.child.pid));
      course.child.kill("SIGKILL");
      await until(() => alive(family).length === 0, 20_000);
    }, 90_000);

    it("refuses what is not a port, and options that it does not have", () => {
      const start = (/** @type {string[]} */ ...options) =>
        runScript(realRoot, ["setup/start.js", ...options]);
      expect(start("--port", "eighty").stderr).toContain(
        "--port expects a number from 1 to 65535; got eighty",
      );
      expect(start("--prot", "80").code).toBe(2);
    });
  },
);

/** @param {ReturnType<typeof descendants>} family */
const alive = (family) => family.filter(({ pid }) => isAlive(pid));
