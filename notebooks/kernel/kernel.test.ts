import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { needingPosix } from "../../setup/testing/needs.ts";
import { type Execution, type Kernel, startKernel } from "../run/client.ts";
import type { Output } from "../run/outputs.ts";
import type { Message } from "./protocol/wire.ts";

let kernel: Kernel;

beforeAll(async () => {
  // Its exit code is asked for below: on a crowded machine it must not be killed for ending slowly.
  kernel = await startKernel({ cwd: import.meta.dirname, shutdownGrace: 60_000 });
}, 120_000);

afterAll(async () => {
  const log = kernel.log();
  await kernel.shutdown();
  expect(log).toBe("");
  expect(await kernel.exited).toBe(0);
});

const run = (code: string) => kernel.execute(code);

/** Executes a cell and does something to it as soon as it runs, or as soon as it says so itself. */
async function whileRunning(code: string, act: () => unknown, sign = "started"): Promise<Execution> {
  let hasStarted = false;
  return kernel.execute(`console.log("started"); ${code}`, {
    onMessage({ header, content }) {
      if (header.msg_type !== "stream" || hasStarted || !String(content.text).includes(sign)) return;
      hasStarted = true;
      setTimeout(act, 50);
    },
  });
}

const interruptRunning = (code: string, sign?: string) => whileRunning(code, () => kernel.interrupt(), sign);

/** Text of the last expression's value. */
async function resultOf(code: string): Promise<unknown> {
  const { outputs, status } = await run(code);
  expect(status, JSON.stringify(outputs)).toBe("ok");
  const result = outputs.find((output) => output.output_type === "execute_result");
  return result?.data["text/plain"];
}

function errorOf({ outputs }: Execution) {
  const error = outputs.find((output) => output.output_type === "error");
  if (error === undefined) throw new Error(`Expected an error; got ${JSON.stringify(outputs)}`);
  return error;
}

const stream = (name: "stdout" | "stderr", text: string): Output => ({ output_type: "stream", name, text });

describe("information", () => {
  test("describes itself so that notebooks are TypeScript", async () => {
    const info = await kernel.request("kernel_info");
    expect(info).toMatchObject({
      status: "ok",
      protocol_version: "5.4",
      language_info: { name: "typescript", file_extension: ".ts", mimetype: "text/typescript" },
    });
  });

  test("answers the heartbeat", async () => {
    expect(await kernel.ping()).toBe("ping");
  });

  test("completes by type", async () => {
    const code = "const text = 'é𝒙'; text.toUpp";
    const points = [...code].length;
    const reply = await kernel.request("complete", { code, cursor_pos: points });
    expect(reply).toMatchObject({ status: "ok", cursor_start: points - 5, cursor_end: points });
    expect(reply.matches).toContain("toUpperCase");
  });

  test("shows the type under the cursor", async () => {
    const reply = await kernel.request("inspect", {
      code: "const answer = 42;",
      cursor_pos: 8,
      detail_level: 0,
    });
    expect(reply).toMatchObject({ found: true, data: { "text/plain": "const answer: 42" } });
    const nothing = await kernel.request("inspect", { code: "  ", cursor_pos: 1, detail_level: 0 });
    expect(nothing).toMatchObject({ status: "ok", found: false });
  });

  test("knows what each part of the library exports, and says where it has no such name", async () => {
    for (const [from, prefix, name] of [
      ["flowlab", "real", "realNVP"],
      ["flowlab/data", "toyD", "toyDensities"],
      ["flowlab/figure", "samplesT", undefined],
      ["flowlab/figure", "samples2", "samples2dFigure"],
      ["flowlab/notebook", "tab", "table"],
    ] as const) {
      const code = `import { ${prefix} } from "${from}";`;
      const cursor_pos = code.indexOf(" }");
      const { matches } = await kernel.request("complete", { code, cursor_pos });
      if (name === undefined) expect(matches).toEqual([]);
      else expect(matches).toContain(name);
    }
    const wrong = await run('import { samples2dFigure } from "flowlab/data";');
    expect(errorOf(wrong).evalue).toContain(
      "has no exported member 'samples2dFigure'. Import it from \"flowlab/figure\".",
    );
    const unknown = await run('import { samples9dFigure } from "flowlab";');
    expect(errorOf(unknown).evalue).not.toContain("Import it from");
    const mistyped = await run('import { table } from "flowlab/notebook";\ntable(3);');
    expect(errorOf(mistyped).evalue).toContain("'number' is not assignable");
    const elsewhere = await run('import { table } from "flowlab/tables";');
    expect(errorOf(elsewhere).evalue).toContain("Cannot find module 'flowlab/tables'");
  });

  test("describes a function of the library: its links as code, its tags as sections", async () => {
    await kernel.execute(
      'import { flow, standardNormal, affine, fit } from "flowlab";\nimport { trainingDisplay } from "flowlab/notebook";',
    );
    const about = async (code: string) => {
      const reply = await kernel.request("inspect", { code, cursor_pos: code.length - 1, detail_level: 0 });
      return reply.data as Record<string, string>;
    };
    const ofFit = await about("fit");
    for (const text of Object.values(ofFit)) {
      expect(text).not.toMatch(/\{@|@param|@throws|@see|\0/);
      expect(text).toMatch(
        /Parameters[\s\S]*flow`?: Changed in place\.[\s\S]*Throws[\s\S]*ShapeError if the data/,
      );
    }
    expect(ofFit["text/plain"]).toContain(
      "a step is one graph after the first (compile), with the same losses to",
    );
    expect(ofFit["text/markdown"]).toContain("after the first (`compile`), with");
    expect(ofFit["text/markdown"]).toMatch(/^```ts\n.*function fit\(/);
    // A formula is no Markdown; an example in the text is code.
    expect(ofFit["text/markdown"]).toContain("Σ\\_i");
    expect((await about("trainingDisplay"))["text/markdown"]).toMatch(
      /\n```ts\nawait fit\(model, data, .*\n```\n/,
    );
  });

  test("names the argument that is missing", async () => {
    const typed = await run("flow(standardNormal(), affine()).sample(3)");
    expect(errorOf(typed).evalue).toContain(
      "Expected 2-4 arguments, but got 1. An argument for 'seed' was not provided.",
    );
    const cast = await run("(flow(standardNormal(), affine()) as any).sample(3)");
    expect(errorOf(cast).evalue).toContain("sample: needs a seed, e.g. sample(3, 7)");
  });

  test("knows whether a cell is complete", async () => {
    expect(await kernel.request("is_complete", { code: "1 + 1" })).toEqual({ status: "complete" });
    expect(await kernel.request("is_complete", { code: "function f() {" })).toEqual({
      status: "incomplete",
      indent: "  ",
    });
  });

  test("answers politely what it does not have", async () => {
    expect(await kernel.request("history")).toEqual({ status: "ok", history: [] });
    expect(await kernel.request("comm_info")).toEqual({ status: "ok", comms: {} });
    expect(await kernel.request("nonsense")).toMatchObject({ status: "error", ename: "NotSupported" });
  });
});

describe("results", () => {
  test("the value of the last expression is the result of the cell", async () => {
    const { outputs, reply } = await run("const a = 6;\na * 7");
    const { execution_count } = reply as { execution_count: number };
    expect(outputs).toEqual([
      { output_type: "execute_result", data: { "text/plain": "42" }, metadata: {}, execution_count },
    ]);
  });

  test("a promise is waited for", async () => {
    expect(await resultOf("await Promise.resolve([1, 2])")).toBe("[ 1, 2 ]");
    expect(await resultOf("Promise.resolve('later')")).toBe("'later'");
  });

  test("undefined shows nothing, null and 0 show themselves", async () => {
    expect(await resultOf("undefined")).toBeUndefined();
    expect(await resultOf("const onlyDeclared = 1;")).toBeUndefined();
    expect(await resultOf("null")).toBe("null");
    expect(await resultOf("0")).toBe("0");
  });

  test("a value with a Jupyter.display method shows itself", async () => {
    const { outputs } = await run(
      `({ async [Symbol.for("Jupyter.display")]() { return { "text/html": "<b>hi</b>" }; } })`,
    );
    expect(outputs).toMatchObject([{ data: { "text/html": "<b>hi</b>", "text/plain": "[Object]" } }]);
  });

  test("the method may be inherited, is called without arguments, and is looked for on objects only, as Deno does", async () => {
    const key = `[Symbol.for("Jupyter.display")]`;
    const { outputs } = await run(
      `class Picture { ${key}(...given: unknown[]) { return { "text/html": "<i>" + given.length + this.constructor.name + "</i>" }; } }\nnew Picture()`,
    );
    expect(outputs).toMatchObject([{ data: { "text/html": "<i>0Picture</i>", "text/plain": "[Picture]" } }]);
    const tool = `Object.assign(() => 3, { ${key}: () => ({ "text/html": "no" }) })`;
    expect((await run(tool)).outputs).toMatchObject([
      { data: { "text/plain": expect.stringContaining("[Function") } },
    ]);
    expect((await run(tool)).outputs[0]).not.toHaveProperty("data.text/html");
    const none = `Object.assign(Object.create(null), { ${key}: () => ({ "text/html": "bare" }) })`;
    expect((await run(none)).outputs).toMatchObject([{ data: { "text/html": "bare" } }]);
  });

  test("a Jupyter.display method that fails makes the cell fail", async () => {
    const throwing = await run(`({ [Symbol.for("Jupyter.display")]() { throw new Error("no picture"); } })`);
    expect(errorOf(throwing).evalue).toBe("no picture");
    const wrong = await run(`({ [Symbol.for("Jupyter.display")]: () => 3 })`);
    expect(errorOf(wrong).evalue).toContain("must return an object of media types; got 3");
  });

  test("a value that no message can carry makes the cell fail, not the kernel", async () => {
    for (const [json, why] of [
      ["{ n: 1n }", /"application\/json".*BigInt/],
      ["(() => { const a: unknown[] = []; a.push(a); return a; })()", /"application\/json".*circular/],
    ] as const) {
      const shown = await run(
        `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": ${json} }) })`,
      );
      expect(errorOf(shown)).toMatchObject({ ename: "TypeError", evalue: expect.stringMatching(why) });
      const displayed = await run(
        `(globalThis as any)[Symbol.for("flowlab.notebook")].display({ "application/json": ${json} });`,
      );
      expect(errorOf(displayed).evalue).toMatch(why);
    }
    const odd = await run("throw Object.assign(new Error('odd'), { name: 5n });");
    expect(errorOf(odd)).toMatchObject({ ename: "5", evalue: "odd" });
    const { outputs } = await run(
      `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": { at: new Date(0), f() {} } }) })`,
    );
    expect(outputs).toMatchObject([{ data: { "application/json": { at: "1970-01-01T00:00:00.000Z" } } }]);
  });

  test("variables, functions and types live on, and may be declared again", async () => {
    await run(
      "interface Point { x: number }\nlet p: Point = { x: 1 };\nfunction twice(q: Point) { return 2 * q.x; }",
    );
    expect(await resultOf("let p: Point = { x: 4 };\ntwice(p)")).toBe("8");
  });

  test("names of earlier cells stand alone in objects, and may be assigned to there", async () => {
    await run(
      "import { basename } from 'node:path';\nlet width = 2; const height = 3; const scale = (n: number) => 2 * n;",
    );
    expect(await resultOf("({ width, height, area: scale(width * height) })")).toBe(
      "{ width: 2, height: 3, area: 12 }",
    );
    expect(await resultOf("Object.entries({ basename, scale }).map(([, f]) => typeof f).join()")).toBe(
      "'function,function'",
    );
    expect(await resultOf("((width: string) => ({ width, height }))('mine')")).toBe(
      "{ width: 'mine', height: 3 }",
    );
    await run("({ width } = { width: 7 })");
    expect(await resultOf("width")).toBe("7");
    await run("const given: { width?: number } = {}; ({ width = height + scale(1) } = given)");
    expect(await resultOf("[{ width }].map(({ width }) => ({ width, height }))")).toBe(
      "[ { width: 5, height: 3 } ]",
    );
  });

  test("the compiler is strict and knows what Node can do", async () => {
    expect(errorOf(await run("let s: string = null;")).evalue).toContain("TS2322");
    expect(await resultOf("[3, 1, 2].toSorted().findLast((x) => x < 3)")).toBe("2");
    expect(await resultOf("Object.keys(Object.groupBy([1, 2], (x) => (x > 1 ? 'big' : 'small')))")).toBe(
      "[ 'small', 'big' ]",
    );
    expect(await resultOf("import { readFileSync } from 'node:fs';\nreadFileSync.name")).toBe(
      "'readFileSync'",
    );
  });

  test("user expressions are evaluated, silent requests show nothing and do not count", async () => {
    const before = (await run("const seen = 5;")).reply.execution_count as number;
    const silent = await kernel.execute("console.log('psst'); seen + 1", {
      silent: true,
      userExpressions: { twice: "seen * 2", wrong: "missing" },
    });
    expect(silent.messages.map((message) => message.header.msg_type)).toEqual(["status", "status"]);
    expect(silent.reply.user_expressions).toMatchObject({
      twice: { status: "ok", data: { "text/plain": "10" } },
      wrong: { status: "error", ename: "TypeScriptError" },
    });
    expect((await kernel.execute("1", { storeHistory: false })).reply.execution_count).toBe(before);
    expect((await run("1")).reply.execution_count).toBe(before + 1);
  });
});

describe("errors", () => {
  test("a type error names its place and shows the line", async () => {
    const execution = await run(`const fine = 1;\nconst n: number = "text";`);
    const error = errorOf(execution);
    expect(error.ename).toBe("TypeScriptError");
    expect(error.traceback.join("\n")).toBe(
      [
        "TypeScriptError: line 2, column 7 (TS2322): Type 'string' is not assignable to type 'number'.",
        `  2 │ const n: number = "text";`,
        "    │       ^",
      ].join("\n"),
    );
    const { ename, evalue, traceback } = error;
    expect(execution.reply).toMatchObject({ status: "error", ename, evalue, traceback });
  });

  test("a syntax error is reported in the same way", async () => {
    expect(errorOf(await run("const = 3")).traceback.join("\n")).toContain("line 1, column 7");
  });

  test("a thrown error shows the frames and the line of the cell as it was written", async () => {
    const code =
      "interface Gone {\n  n: number;\n}\n\nfunction f(): void {\n\tthrow new RangeError('deep');\n}\nf();";
    const execution = await run(code);
    const name = `cell[${execution.reply.execution_count}]`;
    expect(errorOf(execution).traceback).toEqual([
      "RangeError: deep",
      "  6 │ \tthrow new RangeError('deep');",
      "    │ \t      ^",
      `    at f (${name}:6:8)`,
      `    at ${name}:8:1`,
    ]);
  });

  test("an error in an earlier cell's function shows both cells", async () => {
    const first = await run("function blame(): never { throw new Error('earlier'); }");
    const second = await run("await null;\nblame();");
    const text = errorOf(second).traceback.join("\n");
    expect(text).toContain(`cell[${first.reply.execution_count}]:1:`);
    expect(text).toContain(`cell[${second.reply.execution_count}]:2:1`);
  });

  test("causes are shown, and values that are not errors", async () => {
    const caused = errorOf(await run("throw new Error('outer', { cause: new TypeError('inner') })"));
    expect(caused.traceback).toEqual(
      expect.arrayContaining(["Error: outer", "Caused by", "TypeError: inner"]),
    );
    expect(errorOf(await run("throw { code: 7 }")).evalue).toContain("{ code: 7 }");
    const hostile = "throw new Proxy({}, { get() { throw new Error('trap'); } })";
    expect((await run(hostile)).status).toBe("error");
  });

  test("cells that wait behind a failing one are aborted, those sent later are not", async () => {
    const all = ["await new Promise((r) => setTimeout(r, 200)); throw new Error('first')", "2", "3"];
    const done = await Promise.all(all.map(run));
    expect(done.map(({ status }) => status)).toEqual(["error", "aborted", "aborted"]);
    expect(done[1]?.outputs).toEqual([]);
    expect(await resultOf("4")).toBe("4");
  });

  test("without stop_on_error the rest runs", async () => {
    const failing = kernel.execute("await new Promise((r) => setTimeout(r, 100)); throw 1", {
      stopOnError: false,
    });
    const next = run("'runs'");
    expect((await failing).status).toBe("error");
    expect((await next).status).toBe("ok");
  });

  test("an unhandled rejection fails the cell that caused it", async () => {
    const execution = await run("Promise.reject(new Error('forgotten'));\n1");
    expect(errorOf(execution)).toMatchObject({ ename: "Error", evalue: "forgotten" });
    expect(
      errorOf(await run("await new Promise(() => setTimeout(() => { throw new Error('tick') }, 5))")).evalue,
    ).toBe("tick");
  });

  test("late errors are reported below the cell that caused them, and the kernel lives", async () => {
    const seen: Message[] = [];
    const stop = kernel.onPublished((message) => seen.push(message));
    const { reply, messages } = await run(`
      setTimeout(() => { throw new Error("late throw"); }, 300);
      setTimeout(() => Promise.reject(new TypeError("late rejection")), 320);`);
    const cell = messages[0]?.parent.msg_id;
    const late = () => seen.filter(({ parent }) => parent.msg_id === cell).slice(messages.length);
    await vi.waitFor(() => expect(late()).toHaveLength(4), { timeout: 5000 });
    stop();
    const place = `after cell [${reply.execution_count}] had finished`;
    expect(late().map(({ header, content }) => [header.msg_type, content.text ?? content.evalue])).toEqual([
      ["stream", `Uncaught error ${place}: Error: late throw\n`],
      ["error", "late throw"],
      ["stream", `Unhandled rejection ${place}: TypeError: late rejection\n`],
      ["error", "late rejection"],
    ]);
    expect(await resultOf("1")).toBe("1");
  });

  test("process.exit and reading the keyboard are clear errors", async () => {
    expect(errorOf(await run("process.exit(0)")).evalue).toContain("would end the kernel");
    const readline = "import * as readline from 'node:readline/promises';";
    const ask = `${readline}\nawait readline.createInterface({ input: process.stdin }).question('name?')`;
    expect(errorOf(await run(ask)).evalue).toContain("can't ask for input");
    expect(await resultOf("1")).toBe("1");
  });
});

describe("output", () => {
  test("streams keep their order, among each other and with displays", async () => {
    const { outputs } = await run(
      `import { display } from "tslab";
console.log("a"); console.error("b"); process.stdout.write("c"); display.html("<i>d</i>"); console.info("e"); "f"`,
    );
    expect(outputs).toMatchObject([
      stream("stdout", "a\n"),
      stream("stderr", "b\n"),
      stream("stdout", "c"),
      { output_type: "display_data", data: { "text/html": "<i>d</i>" } },
      stream("stdout", "e\n"),
      { output_type: "execute_result", data: { "text/plain": "'f'" } },
    ]);
  });

  test("a flood of output arrives whole, in few messages, before the cell is idle", async () => {
    const { messages, outputs } = await run("for (let i = 0; i < 50000; i++) console.log('line', i);");
    const lines = (outputs[0] as { text: string }).text.split("\n");
    expect(lines).toHaveLength(50_001);
    expect(lines[49_999]).toBe("line 49999");
    expect(messages.length).toBeLessThan(100);
    expect(messages.at(-1)?.content).toEqual({ execution_state: "idle" });
  });

  test("output of a busy loop is shown while it runs, and the control channel answers", async () => {
    const arrivals: number[] = [];
    const code = "const end = Date.now() + 900; while (Date.now() < end) console.log('x'.repeat(100));";
    const running = kernel.execute(code, {
      onMessage: ({ header }) => header.msg_type === "stream" && arrivals.push(performance.now()),
    });
    await delay(200);
    expect(await kernel.ping()).toBe("ping");
    await running;
    expect((arrivals[0] as number) + 400).toBeLessThan(performance.now());
  });

  test("what a callback prints goes below its own cell", async () => {
    const seen: Message[] = [];
    const stop = kernel.onPublished((message) => message.header.msg_type === "stream" && seen.push(message));
    const first = await run("setTimeout(() => console.log('from the first'), 100);");
    const second = await run("await new Promise((r) => setTimeout(r, 250)); console.log('from the second')");
    stop();
    expect(second.outputs).toEqual([stream("stdout", "from the second\n")]);
    const late = seen.find(({ content }) => content.text === "from the first\n");
    expect(late?.parent.msg_id).toBe(first.messages[0]?.parent.msg_id);
  });

  test("a character split over two writes stays whole", async () => {
    const { outputs } = await run(
      "process.stdout.write(Buffer.from([0xc3])); process.stdout.write(Buffer.from([0xa9, 0x0a])); undefined",
    );
    expect(outputs).toEqual([stream("stdout", "é\n")]);
  });

  test("libraries display, and rewrite displays, through the host", async () => {
    const host = `const host = (globalThis as any)[Symbol.for("flowlab.notebook")];`;
    const { outputs } = await kernel.execute(
      `${host}
host.display({ "text/plain": "old" }, { displayId: "d1" });
host.display({ "text/plain": "new" }, { displayId: "d1", update: true });
[host.cellId, host.executionCount > 0, host.signal.aborted]`,
      { metadata: { cellId: "cell-7" } },
    );
    expect(outputs).toMatchObject([
      { output_type: "display_data", data: { "text/plain": "new" } },
      { output_type: "execute_result", data: { "text/plain": "[ 'cell-7', true, false ]" } },
    ]);
  });
});

describe("interrupt", () => {
  const endless = {
    "a busy loop": "while (true) {}",
    "a busy loop that catches everything": "while (true) { try { for (;;); } catch {} finally {} }",
    "a busy loop after an await": "await null; while (true) {}",
    "a loop of awaits that never reaches the event loop": "for (;;) await null;",
    "a busy loop in a timer": "setTimeout(() => { for (;;); }); await new Promise(() => {})",
    "a busy loop in one of many immediates":
      "for (let i = 0; i < 9; i++) setImmediate(() => { while (i === 4); }); await new Promise(() => {})",
    "an await that never ends": "await new Promise(() => {})",
    "a last expression that never settles": "new Promise(() => {})",
  };

  for (const [what, code] of Object.entries(endless)) {
    test(`stops ${what} and keeps the variables`, async () => {
      await run("let kept = 'kept';");
      expect(errorOf(await interruptRunning(code)).ename).toBe("KeyboardInterrupt");
      expect(await resultOf("kept")).toBe("'kept'");
    });
  }

  for (const [what, wait] of Object.entries({
    timers: "new Promise((r) => setTimeout(r, 5))",
    "node:timers/promises": "sleep(5)",
  })) {
    test(`a loop that sleeps by ${what} does not go on behind the scenes`, async () => {
      await run("let steps = 0;\nimport { setTimeout as sleep } from 'node:timers/promises';");
      const execution = await interruptRunning(
        `while (true) { await ${wait}; steps += 1; if (steps === 3) console.log("three steps"); }`,
        "three steps",
      );
      expect(errorOf(execution).ename).toBe("KeyboardInterrupt");
      const steps = Number(await resultOf("steps"));
      expect(steps).toBeGreaterThanOrEqual(3);
      await delay(60);
      expect(Number(await resultOf("steps"))).toBeLessThanOrEqual(steps + 1);
    });
  }

  test("tells the library by the host's signal", async () => {
    const execution = await interruptRunning(
      `const watched = (globalThis as any)[Symbol.for("flowlab.notebook")].signal as AbortSignal;
watched.addEventListener("abort", () => console.log("told"));
await new Promise(() => {})`,
    );
    expect(execution.outputs[0]).toEqual(stream("stdout", "started\ntold\n"));
  });

  test("aborts the cells that wait", async () => {
    const running = [interruptRunning("while (true) {}"), run("'next'")];
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual(["error", "aborted"]);
  });

  test("without a running cell has no effect", async () => {
    expect(await kernel.interrupt()).toEqual({ status: "ok" });
    expect(await resultOf("1")).toBe("1");
  });

  needingPosix().test("SIGINT interrupts instead of killing", async () => {
    for (const code of ["while (true) {}", "await new Promise(() => {})"]) {
      const execution = await whileRunning(code, () => process.kill(kernel.pid, "SIGINT"));
      expect(errorOf(execution).ename).toBe("KeyboardInterrupt");
    }
    expect(await resultOf("1")).toBe("1");
  });

  test("reaches the first cell just after it began", { timeout: 120_000 }, async () => {
    const fresh = await startKernel({ cwd: import.meta.dirname });
    let isAsked = false;
    const running = fresh.execute("console.log(1); for (;;);", {
      onMessage({ header }) {
        if (header.msg_type !== "stream" || isAsked) return;
        isAsked = true;
        void fresh.interrupt();
      },
    });
    expect(errorOf(await running).ename).toBe("KeyboardInterrupt");
    expect((await fresh.execute("1")).status).toBe("ok");
    await fresh.shutdown();
  });

  test("reaches a cell that was sent before the kernel had loaded its compiler", {
    timeout: 120_000,
  }, async () => {
    const fresh = await startKernel({ cwd: import.meta.dirname });
    const running = fresh.execute("while (true) {}");
    await delay(50); // The two requests take different ways.
    await fresh.interrupt();
    expect(errorOf(await running).ename).toBe("KeyboardInterrupt");
    expect((await fresh.execute("1")).status).toBe("ok");
    await fresh.shutdown();
  });
});

describe("shutdown", { timeout: 120_000 }, () => {
  test("ends a kernel in an endless loop", async () => {
    const fresh = await startKernel({ cwd: import.meta.dirname });
    const lost = expect(fresh.execute("for (;;);")).rejects.toThrow("The kernel has ended");
    await delay(1500);
    const begin = performance.now();
    await fresh.shutdown();
    expect(performance.now() - begin).toBeLessThan(10_000);
    await lost;
  });

  test("a kernel that can't start says why", async () => {
    const env = { ...process.env, NODE_OPTIONS: "--require=/nowhere/missing.cjs" };
    await expect(startKernel({ env })).rejects.toThrow("missing.cjs");
  });
});

describe("an interrupted training", () => {
  const imports =
    'import { affine, fit, flow, monotone, random, standardNormal, tf } from "flowlab";\nimport { progressBar, trainingDisplay } from "flowlab/notebook";';
  const shownIn = ({ outputs }: Execution) =>
    outputs.flatMap((output) => ("data" in output ? [String(output.data["text/plain"])] : []));

  test("returns its history, keeps what the flow has learned, and fails the cell", async () => {
    await run(imports);
    await run(
      "const model = flow(standardNormal(), monotone({ steps: 8 })); const data = random(1).normal(2000);",
    );
    await run("const tensors = tf.memory().numTensors;");
    const execution = await interruptRunning(
      `const show = trainingDisplay({ steps: 1_000_000 });
const history = await fit(model, data, { steps: 1_000_000, validation: data.slice(0, 100), validateEvery: 10,
  onProgress: (progress) => { show(progress); if (progress.step > 20) console.log("deep"); } });
const after = "went on";`,
      "deep",
    );
    expect(errorOf(execution)).toMatchObject({
      ename: "KeyboardInterrupt",
      evalue: "the cell was interrupted; what it had computed by then is kept",
    });
    // In a later cell, by its types as well.
    expect(
      await resultOf("[history.outcome, history.loss.length > 10, history.kept % 10, after].join()"),
    ).toBe("'aborted,true,0,went on'");
    expect(await resultOf("Number.isFinite(model.logProb([0]).dataSync()[0])")).toBe("true");
    const bar = shownIn(execution).filter((text) => text.startsWith("Training ["));
    expect(bar.at(-1)).toMatch(/interrupted · in /);
    expect(bar.at(-1)).not.toContain("left");
    expect(shownIn(execution).at(-1)).toContain("[figure] Loss curve");
    // The training's own tensors are freed; its logProb above has left one, and the compiled step may keep constants.
    expect(await resultOf("tf.memory().numTensors - tensors < 40")).toBe("true");
  }, 120_000);

  test("of which a step is long is waited for, and a second interrupt stops what comes after it", async () => {
    await run(imports);
    await run("const small = flow(standardNormal(), affine());");
    const slow = `perturb: (x: tf.Tensor) => { const end = Date.now() + 700; while (Date.now() < end); return x; }`;
    const options = `{ steps: 1000, compile: false, ${slow} }`;
    const execution = await whileRunning(
      `const slowly = await fit(small, [1, 2], ${options}); for (;;);`,
      async () => {
        await kernel.interrupt();
        await delay(2500);
        await kernel.interrupt();
      },
    );
    expect(errorOf(execution).evalue).toBe("the cell was interrupted; variables of earlier cells are kept");
    expect(await resultOf("1")).toBe("1");
    const alone = await interruptRunning(`const steps = (await fit(small, [1, 2], ${options})).loss.length;`);
    expect(errorOf(alone).evalue).toContain("is kept");
    expect(Number(await resultOf("steps"))).toBeGreaterThan(0);
  }, 120_000);

  test("of one's own leaves no remaining time in its bar, nor does a plain one", async () => {
    await run(imports);
    const loop = (report: string) =>
      `for (let i = 1; ; i++) { ${report}; await new Promise((go) => setTimeout(go, 20)); }`;
    for (const [bar, report] of [
      ["trainingDisplay({ steps: 1e6 })", "bar({ step: i, loss: 1 / i })"],
      ['progressBar("Work", 1e6)', "bar.update(i)"],
    ] as const) {
      const execution = await interruptRunning(
        `const bar = ${bar}; setTimeout(() => console.log("shown"), 400); ${loop(report)}`,
        "shown",
      );
      const last = shownIn(execution).at(-1);
      expect(last).toMatch(/interrupted · in /);
      expect(last).not.toContain("left");
    }
  }, 120_000);
});

describe("a check of a wrong answer", () => {
  test("names the place in the code that decides, from a process of its own, and again", async () => {
    const kernel = await startKernel({ cwd: import.meta.dirname });
    try {
      await kernel.execute('import { check } from "flowlab-grader";');
      for (const sign of ["+", "+ 0 +"]) {
        const answer = `function sigmoidDensity(x: number): number {
  if (x <= 0 || x >= 1) return 0;
  const z = Math.log(x / (1 - x));
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) / (x * (1 ${sign} x));
}`;
        await kernel.execute(answer, { metadata: { cellId: "ex-16-2-code" } });
        const card = JSON.stringify(await kernel.execute('await check("16.2", { sigmoidDensity })'));
        expect(card).toContain("another operator than");
        expect(card).toContain("(line 4)");
      }
      expect(JSON.stringify(await kernel.execute("1 + 1"))).toContain("2");
    } finally {
      await kernel.shutdown();
    }
  }, 120_000);
});

describe("a check before its answer", () => {
  const check = 'await check("16.1", { density });';

  test("says to run the cells above, in a fresh kernel", async () => {
    const fresh = await startKernel({ cwd: import.meta.dirname });
    try {
      const first = errorOf(await fresh.execute(check));
      expect(first).toMatchObject({
        ename: "NotRunYet",
        evalue: "run the cells above first: `check` and `density` are not there yet",
      });
      await fresh.execute('import { check } from "flowlab-grader";');
      expect(errorOf(await fresh.execute(check)).evalue).toBe(
        "run the cells above first: `density` is not there yet",
      );
      // A training that is called too early is no answer that failed.
      expect(errorOf(await fresh.execute('await check.train("16.1", { density });'))).toMatchObject({
        ename: "NotRunYet",
        evalue: "run the cells above first: `density` is not there yet",
      });
      expect(errorOf(await fresh.execute(check)).evalue).toMatch(/^run the cells above first/);
      await fresh.execute("function density(x: number): number { return oops; }");
      expect(errorOf(await fresh.execute(check)).evalue).toMatch(/the answer's cell failed when it ran/);
    } finally {
      await fresh.shutdown();
    }
  }, 120_000);

  test("another error in a check's cell is shown as it is", async () => {
    expect(errorOf(await run("await check(1 as string);")).ename).toBe("TypeScriptError");
  });
});
