import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hostKey } from "../ground/notebook/notebook-host.ts";
import { escapeHtml, jupyterDisplay } from "../ground/notebook/rich.ts";
import { display, liveDisplay } from "./display.ts";
import { html, markdown } from "./html.ts";
import { duration, progressBar, progressHtml, progressText } from "./progress-bar.ts";
import { table } from "./table.ts";
import { terminalArea } from "./terminal.ts";
import { trainingDisplay } from "./training-display.ts";

interface Shown {
  readonly data: Record<string, unknown>;
  readonly options: { displayId?: string; update?: boolean };
}

const globals = globalThis as Record<symbol, unknown>;
let shown: Shown[] = [];

function startNotebook(): void {
  const publish = (data: Record<string, unknown>, options = {}) => void shown.push({ data, options });
  globals[hostKey] = { cellId: "cell", executionCount: 1, display: publish };
}

beforeEach(() => {
  shown = [];
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  delete globals[hostKey];
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const hostile = `<img src=x onerror="alert('1')">&`;

describe("values", () => {
  test("HTML carries a plain text for terminals", () => {
    const value = html("<p>a &lt; b</p><script>no()</script><b>c</b>");
    expect(value[jupyterDisplay]()).toMatchObject({ "text/html": value.source, "text/plain": "a < b c" });
    expect(inspect(value)).toBe("a < b c");
    expect(markdown("*x*")[jupyterDisplay]()).toEqual({ "text/markdown": "*x*", "text/plain": "*x*" });
  });

  test("escaped text has no character that HTML reads", () => {
    expect(escapeHtml(hostile)).toBe("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;");
  });

  test("a table aligns numbers, shows missing cells as empty and escapes everything", () => {
    const rows = [
      { [hostile]: hostile, loss: -1.23456789 },
      { [hostile]: "b", loss: undefined },
    ];
    const bundle = table(rows, { caption: hostile })[jupyterDisplay]();
    expect(bundle["text/html"]).not.toContain("<img");
    expect(bundle["text/html"]).toContain('text-align:right">−1.2346</td>');
    expect(`${bundle["text/plain"]}`.split("\n").at(-1)).toBe("b");
    expect(() => table([])).toThrow("expected a row");
  });
});

describe("display", () => {
  test("in a notebook publishes what the value says of itself, at once or when it is ready", async () => {
    startNotebook();
    void display(html("<b>now</b>"));
    expect(shown[0]?.data["text/html"]).toBe("<b>now</b>");
    await display({ [jupyterDisplay]: async () => ({ "text/plain": "later" }) });
    expect(shown[1]?.data).toEqual({ "text/plain": "later" });
    void display({ a: 1 });
    expect(shown[2]?.data).toEqual({ "text/plain": "{ a: 1 }" });
  });

  test("in a terminal prints the text", () => {
    const print = vi.spyOn(console, "log").mockImplementation(() => {});
    void display(html("<b>text</b>"));
    expect(print).toHaveBeenCalledWith("text");
  });

  test("a live display is one output that changes", () => {
    startNotebook();
    const live = liveDisplay("one");
    live.update("two");
    const ids = shown.map((output) => output.options.displayId);
    expect(new Set(ids).size).toBe(1);
    expect(shown.map((output) => output.options.update)).toEqual([false, true]);
    expect(() => live.update({ [jupyterDisplay]: async () => ({}) })).toThrow("at once");
  });

  test("a terminal's lines are rewritten, wrapped rows included; a pipe gets plain lines", () => {
    const written: string[] = [];
    const terminal = terminalArea({ isTTY: true, columns: 10, write: (text) => written.push(text) });
    terminal({ "text/plain": "0123456789abc\nshort" });
    terminal({ "text/plain": "new" });
    expect(written).toEqual(["0123456789abc\nshort\n", "\u001b[3A\r\u001b[Jnew\n"]);
    const piped: string[] = [];
    const pipe = terminalArea({ write: (text) => piped.push(text) });
    pipe({ "text/plain": "a" });
    pipe({ "text/plain": "b" });
    expect(piped).toEqual(["a\n", "b\n"]);
  });
});

describe("progressBar", () => {
  test("shows at most ten updates a second, and always the end", () => {
    startNotebook();
    const bar = progressBar("Work", 1000);
    for (let step = 1; step <= 1000; step++) {
      vi.advanceTimersByTime(2);
      bar.update(step);
    }
    bar.finish();
    bar.finish();
    expect(shown.length).toBeGreaterThan(15);
    expect(shown.length).toBeLessThanOrEqual(22);
    expect(shown.at(-1)?.data["text/plain"]).toBe("Work [████████████████████] 1,000 / 1,000 · in 2.0 s");
  });

  test("estimates the time that is left", () => {
    startNotebook();
    const bar = progressBar("Work", 10);
    vi.advanceTimersByTime(3000);
    bar.update(3, "fine");
    expect(shown.at(-1)?.data["text/plain"]).toBe("Work [██████··············] 3 / 10 · fine · 7.0 s left");
    expect([0.04, 12.4, 200, 7300].map(duration)).toEqual(["0.0 s", "12 s", "3 min 20 s", "2 h 2 min"]);
  });

  test("labels and texts cannot bring markup along; a count beyond the total is the total", () => {
    const state = { label: hostile, text: hostile, count: 1, total: 2, elapsed: 1, finished: false };
    expect(progressHtml(state)).not.toContain("<img");
    expect(progressText({ ...state, count: 0 })).not.toContain("left");
    // A loop that runs further than it said: the dots left of the bar were −20, which throws.
    expect(progressText({ ...state, count: 2 * state.total })).toContain("█".repeat(20));
    expect(progressHtml({ ...state, count: 2 * state.total })).toContain('aria-valuenow="100"');
    expect(() => progressBar("x", 0)).toThrow("positive number; got 0");
    startNotebook();
    const bar = progressBar("Work", 2);
    bar.update(5);
    bar.finish();
    expect(shown.at(-1)?.data["text/plain"]).toContain("2 / 2");
  });

  test("where output goes to a file, only the end is written", () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const bar = progressBar("Work", 2);
    bar.update(1);
    bar.finish("stopped early");
    expect(write.mock.calls.map(([text]) => text)).toEqual([
      expect.stringContaining("1 / 2 · stopped early"),
    ]);
  });
});

describe("training display", () => {
  test("one live output with bar and curve, then one interactive figure with every loss", () => {
    startNotebook();
    const onProgress = trainingDisplay({ steps: 50, optimum: 0.1 });
    for (let step = 1; step <= 50; step++) {
      vi.advanceTimersByTime(150);
      onProgress({ step, loss: 1 / step, validation: step % 10 === 0 ? 1.1 / step : undefined });
    }
    onProgress.finish();
    const live = shown.filter((output) => output.options.displayId !== undefined);
    expect(live).toHaveLength(50);
    expect(live[20]?.data["text/html"]).toContain("<svg");
    expect(live[20]?.data["text/plain"]).toContain(
      "21 / 50 · negative log-likelihood 0.0476 nats · held-out 0.0550",
    );
    expect(live.at(-1)?.data["text/html"]).not.toContain("<svg");
    const final = shown.filter((output) => output.options.displayId === undefined);
    expect(final).toHaveLength(1);
    expect(final[0]?.data["text/plain"]).toBe("[figure] Loss curve: 50 values, the last 0.020000");
  });

  test("a loss that turns NaN is shown as such and does not stop the training", () => {
    startNotebook();
    const onProgress = trainingDisplay({ steps: 3 });
    for (const step of [1, 2, 3]) {
      vi.advanceTimersByTime(150);
      onProgress({ step, loss: Number.NaN });
    }
    expect(shown.at(-1)?.data["text/plain"]).toContain("3 / 3 · negative log-likelihood NaN nats");
  });

  test("done() ends an interrupted run and shows what there is", () => {
    startNotebook();
    const onProgress = trainingDisplay({ steps: 100 });
    onProgress({ step: 1, loss: 2 });
    onProgress({ step: 2, loss: 1 });
    onProgress.finish();
    expect(shown.at(-1)?.data["text/plain"]).toContain("2 values, the last 1.0000");
  });
});

describe("the live curve of a training", () => {
  /** Texts and lines of the last live picture. */
  function livePicture(options: Parameters<typeof trainingDisplay>[0]): string {
    startNotebook();
    const onProgress = trainingDisplay(options);
    for (let step = 1; step <= 20; step++) {
      vi.advanceTimersByTime(150);
      onProgress({ step, loss: 2 - step / 50, validation: step % 5 === 0 ? 2.1 - step / 50 : undefined });
    }
    const live = shown.filter((output) => output.options.displayId !== undefined);
    return `${live.at(-1)?.data["text/html"]}`;
  }

  test("names the unit, the held-out data and the best value, wherever that lies", () => {
    for (const optimum of [0.5, 4]) {
      const picture = livePicture({ steps: 10_000, optimum, optimumName: "entropy" });
      for (const text of ["negative log-likelihood (nats)", "training", "held-out", "entropy", "10,000"]) {
        expect(picture).toContain(`>${text}</tspan>`);
      }
      // The dashed line of the best value goes through the whole picture, between its upper and its lower end.
      const [, x0, y0, x1] =
        /<path d="M([\d.]+),([\d.]+)L([\d.]+),[\d.]+"[^>]*stroke-dasharray/.exec(picture) ?? [];
      expect([Number(x1) - Number(x0) > 430, Number(y0) > 30, Number(y0) < 205]).toEqual([true, true, true]);
    }
  });

  test("no tick is cut off: the last one, half of it beyond the axis, ends before the picture does", () => {
    const picture = livePicture({ steps: 1_000_000 });
    const [, x] = /x="([\d.]+)"[^>]*>1,000,000</.exec(picture) ?? [];
    expect(Number(x) + ("1,000,000".length * 12 * 0.56) / 2).toBeLessThanOrEqual(560);
  });

  test("takes its colours from the page", () => {
    expect(livePicture({ steps: 50 })).toMatch(
      /\[data-jp-theme-light="false"\] \.flowlab-picture\{--flowlab-/,
    );
  });
});
