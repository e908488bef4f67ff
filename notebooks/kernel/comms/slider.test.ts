import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Execution, type Kernel, startKernel } from "../../run/client.ts";
import type { Message } from "../protocol/wire.ts";
import { move, type Opened, stateIn, widgetsOf } from "../testing/live-slider.ts";

let kernel: Kernel;

beforeAll(async () => {
  kernel = await startKernel({ cwd: import.meta.dirname });
  const { outputs } = await kernel.execute(`import { tf } from "flowlab";
import { display, html, liveDisplay, slider } from "flowlab/notebook";
import { lineFigure } from "flowlab/figure";
let drawn: number[] = [];
const lineTo = (y: number) =>
  lineFigure({ series: [{ x: [0, 1], y: [0, y], name: "line" }], xTitle: "z", yTitle: "x" });`);
  expect(outputs).toEqual([]);
}, 120_000);

afterAll(() => kernel.shutdown());

interface Live {
  readonly shown: Execution;
  readonly widgets: Record<string, Opened>;
  /** Moves a slider and returns what the picture then is. */
  move(value: number, name?: string): Promise<string>;
}

/** Runs a cell that ends with a slider. */
async function live(code: string, cellId = "live"): Promise<Live> {
  const shown = await kernel.execute(code, { metadata: { cellId } });
  expect(shown.status, JSON.stringify(shown.outputs)).toBe("ok");
  const widgets = widgetsOf(shown);
  return {
    shown,
    widgets,
    async move(value, name = "t") {
      return String(stateIn(await move(kernel, widgets[name], value), widgets.HTMLModel)?.value);
    },
  };
}

const range = 'name: "t", from: 0, to: 2, step: 0.01, value: 0.5';
const comms = async () => Object.keys((await kernel.request("comm_info")).comms as object);
const types = (messages: readonly Message[]) =>
  messages.map(({ header, content }) => content.execution_state ?? header.msg_type);

describe("the messages of a slider", () => {
  test("open its widgets, each after those that it names, then show them and the still picture", async () => {
    const { shown, widgets } = await live(`slider({ ${range}, label: "bend" }, lineTo, { frames: 3 })`);
    const { bend, HTMLModel, VBoxModel } = widgets;
    expect(types(shown.messages)).toEqual([
      ...["busy", "execute_input", ...Array(5).fill("comm_open"), "display_data", "execute_result", "idle"],
    ]);
    expect(bend?.metadata).toEqual({ version: "2.1.0" });
    expect(bend?.state).toMatchObject({
      ...{ value: 0.5, min: 0, max: 2, step: 0.01, description: "bend", readout_format: ".2f" },
      ...{ continuous_update: true, style: `IPY_MODEL_${widgets.SliderStyleModel?.id}` },
    });
    expect(VBoxModel?.state.children).toEqual([`IPY_MODEL_${bend?.id}`, `IPY_MODEL_${HTMLModel?.id}`]);
    expect(HTMLModel?.state.value).toContain("<title>bend = 0.50. line.");
    const [view, still] = shown.outputs;
    expect(view).toMatchObject({
      data: { "application/vnd.jupyter.widget-view+json": { model_id: VBoxModel?.id }, "text/html": "" },
    });
    expect(still).toMatchObject({
      output_type: "execute_result",
      data: {
        "text/plain": expect.stringMatching(/^\[slider\] bend from 0\.00 to 2\.00; bend = 0\.50\. line/),
      },
    });
  });

  test("a move is answered by the picture, between busy and idle, as its answer", async () => {
    const { widgets } = await live(`slider({ ${range} }, lineTo)`);
    const messages = await move(kernel, widgets.t, 1.25);
    expect(types(messages)).toEqual(["busy", "comm_msg", "idle"]);
    expect(messages[1]?.header.msg_type).toBe("comm_msg");
    expect(stateIn(messages, widgets.HTMLModel)?.value).toContain("<title>t = 1.25. line.");
  });

  test("the words below the picture come with it, in the same message", async () => {
    const { widgets } = await live(`slider({ ${range} }, lineTo)`);
    const words = (state: unknown) =>
      [...String(state).matchAll(/<\/svg>.*?<summary[^>]*>In words<\/summary><p[^>]*>(.*?)<\/p>/gs)].map(
        ([, text]) => text,
      );
    expect(words(widgets.HTMLModel?.state.value)).toEqual([
      "t = 0.50. line. Line “line”: through (0, 0), (1, 0.5).",
    ]);
    const messages = await move(kernel, widgets.t, 1.25);
    expect(types(messages)).toEqual(["busy", "comm_msg", "idle"]);
    expect(words(stateIn(messages, widgets.HTMLModel)?.value)).toEqual([
      "t = 1.25. line. Line “line”: through (0, 0), (1, 1.25).",
    ]);
  });

  test("a page that was loaded again gets every widget as it is now", async () => {
    const { widgets, move: to } = await live(`slider({ ${range} }, lineTo)`);
    await to(1.5);
    const reply = await kernel.request("comm_info", { target_name: "jupyter.widget" });
    expect(Object.keys(reply.comms as object).sort()).toEqual(
      Object.values(widgets)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await kernel.request("comm_info", { target_name: "other" })).toEqual({ status: "ok", comms: {} });
    const ask = async (widget: Opened | undefined) => {
      const content = { comm_id: widget?.id, data: { method: "request_state" } };
      return stateIn(await kernel.tell("comm_msg", content), widget);
    };
    expect(await ask(widgets.t)).toEqual({ ...widgets.t?.state, value: 1.5 });
    const picture = await ask(widgets.HTMLModel);
    expect(picture).toMatchObject({ _model_name: "HTMLModel" });
    expect(picture?.value).toContain("t = 1.50");
  });

  test("what nobody answers to is closed", async () => {
    for (const [type, id] of [
      ["comm_open", "new"],
      ["comm_msg", "gone"],
    ] as const) {
      const content = { comm_id: id, target_name: "jupyter.widget.control", data: {} };
      const messages = await kernel.tell(type, content);
      expect(types(messages)).toEqual(["busy", "comm_close", "idle"]);
      expect(messages[1]?.content).toEqual({ comm_id: id, data: {} });
      // Once: the page takes it for an error to hear it again.
      expect(types(await kernel.tell("comm_msg", content))).toEqual(["busy", "idle"]);
    }
    const { widgets } = await live(`slider({ ${range} }, lineTo)`);
    expect(types(await kernel.tell("comm_close", { comm_id: widgets.t?.id, data: {} }))).toEqual([
      "busy",
      "idle",
    ]);
    expect(await comms()).not.toContain(widgets.t?.id);
  });
});

describe("while the kernel is busy", () => {
  const busy = (ms: number) => `for (const end = performance.now() + ${ms}; performance.now() < end; );`;

  test("values are merged: the newest is drawn, before the cells that wait", async () => {
    const { widgets } = await live(
      `drawn = []; slider({ ${range} }, (t) => { drawn.push(t); }, { frames: 1 })`,
    );
    const running = kernel.execute(busy(800));
    const waiting = kernel.execute("drawn.push(-1)");
    const values = [0.1, 0.2, 0.3, 0.4, 1.9];
    const answers = await Promise.all(values.map((value) => move(kernel, widgets.t, value)));
    await Promise.all([running, waiting]);
    for (const messages of answers.slice(0, -1)) expect(types(messages)).toEqual(["busy", "idle"]);
    expect(types(answers.at(-1) ?? [])).toEqual(["busy", "comm_msg", "idle"]);
    const { outputs } = await kernel.execute("drawn.join()");
    expect(outputs).toMatchObject([{ data: { "text/plain": "'0.5,1.9,-1'" } }]);
  });

  test("sliders are merged one by one: each has its own newest value", async () => {
    const { widgets } = await live(
      "slider({ a: { from: 0, to: 1 }, b: { from: 0, to: 1 } }, ({ a, b }) => [a, b].join(' and '), { frames: 1 })",
    );
    const running = kernel.execute(busy(500));
    await Promise.all([
      ...[0.1, 0.2].map((value) => move(kernel, widgets.a, value)),
      ...[0.3, 0.4].map((value) => move(kernel, widgets.b, value)),
    ]);
    await running;
    const messages = await move(kernel, widgets.a, 0.9);
    expect(stateIn(messages, widgets.HTMLModel)?.value).toContain("0.9 and 0.4");
  });

  test("a function that takes long is given what is newest when it has ended", async () => {
    const { widgets } = await live(
      `drawn = []; slider({ ${range} }, async (t) => { drawn.push(t); await new Promise((r) => setTimeout(r, 300)); return String(t); }, { frames: 1 })`,
    );
    await Promise.all([0.6, 0.7, 0.8, 0.9].map((value) => move(kernel, widgets.t, value)));
    const { outputs } = await kernel.execute("drawn.at(-1) + ',' + (drawn.length < 5)");
    expect(outputs).toMatchObject([{ data: { "text/plain": "'0.9,true'" } }]);
  });
});

describe("what the function does", () => {
  test("may be to return a figure, HTML, a text, a promise, or nothing", async () => {
    const { move: to } = await live(`slider({ ${range} }, async (t) => {
  await null;
  return t < 0.6 ? lineTo(t) : t < 0.7 ? html("<b>" + t + "</b>") : t < 0.8 ? "a < b" : undefined;
})`);
    expect(await to(0.55)).toContain("<svg");
    expect(await to(0.65)).toContain("<b>0.65</b>");
    expect(await to(0.75)).toContain("a &lt; b");
    expect(await to(0.85)).toBe("");
  });

  test("what it prints and displays stands under its picture, and nowhere else", async () => {
    const {
      shown,
      widgets,
      move: to,
    } = await live(`slider({ ${range} }, (t) => {
  console.log("t is", t);
  void display(html("<i>shown</i>"));
  const area = liveDisplay("first");
  area.update("second");
  return lineTo(t);
})`);
    expect(shown.outputs.map((output) => output.output_type)).toEqual(["display_data", "execute_result"]);
    for (const picture of [String(widgets.HTMLModel?.state.value), await to(1.5)]) {
      expect(picture).toMatch(/<\/svg>.*>t is (0.5|1.5)\n<\/pre><i>shown<\/i><pre[^>]*>second<\/pre>$/s);
    }
    const messages = await move(kernel, widgets.t, 1.6);
    expect(types(messages)).toEqual(["busy", "comm_msg", "idle"]);
  });

  test("an error stands under the last picture, with its line, and the slider goes on", async () => {
    const { move: to } = await live(`slider({ ${range} }, (t) => {
  if (t > 1) throw new RangeError("too <far>");
  return lineTo(t);
}, { frames: 1 })`);
    await to(0.9);
    const failed = await to(1.5);
    expect(failed).toMatch(/t = 0\.90.*<\/svg>.*RangeError: too &lt;far&gt;.*2 │ {3}if \(t &gt; 1\)/s);
    expect(await to(0.8)).toMatch(/t = 0\.80(?!.*RangeError)/s);
  });

  test("so does an error that nobody catches, and one of a promise", async () => {
    const { move: to } = await live(`slider({ ${range} }, async (t) => {
  if (t > 1.5) setTimeout(() => { throw new TypeError("later"); }, 20);
  else if (t > 1) await Promise.reject(new SyntaxError("soon"));
  if (t > 1) await new Promise((r) => setTimeout(r, 300));
  return lineTo(t);
}, { frames: 1 })`);
    expect(await to(1.2)).toContain("SyntaxError: soon");
    expect(await to(1.8)).toContain("TypeError: later");
    expect(await to(0.8)).toContain("t = 0.80");
  });

  test.each(["for (;;);", "await new Promise(() => {});"])(
    "interrupts %s, and the slider goes on",
    async (endless) => {
      const { widgets, move: to } = await live(
        `slider({ ${range} }, async (t) => { if (t > 1) { ${endless} } return lineTo(t); }, { frames: 1 })`,
      );
      const stuck = move(kernel, widgets.t, 1.5);
      await delay(300);
      await kernel.interrupt();
      expect(stateIn(await stuck, widgets.HTMLModel)?.value).toContain(
        "Stopped before the picture was ready",
      );
      expect(await to(0.7)).toContain("t = 0.70");
      expect((await kernel.execute("1 + 1")).outputs).toMatchObject([{ data: { "text/plain": "2" } }]);
    },
  );

  test("leaves no tensor behind in 1,000 moves, nor when it throws or is interrupted", async () => {
    const { widgets, move: to } = await live(`slider({ ${range} }, async (t) => {
  const y = tf.add(tf.ones([10]), t);
  if (t === 1) throw new Error("one");
  if (t === 2) await new Promise(() => {});
  return lineTo((await y.data())[0]);
}, { frames: 1 })`);
    const count = async () => (await kernel.execute("console.log(tf.memory().numTensors)")).outputs;
    await to(0.3);
    const before = await count();
    for (let i = 0; i < 1000; i++) await to(i / 2000);
    await to(1);
    const stuck = move(kernel, widgets.t, 2);
    await delay(200);
    await kernel.interrupt();
    await stuck;
    expect(await count()).toEqual(before);
  }, 60_000);
});

describe("a slider's end", () => {
  beforeEach(async () => {
    await kernel.execute("0", { metadata: { cellId: "live" } });
    expect(await comms()).toEqual([]);
  });

  test("is that its cell is run again or deleted", async () => {
    const code = `slider({ ${range} }, lineTo, { frames: 1 })`;
    const first = await live(code);
    expect((await comms()).length).toBe(5);
    await live(code, "another");
    expect((await comms()).length).toBe(10);
    const again = await live(code);
    const closed = again.shown.messages.filter(({ header }) => header.msg_type === "comm_close");
    expect(closed.map(({ content }) => content.comm_id).sort()).toEqual(
      Object.values(first.widgets)
        .map(({ id }) => id)
        .sort(),
    );
    expect((await comms()).length).toBe(10);
    await kernel.execute("1", { metadata: { deletedCells: ["another", "live"] } });
    expect(await comms()).toEqual([]);
  });

  test("where a client sends no cell ids, that the same code is run again", async () => {
    const code = `slider({ ${range} }, lineTo, { frames: 1 })`;
    for (let i = 0; i < 3; i++) await kernel.execute(code);
    expect((await comms()).length).toBe(5);
    await kernel.execute("1", { metadata: { cellId: "x" } });
    expect((await comms()).length).toBe(5);
  });
});

test("a position with a rounding of the page's in it names a place of a list all the same", async () => {
  const { move } = await live(`slider({ name: "t", from: 0, to: 2, step: 1 }, (t) => lineTo([5, 7, 9][t]))`);
  expect(await move(1.0000000000000002)).toContain("(1, 7)");
});
