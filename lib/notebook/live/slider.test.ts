import { inspect } from "node:util";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { lineFigure } from "../../figure/index.ts";
import { jupyterDisplay } from "../../ground/notebook/rich.ts";
import { collectAside, fitColumn, pictureOf } from "./picture.ts";
import { fullRange, positions, writeNumber } from "./ranges.ts";
import { slider } from "./slider.ts";
import { stillFrames } from "./still.ts";

const lineTo = (y: number) =>
  lineFigure({ series: [{ x: [0, 1], y: [0, y], name: "line" }], xTitle: "z", yTitle: "x" });

/** The pictures that a page without a kernel finds, slider by slider. */
function framesIn(html: string): string[][] {
  const [, packed = ""] = /data-flowlab-frames="">([^<]*)</.exec(html) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString());
}

/** The folded texts below pictures, each in the words that its picture says of itself. */
const wordsIn = (html: string) =>
  [
    ...html.matchAll(
      /<details data-flowlab-words=""[^>]*><summary[^>]*>In words<\/summary><p[^>]*>(.*?)<\/p><\/details>/g,
    ),
  ].map(([, words]) => words);

const titles = (pictures: readonly string[]) =>
  pictures.map((picture) => /<title>(.*?)<\/title>/.exec(picture)?.[1]);

test("without a kernel there are pictures of some positions, the first one seen where no scripts run", async () => {
  const asked: number[] = [];
  const made = slider({ name: "t", from: 0, to: 2, step: 0.5, value: 1.5 }, (t) => {
    asked.push(t);
    return lineTo(t);
  });
  expect(asked).toEqual([]);
  expect(inspect(made)).toBe("[slider] t from 0.0 to 2.0");
  const bundle = await made[jupyterDisplay]();
  const html = String(bundle["text/html"]);
  expect(asked).toEqual([1.5, 0, 2, 1, 0.5]);
  expect(titles(framesIn(html)[0] ?? [])).toEqual(
    ["0.0", "0.5", "1.0", "1.5", "2.0"].map((t) =>
      expect.stringContaining(`t = ${t}. line. Line “line”: through`),
    ),
  );
  expect(html).toContain('alt="t = 1.5. line. Line “line”: through (0, 0), (1, 1.5)."');
  expect(html).toContain('max="4" step="1" value="3"');
  expect(titles([String(bundle["image/svg+xml"])])).toEqual([
    "t = 1.5. line. Line “line”: through (0, 0), (1, 1.5).",
  ]);
});

test("below each picture it says in words what it shows, also where no scripts run, and what is displayed beside it does", async () => {
  const made = slider({ name: "a<b", from: 0, to: 1, step: 1 }, lineTo);
  const html = String((await made[jupyterDisplay]())["text/html"]);
  const said = (a: number) => `a&lt;b = ${a}. line. Line “line”: through (0, 0), (1, ${a}).`;
  const [first = "", last = ""] = framesIn(html)[0] ?? [];
  expect([html, first, last].map(wordsIn)).toEqual([[said(0)], [said(0)], [said(1)]]);
  for (const picture of [html, first]) expect(picture).toMatch(/(<img|<\/svg>).*<details/s);
  const none = slider({ from: 0, to: 1 }, () => "only text");
  expect(String((await none[jupyterDisplay]())["text/html"])).not.toContain("<details");
  const aside = collectAside();
  aside.sink.display(lineTo(2)[jupyterDisplay]());
  expect(wordsIn(aside.html)).toEqual(["line. Line “line”: through (0, 0), (1, 2)."]);
});

test("several sliders are each moved alone", async () => {
  const asked: object[] = [];
  const ranges = { a: { from: 0, to: 1, step: 1 }, "b>": { from: -1, to: 1, step: 1, value: 0 } };
  const made = slider(
    ranges,
    (values) => {
      asked.push(values);
      return `${values.a}, ${values["b>"]}`;
    },
    { frames: 3 },
  );
  const { "text/html": html } = await made[jupyterDisplay]();
  expect(asked).toEqual([
    { a: 0, "b>": 0 },
    { a: 0, "b>": -1 },
    { a: 1, "b>": 0 },
    { a: 0, "b>": 1 },
  ]);
  const texts = framesIn(String(html)).map((pictures) =>
    pictures.map((text) => text.replace(/<[^>]*>/g, "")),
  );
  expect(texts).toEqual([
    ["0, 0", "1, 0"],
    ["0, -1", "0, 0", "0, 1"],
  ]);
  expect(html).toContain("b&gt;");
});

test("large pictures are kept in fewer positions", async () => {
  const large = "x".repeat(3e6);
  const made = slider({ from: 0, to: 1 }, () => large);
  const html = String((await made[jupyterDisplay]())["text/html"]);
  expect(framesIn(html)[0]?.length).toBe(2);
});

test("slow pictures are kept in fewer positions, the ends of every slider before the rest", async () => {
  const ranges = ["a", "b"].map((name) => fullRange(name, { from: 0, to: 8, step: 1 }));
  const asked: object[] = [];
  const draw = async (changed: object) => {
    asked.push(changed);
    now += 10;
    return "picture";
  };
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  const kept = await stillFrames(ranges, 9, "first", draw, 15);
  clock.mockRestore();
  expect(asked).toEqual([{ a: 8 }, { b: 8 }]);
  expect(kept.map(({ values }) => values)).toEqual([
    [0, 8],
    [0, 8],
  ]);
});

test("where the function throws, the position has the error for a picture", async () => {
  const made = slider({ from: 0, to: 1, step: 1 }, (t) => {
    if (t > 0) throw new RangeError("too <far>");
    return lineTo(t);
  });
  const [pictures] = framesIn(String((await made[jupyterDisplay]())["text/html"]));
  expect(pictures?.[1]).toContain("RangeError: too &lt;far&gt;");
});

test("an error at first is an error of the cell", async () => {
  const made = slider({ from: 0, to: 1 }, () => {
    throw new RangeError("no");
  });
  await expect(made[jupyterDisplay]()).rejects.toThrow("no");
});

test("an end or a value that is off by a rounding fits", () => {
  const range = fullRange("t", { from: 0, to: 0.3, step: 0.1, value: 0.1 + 0.2 });
  expect(positions(range, 9)).toEqual([0, 0.1, 0.2, 0.3]);
});

test("positions are steps from the start, with the first value among them", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(1, 0.5, 0.1, 0.25, 0.01),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(),
      (from, steps, step, count, at) => {
        const range = fullRange("t", {
          from,
          to: from + steps * step,
          step,
          value: from + (at % steps) * step,
        });
        const found = positions(range, count);
        expect(found).toContain(range.value);
        expect(found.length).toBeLessThanOrEqual(count + 1);
        expect(new Set(found.map((value) => writeNumber(value, range))).size).toBe(found.length);
        for (const value of found) {
          expect(Math.abs((value - from) / step - Math.round((value - from) / step))).toBeLessThan(1e-6);
        }
        if (count > 1) expect([found[0], found.at(-1)?.toFixed(6)]).toEqual([from, range.to.toFixed(6)]);
      },
    ),
  );
});

test.each([
  [() => slider(3 as never, lineTo), "slider: expected a range, e.g. { from: 0, to: 1 }; got 3"],
  [() => slider({}, lineTo as never), "slider: expected at least one range; got {}"],
  [() => slider({ from: 0, to: 1 }, undefined as never), "slider: expected a function of the value"],
  [() => slider({ from: 1, to: 1 }, lineTo), "slider value: from must be below to; got from 1 to 1"],
  [
    () => slider({ name: "t", from: 0, to: Number.NaN }, lineTo),
    "slider t: to must be a finite number; got NaN",
  ],
  [() => slider({ from: 0, to: 1, step: 2 }, lineTo), "step must lie between 0 and 1, the whole way; got 2"],
  [() => slider({ from: 0, to: 1, value: 2 }, lineTo), "value must lie between 0 and 1; got 2"],
  [
    () => slider({ a: 3 as never }, lineTo as never),
    "slider a: expected a range, e.g. { from: 0, to: 1 }; got 3",
  ],
  [
    () => slider({ from: 0, to: 1 }, lineTo, { frames: 0 }),
    "frames must be a whole number from 1 to 201; got 0",
  ],
])("says what is wrong with %s", (make, message) => {
  expect(make).toThrow(message);
});

test("in a narrow column a picture keeps letters that can be read, and is scrolled", async () => {
  const figure = (size: number) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="680" height="300"><text font-size="${size}">a</text></svg>`;
    return fitColumn(svg, svg.replace("<svg ", '<svg style="SIZE" '));
  };
  expect(figure(12)).toMatch(/^<div style="overflow-x:auto"><svg style="max-width:100%;min-width:510px;/);
  expect(figure(9)).toContain("min-width:680px");
  expect(fitColumn("<svg ></svg>", '<svg style="SIZE"></svg>')).not.toContain("min-width");
  const drawn = lineFigure({ series: [{ x: [0, 1], y: [0, 1] }], xTitle: "x", yTitle: "y" });
  const { html } = await pictureOf(drawn, "a = 0");
  const [, least] = /min-width:(\d+)px/.exec(html) ?? [];
  const letters = [...html.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
  expect(letters.length).toBeGreaterThan(5);
  expect((Math.min(...letters) * Number(least)) / 680).toBeGreaterThanOrEqual(9);
});
