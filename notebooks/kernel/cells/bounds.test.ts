import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Execution, type Kernel, startKernel } from "../../run/client.ts";

let kernel: Kernel;

beforeAll(async () => {
  kernel = await startKernel({ cwd: import.meta.dirname, shutdownGrace: 60_000 });
  await printed(`const { runBounded } = (globalThis as any)[Symbol.for("flowlab.notebook")];
const spin = (ms: number) => { const until = performance.now() + ms; while (performance.now() < until); };
const forever = () => { for (;;); };
const outcome = (promise: Promise<unknown>) => promise.then((v) => \`gave \${v}\`, (e) => \`\${e.code ?? e.name}\`);`);
}, 120_000);

afterAll(async () => {
  const log = kernel.log();
  await kernel.shutdown();
  expect(log).toBe("");
  expect(await kernel.exited).toBe(0);
});

function errorOf({ outputs }: Execution) {
  const error = outputs.find((output) => output.output_type === "error");
  if (error === undefined) throw new Error(`Expected an error; got ${JSON.stringify(outputs)}`);
  return error;
}

/** What a cell prints that comes to its end. */
async function printed(code: string): Promise<string> {
  const { outputs, status } = await kernel.execute(code);
  expect(status, JSON.stringify(outputs)).toBe("ok");
  return outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
}

/** Executes a cell and does something to it as soon as it runs, or as soon as it says so itself. */
async function whileRunning(code: string, act: () => unknown, sign = "started"): Promise<Execution> {
  let started = false;
  return kernel.execute(`console.log("started"); ${code}`, {
    onMessage({ header, content }) {
      if (header.msg_type !== "stream" || started || !String(content.text).includes(sign)) return;
      started = true;
      setTimeout(act, 50);
    },
  });
}

const lateness = "FLOWLAB_OUT_OF_TIME\n";

describe("a part of a cell that is out of time is cut off, and the cell goes on", { timeout: 60_000 }, () => {
  const endless = {
    "a busy loop": "async () => forever()",
    "one that catches everything": "async () => { while (true) { try { for (;;); } catch {} finally {} } }",
    "a busy loop after an await": "async () => { await null; forever(); }",
    "a loop of awaits that never reaches the event loop": "async () => { for (;;) await null; }",
    "a loop of turns": "async () => { for (;;) await new Promise((r) => setImmediate(r)); }",
    "an await that never ends": "() => new Promise(() => {})",
    "a busy loop in a timer": "() => new Promise(() => setTimeout(forever))",
    "a thenable whose then is busy": "async () => ({ then() { forever(); } }) as any",
  };

  for (const [what, run] of Object.entries(endless)) {
    test(what, async () => {
      const code = `console.log(await outcome(runBounded(0.2, ${run}))); console.log("after");`;
      expect(await printed(code)).toBe(`${lateness}after\n`);
      expect(await printed(`console.log(await outcome(runBounded(20, async () => 7)));`)).toBe("gave 7\n");
    });
  }

  test("again and again", async () => {
    const code = `for (let i = 0; i < 12; i++) console.log(await outcome(runBounded(0.05, async () => forever())));`;
    expect(await printed(code)).toBe(lateness.repeat(12));
  });
});

describe("nothing else is hit", { timeout: 120_000 }, () => {
  test("what settles keeps its value or its error", async () => {
    const code = `console.log(await outcome(runBounded(20, async () => 7)));
console.log(await outcome(runBounded(20, async () => { throw new TypeError("own"); })));
console.log(await outcome(runBounded(20, () => { throw new RangeError("own"); })));`;
    expect(await printed(code)).toBe("gave 7\nTypeError\nRangeError\n");
  });

  test("parts that end about when their time is up: each is either one, and the cell counts them all", async () => {
    const code = `const counts: Record<string, number> = {};
for (let i = 0; i < 60; i++) {
  const seen = await outcome(runBounded(0.05, async () => { spin(30 + (i % 40)); return "in time"; }));
  counts[seen] = (counts[seen] ?? 0) + 1;
  // Of no part: whatever is hit here would be lost.
  spin(3);
}
console.log(Object.keys(counts).every((seen) => ["gave in time", "FLOWLAB_OUT_OF_TIME"].includes(seen)));
console.log(Object.values(counts).reduce((a, b) => a + b));
for (let i = 0; i < 3000; i++) await runBounded(0.001, async () => i).catch((e: any) => { if (e.name !== "OutOfTime") throw e; });`;
    expect(await printed(code)).toBe("true\n60\n");
  });

  test("the cell is busy itself while a part that nobody waits for is out of time", async () => {
    const code = `const pending = outcome(runBounded(0.1, () => new Promise(() => {})));
await null; spin(1500); console.log("done"); console.log(await pending);`;
    expect(await printed(code)).toBe(`done\n${lateness}`);
  });

  test("so is a later cell", async () => {
    expect(await printed(`void runBounded(0.1, () => new Promise(() => {})).catch(() => {}); 0;`)).toBe("");
    expect(await printed(`spin(7000); console.log("done");`)).toBe("done\n");
  });

  test("two at a time, of which one computes while the other is out of time", async () => {
    const code = `console.log(await Promise.all([
  outcome(runBounded(0.2, () => new Promise(() => {}))),
  outcome(runBounded(30, async () => { spin(1000); return "in time"; })),
]));`;
    expect(await printed(code)).toBe("[ 'FLOWLAB_OUT_OF_TIME', 'gave in time' ]\n");
  });

  test("within another one the earlier time counts", async () => {
    const inner = `runBounded(0.2, async () => forever())`;
    expect(await printed(`console.log(await outcome(runBounded(30, () => outcome(${inner}))));`)).toBe(
      `gave ${lateness}`,
    );
    const outer = `runBounded(0.2, () => outcome(runBounded(30, async () => forever())))`;
    expect(await printed(`console.log(await outcome(${outer})); spin(300); console.log("after");`)).toBe(
      `${lateness}after\n`,
    );
  });
});

describe("TensorFlow.js", { timeout: 120_000 }, () => {
  const endless = {
    "a gradient": "tf.grad((x) => { const y = x.square(); forever(); return y; })(tf.scalar(2))",
    "a tidy": "tf.tidy(() => { tf.scalar(1).square(); forever(); })",
    "what counts as a kernel": `tf.grad(tf.customGrad((x: any) => {
      forever();
      return { value: x, gradFunc: (d: any) => d };
    }) as any)(tf.scalar(2))`,
  };
  const after = `tf.engine().startScope();
console.log(String(tf.grad((x) => x.square().sum())(tf.tensor1d([1, 2])).dataSync()));
tf.engine().endScope();
console.log(tf.memory().numTensors - tensors.before);`;

  test("computes gradients and frees its tensors after its code was cut off or interrupted", async () => {
    await printed(`import { tf } from "flowlab";\nconst tensors = { before: 0 };\ntf.scalar(1);`);
    for (const code of Object.values(endless)) {
      await printed(
        `await outcome(runBounded(0.2, async () => { ${code}; })); tensors.before = tf.memory().numTensors;`,
      );
      expect(await printed(after)).toBe("2,4\n0\n");
      expect(errorOf(await whileRunning(code, () => kernel.interrupt())).ename).toBe("KeyboardInterrupt");
      await printed("tensors.before = tf.memory().numTensors;");
      expect(await printed(after)).toBe("2,4\n0\n");
    }
  });

  test("keeps the scopes that an earlier cell has opened", async () => {
    await printed("tf.engine().startScope(); tensors.before = tf.memory().numTensors; tf.scalar(1);");
    await printed("await outcome(runBounded(0.2, async () => { tf.tidy(() => forever()); }));");
    expect(
      await printed("tf.engine().endScope(); console.log(tf.memory().numTensors - tensors.before);"),
    ).toBe("0\n");
  });
});

describe("what a cell is doing", { timeout: 60_000 }, () => {
  const host = `(globalThis as any)[Symbol.for("flowlab.notebook")]`;

  test("is shown while it is busy, follows its steps, and is gone at the end", async () => {
    const shown: string[] = [];
    const { messages, outputs } = await kernel.execute(
      `const display = ${host}.showBusy("first <"); spin(1200); display.now("second"); await null; spin(600); display.done(); console.log("ended");`,
      {
        onMessage({ header, content }) {
          if (header.msg_type.includes("display_data"))
            shown.push((content.data as Record<string, string>)["text/plain"] ?? "");
        },
      },
    );
    const kinds = messages
      .map(({ header }) => header.msg_type)
      .filter((type) => type.includes("display_data"));
    expect(kinds.indexOf("update_display_data")).toBe(1);
    expect(kinds.lastIndexOf("display_data")).toBe(0);
    expect(shown[0]).toMatch(/^first < … \d\.\d s$/);
    expect(shown.some((text) => text.startsWith("second … "))).toBe(true);
    expect(shown.at(-1)).toBe("");
    expect(JSON.stringify(outputs)).not.toContain("first");
  });

  test("is not shown where it is quick, and gone after an interrupt", async () => {
    const quick = await kernel.execute(
      `const d = ${host}.showBusy("quick"); await null; d.done(); await new Promise((r) => setTimeout(r, 900));`,
    );
    expect(quick.outputs).toEqual([]);
    const { outputs } = await whileRunning(
      `${host}.showBusy("stopped"); setTimeout(() => console.log("now"), 900); await new Promise(() => {});`,
      () => kernel.interrupt(),
      "now",
    );
    expect(outputs.map((output) => output.output_type)).toEqual([
      "stream",
      "display_data",
      "stream",
      "error",
    ]);
    expect(JSON.stringify(outputs)).not.toContain("stopped");
  });
});

describe("what is printed in a part with a limit", () => {
  const limited = (lines: number, run: string) =>
    printed(`{ const prints = (globalThis as any)[Symbol.for("flowlab.notebook")].limitPrints(${lines});
console.log("before"); prints.within(() => { ${run} }); console.log("beside"); prints.done(); }`);

  test("is cut after so many lines, and how many more there were is said", async () => {
    const loop = "for (let i = 0; i < 5; i++) console.log(i);";
    expect(await limited(5, loop)).toBe("before\n0\n1\n2\n3\n4\nbeside\n");
    expect(await limited(2, loop)).toBe("before\n0\n1\nbeside\n… and 3 more lines, printed while checking\n");
    expect(await limited(2, 'console.log("a\\nb\\nc")')).toBe(
      "before\na\nb\nbeside\n… and 1 more line, printed while checking\n",
    );
    expect(
      await limited(
        1,
        'for (const c of "abc") process.stdout.write(c); console.log(); process.stdout.write("d")',
      ),
    ).toBe("before\nabc\nbeside\n… and 1 more line, printed while checking\n");
    expect(await limited(1, 'console.log("x".repeat(1e6))')).toBe(
      "before\nbeside\n… and 1 more line, printed while checking\n",
    );
  });
});

describe("an interrupt", { timeout: 120_000 }, () => {
  test("ends the cell and says what it was doing", async () => {
    for (const run of ["async () => forever()", "() => new Promise(() => {})"]) {
      const code = `await runBounded(60, ${run}, () => "in the check 1, at f(2)"); console.log("after");`;
      const execution = await whileRunning(code, () => kernel.interrupt());
      expect(errorOf(execution)).toMatchObject({
        ename: "KeyboardInterrupt",
        evalue: "the cell was interrupted in the check 1, at f(2); variables of earlier cells are kept",
      });
      expect(JSON.stringify(execution.outputs)).not.toContain("after");
    }
    expect(errorOf(await whileRunning("forever()", () => kernel.interrupt())).evalue).toBe(
      "the cell was interrupted; variables of earlier cells are kept",
    );
    expect(await printed(`console.log(await outcome(runBounded(0.2, async () => forever())));`)).toBe(
      lateness,
    );
  });

  test("about when the time is up: the cell ends, interrupted or by itself, and the kernel goes on", async () => {
    for (let i = 0; i < 10; i++) {
      const code = `console.log(await outcome(runBounded(0.16, async () => forever()))); for (;;) await outcome(runBounded(${0.01 * i}, async () => forever()));`;
      const execution = await whileRunning(code, () => setTimeout(() => kernel.interrupt(), 8 * i));
      expect(errorOf(execution).ename).toBe("KeyboardInterrupt");
      expect(await printed(`console.log(await outcome(runBounded(20, async () => ${i})));`)).toBe(
        `gave ${i}\n`,
      );
    }
  });
});
