import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../../bijections/bijection.ts";
import { orthogonal } from "../../bijections/linear/orthogonal.ts";
import { normal, standardNormal } from "../../distributions/normal.ts";
import { uniform } from "../../distributions/uniform.ts";
import { availableBackends, tf, useBackend } from "../../engine/tf.ts";
import { flow } from "../../flows/flow.ts";
import { realNVP } from "../../flows/real-nvp.ts";
import { random } from "../../random/random.ts";
import { type FitOptions, fit } from "../fit.ts";
import { CheckpointError } from "./checkpoint.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";

const STEPS = 12;
const NETWORK = { dimensions: 2, layers: 2, hidden: [4], context: 1 };
const DATA = Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
const CONTEXT = DATA.map((_, i) => [i % 2]);
const held = { validation: DATA.slice(0, 9), validationContext: CONTEXT.slice(0, 9) };

let folder: string;
let path: string;
beforeEach(() => {
  useBackend(availableBackends()[0]);
  folder = mkdtempSync(join(tmpdir(), "flowlab-test-"));
  path = join(folder, "file");
});
afterEach(() => rmSync(folder, { recursive: true }));

const train = (options: FitOptions = {}, map: Bijection = realNVP(NETWORK), base = standardNormal([2])) =>
  fit(flow(base, map), DATA, { steps: STEPS, context: CONTEXT, checkpoint: path, ...held, ...options });

/** The file with other content. */
const change = (how: (text: string) => string) => writeFileSync(path, how(readFileSync(path, "utf8")));

describe("a checkpoint", () => {
  test("of a training with the same options and shapes, but another one, is refused and says by what", async () => {
    await train();
    const text = readFileSync(path, "utf8");
    const smooth = realNVP({ ...NETWORK, activation: "tanh" });
    await expect(train({}, smooth)).rejects.toThrow(/other bijection.*relu.* there.*tanh.* here/);
    await expect(train({}, realNVP(NETWORK), normal({ scale: 2, eventShape: [2] }))).rejects.toThrow(
      /other base/,
    );
    await expect(train({ validation: DATA.slice(1, 10) })).rejects.toThrow(
      /other validation \(validation: \[9,2\]/,
    );
    await expect(train({ validationContext: CONTEXT.slice(1, 10) })).rejects.toThrow(
      /other validationContext/,
    );
    const none = { validation: undefined as never, validationContext: undefined as never };
    await expect(train(none)).rejects.toThrow(/other validation, validationContext .*none here/);
    const { config: _, ...nameless } = realNVP(NETWORK);
    await expect(train({}, nameless)).rejects.toThrow(/other bijection.*one without config here/);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect((await train()).loss).toHaveLength(STEPS);
  });

  test.each<[string, (text: string) => string]>([
    ["cut off", (text) => text.slice(0, -40)],
    ["without its identity", (text) => text.replace(/"identity":\{.*?\},"losses"/, '"losses"')],
    ["without its vectors", (text) => text.replace(/"vectors":\{.*?\},/, "")],
    ["with vectors that are not base64", (text) => text.replace('"parameters":"', '"parameters":"!?')],
    [
      "with one digit changed",
      (text) => text.replace(/"losses":\[(\d)/, (all, d) => all.replace(d, `${(+d + 1) % 10}`)),
    ],
    ["without content", (text) => text.replace(/"content":.*/, '"content":null}')],
    ["without anything", (text) => `${text.slice(0, text.indexOf(","))}}`],
  ])("%s is damaged, and is left as it is", async (_name, how) => {
    await train();
    const whole = readFileSync(path, "utf8");
    change(how);
    const text = readFileSync(path, "utf8");
    expect(text).not.toBe(whole);
    const failure = train();
    await expect(failure).rejects.toThrow(CheckpointError);
    await expect(failure).rejects.toThrow(/file is damaged: .*; delete it to start anew/);
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("with more losses than steps ends the training", async () => {
    await train();
    change((text) => {
      const snapshot = decodeSnapshot(text);
      return encodeSnapshot({ ...snapshot, losses: [...snapshot.losses, 1, 2] });
    });
    expect((await train()).outcome).toBe("finished");
  });

  test("that cannot be written is an error before the first step, and leaves no tensors", async () => {
    const model = flow(standardNormal([2]), realNVP(NETWORK));
    let reports = 0;
    const onProgress = () => void reports++;
    const attempt = (checkpoint: string) =>
      fit(model, DATA, { steps: STEPS, context: CONTEXT, checkpoint, onProgress });
    const before = tf.memory().numTensors;
    const failure = attempt(join(folder, "missing", "file"));
    await expect(failure).rejects.toThrow(CheckpointError);
    await expect(failure).rejects.toThrow(/missing.file cannot be written \(ENOENT.*make the folder/);
    mkdirSync(path);
    await expect(attempt(path)).rejects.toThrow(/file cannot be read \(EISDIR.*name another file/);
    expect([reports, tf.memory().numTensors]).toEqual([0, before]);
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  test("brings back held-out losses that are not finite", async () => {
    const data = random(1).uniformTensor([64, 2], -1, 1);
    const make = () => flow(uniform(-3, 3, [2]), orthogonal({ dimensions: 2, bias: false }));
    // The held-out point is outside of the base's support, whatever the rotation.
    const options = { steps: STEPS, validateEvery: 2, validation: [[5, 5]], checkpoint: path };
    const losses = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0.1 + 0.2];
    const first = await fit(make(), data, options);
    expect(first.validation.map(({ loss }) => loss)).toEqual(Array(6).fill(Infinity));
    expect((await fit(make(), data, options)).validation).toEqual(first.validation);
    change((text) => {
      const validation = losses.map((loss, i) => ({ step: 2 * i + 2, loss }));
      return encodeSnapshot({ ...decodeSnapshot(text), validation });
    });
    expect((await fit(make(), data, options)).validation.map(({ loss }) => loss)).toEqual(losses);
    data.dispose();
  });
});
