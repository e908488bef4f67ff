/**
 * What the faster kernels and gradients buy: `node lib/engine/speed.fixture.ts` times each with and without, in
 * processor time, the least of several rounds. Without is TensorFlow.js as it comes, in a process of its own.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Operations } from "./calls/call.fixture.ts";
import type { tf as TensorFlow } from "./tf.ts";

const [WASM, NATIVE] = [["wasm"], ["tensorflow"]];

interface Case {
  readonly name: string;
  readonly on: readonly string[];
  /** What is timed, made once. */
  make(t: Operations): () => unknown;
}

const gradient = (t: Operations, run: (x: Operations) => Operations, shape: number[]) => {
  const x = t.randomNormal(shape, 0, 1, "float32", 1);
  const slope = t.grad(run);
  return () => slope(x);
};

const CASES: readonly Case[] = [
  {
    name: "product, first factor transposed: 256×64 · 256×64",
    on: [...WASM, ...NATIVE],
    make: (t) => {
      const [a, b] = [1, 2].map((seed) => t.randomNormal([256, 64], 0, 1, "float32", seed));
      return () => t.matMul(a, b, true);
    },
  },
  {
    name: "product, second factor transposed: 256×64 · 64×64",
    on: [...WASM, ...NATIVE],
    make: (t) => {
      const [a, b] = [256, 64].map((rows, seed) => t.randomNormal([rows, 64], 0, 1, "float32", seed + 1));
      return () => t.matMul(a, b, false, true);
    },
  },
  ...(["conv2d", "its gradient in the input", "its gradient in the filter"] as const).map((name, i) => ({
    name: `convolution 3×3 of 16×16×16, 16 outputs: ${name}`,
    on: [...WASM, ...NATIVE],
    make: (t: Operations) => {
      const x = t.randomNormal([16, 16, 16, 16], 0, 1, "float32", 1);
      const w = t.randomNormal([3, 3, 16, 16], 0, 1, "float32", 2);
      if (i === 0) return () => t.conv2d(x, w, 1, "same");
      const [slope] = [
        i === 1
          ? t.grad((z: Operations) => t.conv2d(z, w, 1, "same"))
          : t.grad((z: Operations) => t.conv2d(x, z, 1, "same")),
      ];
      return () => slope(i === 1 ? x : w);
    },
  })),
  {
    name: "sum over the rows of 256×64",
    on: NATIVE,
    make: (t) => {
      const x = t.randomNormal([256, 64], 0, 1, "float32", 1);
      return () => t.sum(x, 0);
    },
  },
  {
    name: "512 numbers between two bounds",
    on: NATIVE,
    make: (t) => {
      const x = t.randomNormal([512], 0, 1, "float32", 1);
      return () => t.clipByValue(x, -1, 1);
    },
  },
  {
    name: "sum over the rows of 2048×64",
    on: WASM,
    make: (t) => {
      const x = t.randomNormal([2048, 64], 0, 1, "float32", 1);
      return () => t.sum(x, 0);
    },
  },
  {
    name: "halves of 4096×2",
    on: WASM,
    make: (t) => {
      const x = t.randomNormal([4096, 2], 0, 1, "float32", 1);
      return () => t.split(x, 2, 1);
    },
  },
  {
    name: "halves of 4096×2 put together",
    on: WASM,
    make: (t) => {
      const [a, b] = [1, 2].map((seed) => t.randomNormal([4096, 1], 0, 1, "float32", seed));
      return () => t.concat([a, b], 1);
    },
  },
  {
    name: "comparison of 256×64 with one number",
    on: WASM,
    make: (t) => {
      const [x, zero] = [t.randomNormal([256, 64], 0, 1, "float32", 1), t.scalar(0)];
      return () => t.greater(x, zero);
    },
  },
  { name: "gradient of relu, 256×64", on: NATIVE, make: (t) => gradient(t, (x) => t.relu(x), [256, 64]) },
  {
    name: "gradient of a quotient, 256×64",
    on: [...WASM, ...NATIVE],
    make: (t) => gradient(t, (x) => t.div(1.5, x), [256, 64]),
  },
  {
    name: "gradient of where, 256×64",
    on: [...WASM, ...NATIVE],
    make: (t) => {
      const c = t.greater(t.randomNormal([256, 64], 0, 1, "float32", 3), 0);
      return gradient(t, (x) => t.where(c, x, t.neg(x)), [256, 64]);
    },
  },
];

/** Processor time of one call in ms: the least of fifteen rounds. */
function time(t: Operations, run: () => unknown): number {
  const many = (count: number) => {
    for (let i = 0; i < count; i++) t.dispose(run());
  };
  many(20);
  const once = cost(() => many(5)) / 5;
  const count = Math.max(3, Math.ceil(15 / once));
  return Math.min(...Array.from({ length: 15 }, () => cost(() => many(count)) / count));
}

function cost(run: () => void): number {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function measure(t: Operations, backend: string): Record<string, number | null> {
  const known = CASES.filter(({ on }) => on.includes(backend));
  return Object.fromEntries(
    known.map(({ name, make }) => {
      try {
        return [name, time(t, make(t))];
      } catch {
        return [name, null];
      }
    }),
  );
}

async function measureUnrepaired(backend: string): Promise<void> {
  const { createRequire } = await import("node:module");
  const util = await import("node:util");
  const require = createRequire(import.meta.url);
  Object.assign(util.default, {
    isNullOrUndefined: (value: unknown) => value == null,
    isArray: Array.isArray,
  });
  const print = console.log;
  Object.assign(console, { log: () => {}, warn: () => {}, error: () => {} });
  const t = require(backend === "tensorflow" ? "@tensorflow/tfjs-node" : "@tensorflow/tfjs") as Operations;
  if (backend === "wasm") {
    const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
    setWasmPaths(
      fileURLToPath(new URL("../../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/", import.meta.url)),
    );
  }
  await t.setBackend(backend);
  print(JSON.stringify(measure(t, backend)));
}

/** The curve of a spline's bin: its gradient by hand, and recorded operation by operation. */
async function measureSpline(backend: string): Promise<Record<string, readonly [number, number]>> {
  const { tf, useBackend } = await import("./tf.ts");
  const bins = await import("../transformers/splines/rational-quadratic-bin.ts");
  useBackend(backend as "wasm");
  const some = (seed: number, low: number, high: number) =>
    tf.randomUniform([512, 2], low, high, "float32", seed);
  const bin = {
    above: some(3, 0.1, 0.9),
    across: some(4, 1, 2),
    first: some(5, 0.5, 2),
    second: some(6, 0.5, 2),
  };
  const below = some(7, 0.1, 0.9);
  const names = Object.keys(bin) as (keyof typeof bin)[];
  const both = (forward: boolean) => {
    const [byHand, recorded] = forward
      ? [bins.forwardInBin, bins.computeForward]
      : [bins.inverseInBin, bins.computeInverse];
    const slopes = (run: (at: { below: TensorFlow.Tensor } & typeof bin) => readonly TensorFlow.Tensor[]) => {
      const loss = (x: TensorFlow.Tensor, ...rest: TensorFlow.Tensor[]) => {
        const own = Object.fromEntries(names.map((name, i) => [name, rest[i]])) as typeof bin;
        const [value, logDet] = run({ below: x, ...own });
        return tf.sum(tf.add(tf.square(value), logDet)) as TensorFlow.Scalar;
      };
      const gradients = tf.grads(loss as never);
      return time(tf, () => gradients([below, ...names.map((name) => bin[name])]));
    };
    return [slopes((at) => Object.values(byHand(at)) as TensorFlow.Tensor[]), slopes(recorded)] as const;
  };
  return {
    "spline in its bin, 512×2, forward and gradient": both(true),
    "its inverse and gradient": both(false),
  };
}

async function main(): Promise<void> {
  const [, , backend] = process.argv;
  if (backend) return measureUnrepaired(backend);
  const { tf, useBackend } = await import("./tf.ts");
  const digits = (value: number) => value.toPrecision(3);
  for (const own of ["tensorflow", "wasm"] as const) {
    useBackend(own);
    const repaired = measure(tf, own);
    const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), own], {
      encoding: "utf8",
      env: {
        ...process.env,
        TF_NUM_INTRAOP_THREADS: "1",
        TF_ENABLE_ONEDNN_OPTS: "0",
        TF_CPP_MIN_LOG_LEVEL: "2",
      },
    });
    const line = stdout.split("\n").find((one) => one.startsWith("{"));
    if (!line) throw new Error(`TensorFlow.js as it comes told nothing on ${own}: ${stderr}`);
    const plain = JSON.parse(line) as Record<string, number | null>;
    for (const [name, ms] of Object.entries(repaired)) {
      const without = plain[name];
      const ratio = without === null || ms === null ? "missing without" : `${digits(without / ms)} times`;
      console.log(
        `${own}: ${name}: ${ms === null ? "fails" : digits(ms)} ms, without ${without === null ? "–" : digits(without)} ms: ${ratio}`,
      );
    }
    for (const [name, [byHand, recorded]] of Object.entries(await measureSpline(own))) {
      console.log(
        `${own}: ${name}: ${digits(byHand)} ms, recorded ${digits(recorded)} ms: ${digits(recorded / byHand)} times`,
      );
    }
  }
}

await main();
