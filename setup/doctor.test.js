import { Ajv } from "ajv";
import { afterAll, describe, expect, it, vi } from "vitest";
import { formatTable } from "./doctor/table.js";
import {
  createCourseCopy,
  pathOf,
  realRoot,
  removeCourseCopies,
  runScript,
  write,
} from "./testing/course-copy.js";

/** @typedef {import("./doctor/table.js").Finding & { required: boolean }} Finding */

afterAll(removeCourseCopies);

// Compilers and TensorFlow run in here, and other tests beside them.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const names = [
  "Node",
  "npm",
  "Packages",
  "Library",
  "Engine",
  "libtensorflow",
  "Python",
  "JupyterLab",
  "Live figures",
  "Kernel",
  "Sandbox",
];

const text = { type: "string", minLength: 1 };
/**
 * @param {readonly string[]} states
 * @param {object} remedy The schema of it.
 */
const check = (states, remedy) => ({
  properties: {
    name: { enum: names },
    required: { type: "boolean" },
    state: { enum: states },
    found: text,
    remedy,
  },
  required: ["name", "required", "state", "found", "remedy"],
  additionalProperties: false,
});
const schema = {
  type: "object",
  properties: {
    canRun: { type: "boolean" },
    checks: {
      type: "array",
      items: {
        type: "object",
        anyOf: [check(["ok"], { type: "null" }), check(["degraded", "missing"], text)],
      },
    },
  },
  required: ["canRun", "checks"],
  additionalProperties: false,
};
const isReport = new Ajv({ strict: false }).compile(schema);

/**
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 */
function diagnose(folder, env) {
  const { code, stdout } = runScript(folder, ["setup/doctor.js", "--json"], env);
  /** @type {{ canRun: boolean, checks: Finding[] }} */
  const report = JSON.parse(stdout);
  expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  expect(report.checks.map(({ name }) => name)).toEqual(names);
  const stateOf = Object.fromEntries(report.checks.map(({ name, state }) => [name, state]));
  return { code, canRun: report.canRun, stateOf, report };
}

describe("npm run doctor", () => {
  it("in this folder: the exit code says whether the course can run", () => {
    const { code, canRun, stateOf } = diagnose(realRoot, {});
    expect(code).toBe(canRun ? 0 : 1);
    expect(stateOf).toMatchObject({ Node: "ok", Packages: "ok" });
  });

  it("in a fresh clone: what is missing, each with a remedy, and exit code 1", () => {
    const folder = createCourseCopy();
    write(
      folder,
      "package-lock.json",
      JSON.stringify({ packages: { "node_modules/a": { version: "1.0.0" } } }),
    );
    const { code, stateOf } = diagnose(folder, { PATH: pathOf(folder, "sh"), XDG_DATA_HOME: folder });
    expect(code).toBe(1);
    const missing = ["Packages", "Library", "Engine", "Python", "JupyterLab", "Kernel"];
    for (const name of missing) expect([name, stateOf[name]]).toEqual([name, "missing"]);
    expect(stateOf).toMatchObject({ Node: "ok", libtensorflow: "degraded", Sandbox: "degraded" });
    expect(stateOf["Live figures"]).toBe("degraded");
  });

  it("without Python but with the kernel for VS Code, the course can run", () => {
    const folder = createCourseCopy();
    const env = { ...{ PATH: pathOf(folder, "sh"), XDG_DATA_HOME: folder, JUPYTER_DATA_DIR: "" } };
    runScript(folder, ["setup/compile.js"], env);
    const engine = {
      backend: "wasm",
      reason: "tfjs-node is not installed",
      version: "4.22.0",
      threads: 1,
      xla: false,
    };
    write(folder, "lib/dist/index.js", `export const engine = ${JSON.stringify(engine)};`);
    expect(diagnose(folder, env).code).toBe(1);
    runScript(folder, ["setup/kernel-spec.js", "--user"], env);
    const { code, report } = diagnose(folder, env);
    expect(code).toBe(0);
    const jupyterLab = report.checks.find(({ name }) => name === "JupyterLab");
    expect(jupyterLab).toMatchObject({
      state: "degraded",
      found: "not installed; the course runs in VS Code",
    });
    const found = report.checks.find(({ name }) => name === "Engine")?.found;
    expect(found).toBe("wasm (TensorFlow.js 4.22.0; slower) – tfjs-node is not installed");
  });

  it("aligns its table and puts each remedy below its finding", () => {
    /** @type {Finding[]} */
    const checks = [
      { name: "Node", state: "ok", found: "v24", remedy: null, required: true },
      {
        name: "JupyterLab",
        state: "missing",
        found: "not installed",
        remedy: "run npm start",
        required: true,
      },
    ];
    expect(formatTable({ canRun: false, checks }, false).split("\n")).toEqual([
      "✓ Node        ok        v24",
      "✗ JupyterLab  missing   not installed",
      "                        → run npm start",
      "",
      "The course cannot run yet.",
    ]);
  });

  it("shows what would act on the terminal", () => {
    /** @type {Finding} */
    const check = {
      name: "Node",
      state: "ok",
      found: "v\u001b[2J\u009b1\u202e",
      remedy: "a\rb",
      required: true,
    };
    const [found, remedy] = formatTable({ canRun: true, checks: [check] }, false).split("\n");
    expect([found, remedy?.trim()]).toEqual(["✓ Node  ok        v\ufffd[2J\ufffd1\ufffd", "→ a\ufffdb"]);
  });
});
