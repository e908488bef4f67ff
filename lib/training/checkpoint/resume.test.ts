import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { affine } from "../../bijections/elementwise/affine.ts";
import { monotone } from "../../bijections/elementwise/monotone.ts";
import { standardNormal } from "../../distributions/normal.ts";
import { fastBackends } from "../../engine/backends.fixture.ts";
import { useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { random } from "../../random/random.ts";
import { type FitProgress, fit } from "../fit.ts";
import { CheckpointError } from "./checkpoint.ts";
import { decodeSnapshot } from "./snapshot.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const here = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/**
 * A program that trains with a checkpoint every 7 steps and prints all losses and parameters. It kills itself in the
 * step of the given number, as nobody else could who has to hear of that step first, or in the middle of writing its
 * next checkpoint.
 */
const PROGRAM = `
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { fit } from ${here("../fit.ts")};
import { flow } from ${here("../../flows/flow.ts")};
import { monotone } from ${here("../../bijections/elementwise/monotone.ts")};
import { standardNormal } from ${here("../../distributions/normal.ts")};
import { random } from ${here("../../random/random.ts")};
const model = flow(standardNormal(), monotone({ steps: 6 }));
const draw = (seed, count) => random(seed).normal(count).map((v) => v + Math.sign(v));
const [path, last, where] = process.argv.slice(1);
const die = () => process.kill(process.pid, "SIGKILL");
const dieWriting = () => {
  fs.fsyncSync = (file) => {
    fs.ftruncateSync(file, 1000);
    die();
  };
  syncBuiltinESMExports();
};
let steps = 0;
const perturb = (batch) => {
  if (++steps === Number(last)) (where === "writing" ? dieWriting : die)();
  return batch;
};
const history = await fit(model, draw(1, 500), {
  steps: 400, batchSize: 64, warmup: 20, weightDecay: 0.01, clipNorm: 1, seed: 9,
  validation: draw(2, 100), patience: 100, validateEvery: 10,
  checkpoint: { path, everySteps: 7 },
  perturb,
});
console.log("result " + JSON.stringify([history.loss, history.validation, model.variables.map((v) => [...v.dataSync()])]));
`;

const fast = fastBackends();

/** Runs the program, killed without warning in or after its step of this number; returns its result, if it came to one. */
function run(
  path: string,
  backend: string,
  last?: number,
  where: "in the step" | "writing" = "in the step",
): Promise<string | undefined> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM, path, String(last), where], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, FLOWLAB_BACKEND: backend },
  });
  let output = "";
  child.stdout.on("data", (text: Buffer) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(/result (.*)/.exec(output)?.[1]));
  });
}

test.each(fast)(
  "killed twice, a training on %s goes on with the losses of one that was not",
  async (backend) => {
    const whole = await run(join(folder, "whole"), backend);
    expect(whole).toBeDefined();
    const path = join(folder, "killed");
    const steps = () => decodeSnapshot(readFileSync(path, "utf8")).losses.length;
    expect(await run(path, backend, 20)).toBeUndefined();
    expect(steps()).toBe(14);
    expect(await run(path, backend, 30, "writing")).toBeUndefined();
    expect(steps()).toBe(42);
    expect(statSync(`${path}.part`).size).toBe(1000);
    expect(await run(path, backend)).toBe(whole);
    expect(readdirSync(folder).sort()).toEqual(["killed", "whole"]);
  },
);

describe("a checkpoint", () => {
  const data = random(1).normal(100);
  const train = (options = {}, model = flow(standardNormal(), affine())) =>
    fit(model, data, { steps: 20, batchSize: 32, checkpoint: join(folder, "file"), ...options });

  test("of a finished training gives the result at once", async () => {
    useBackend(fast[0]);
    const [first, second] = [affine(), affine()];
    const history = await train({}, flow(standardNormal(), first));
    const reports: FitProgress[] = [];
    const onProgress = (report: FitProgress) => void reports.push(report);
    const again = await train({ onProgress }, flow(standardNormal(), second));
    expect([again.loss, again.outcome]).toEqual([history.loss, "finished"]);
    expect(reports).toEqual([
      expect.objectContaining({ outcome: "finished", recent: { loss: history.loss, validation: [] } }),
    ]);
    expect(second.variables.map((v) => [...v.dataSync()])).toEqual(
      first.variables.map((v) => [...v.dataSync()]),
    );
  });

  test("of an aborted training goes on where that stopped", async () => {
    const whole = await train({ checkpoint: join(folder, "whole") });
    const controller = new AbortController();
    const aborted = await train({ signal: controller.signal, onProgress: () => controller.abort() });
    expect(aborted.outcome).toBe("aborted");
    expect((await train()).loss).toEqual(whole.loss);
  });

  test("of another training, or no checkpoint at all, is refused and left as it is", async () => {
    await train();
    const text = readFileSync(join(folder, "file"), "utf8");
    await expect(train({ learningRate: 0.1 })).rejects.toThrow(
      /other learningRate.*0.001 there, 0.1 here.*delete it/,
    );
    await expect(train({}, flow(standardNormal(), monotone()))).rejects.toThrow(CheckpointError);
    await expect(
      fit(flow(standardNormal(), affine()), [1, 2], {
        checkpoint: join(folder, "file"),
        steps: 20,
        batchSize: 32,
      }),
    ).rejects.toThrow(/other data/);
    expect(readFileSync(join(folder, "file"), "utf8")).toBe(text);
    writeFileSync(join(folder, "file"), text.replace(/checkpoint \d+/, "checkpoint 2"));
    await expect(train()).rejects.toThrow(/another version of flowlab.*delete it/);
    for (const broken of ["{}", "", "null"]) {
      writeFileSync(join(folder, "file"), broken);
      await expect(train()).rejects.toThrow(/is not a checkpoint/);
    }
  });
});
