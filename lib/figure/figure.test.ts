import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { lineFigure } from "./curves/line.ts";
import { figure } from "./figure.ts";
import { warpedGridFigure } from "./plane/warped-grid.ts";

describe("what a figure accepts", () => {
  test("typed arrays become plain numbers, in frames and markers too", () => {
    const y = new Float32Array([1, 2]);
    const fig = figure([{ y, marker: { size: y } }], {}, { frames: [{ name: "a", data: [{ y }] }] });
    expect(fig.data[0]?.y).toEqual([1, 2]);
    expect(fig.data[0]?.marker?.size).toEqual([1, 2]);
    expect(fig.frames[0]?.data[0]?.y).toEqual([1, 2]);
  });

  test("a still that is no frame is refused", () => {
    const frames = [{ name: "a", data: [{ y: [1] }] }];
    expect(() => figure([{ y: [0] }], {}, { frames, still: 1 })).toThrow(
      "figure: still is 1; expected the number of one of 1 frame, from 0",
    );
  });

  test.each([
    ["no trace", [], "expected at least one trace"],
    ["different lengths", [{ x: [1, 2, 3], y: [1, 2] }], "x has 3 values and y has 2"],
    [
      "only NaN",
      [{ name: "loss", y: [Number.NaN, Number.NaN] }],
      'trace 0 ("loss").y: none of its 2 values is finite',
    ],
    ["nothing", [{ y: [] }], "expected at least one value"],
    ["nested arrays", [{ y: [[1], [2]] as never }], "flatten it first"],
    ["a tensor", [{ y: { dataSync() {} } as never }], "await tensor.array()"],
    ["a ragged heatmap", [{ type: "heatmap", z: [[1, 2], [3]] }], "row 1 has 1"],
    [
      "a heatmap with wrong x",
      [{ type: "heatmap", x: [1, 2, 3, 4], z: [[1, 2]] }],
      "z has 2 columns and x has 4",
    ],
  ])("refuses %s", (_, data, message) => {
    expect(() => figure(data)).toThrow(message);
  });

  test("refuses a frame for a trace that does not exist", () => {
    const frames = [{ name: "late", data: [{ y: [1] }], traces: [1] }];
    expect(() => figure([{ y: [1] }], {}, { frames })).toThrow('frame "late"');
  });

  test("single values that are not finite are gaps, not errors", () => {
    const page = figure([{ y: [1, Number.NaN, Number.POSITIVE_INFINITY] }]).toHTML({ plotly: "page" });
    expect(page).toContain('"y":[1,null,null]');
  });
});

describe("what a figure gives", () => {
  const fig = figure([{ y: [1, 2], name: "</script><b>" }], { title: "A & B", xaxis: { title: "x" } });

  test("titles as objects, as plotly wants them", () => {
    expect(fig.layout.title).toEqual({ text: "A & B" });
    expect(fig.layout.xaxis?.title).toEqual({ text: "x" });
  });

  test("data cannot end the script that holds them", () => {
    const page = fig.toHTML({ plotly: "page" });
    expect(page.match(/<\/script>/g)).toHaveLength(2);
    const json = /<script type="application\/json">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
    expect(JSON.parse(json).data[0].name).toBe("</script><b>");
  });

  test("equal figures give equal HTML, so rebuilt pages do not differ", () => {
    const again = figure([{ y: [1, 2] }]);
    expect(again.toHTML({ plotly: "page" })).toBe(figure([{ y: [1, 2] }]).toHTML({ plotly: "page" }));
  });

  test("a terminal shows what it is, not its JSON", () => {
    expect(inspect(fig)).toBe("[figure] A & B: ");
    expect(inspect(figure([{ y: [1] }], {}, { description: "One point" }))).toBe("[figure] One point");
  });
});

test("a vertical axis that is given is drawn as it is, and one that does not rise is refused", () => {
  const options = { series: [{ x: [0, 1], y: [0, 1] }], xTitle: "x", yTitle: "y" };
  expect(lineFigure({ ...options, yRange: [-4, 4] }).layout.yaxis?.range).toEqual([-4, 4]);
  expect(lineFigure(options).layout.yaxis?.range).toBeUndefined();
  for (const yRange of [[1, 1], [2, -2], [0]] as unknown as [number, number][])
    expect(() => lineFigure({ ...options, yRange })).toThrow(/yRange as two numbers, the lower one first/);
});

test("options inside of options are refused by name as well: a misspelt one would be left out without a word", () => {
  const names = { xTitle: "x", yTitle: "y" };
  const series = [
    { x: [0, 1], y: [1, 2] },
    { x: [0, 1], y: [1, 2], nmae: "b" },
  ] as { x: number[]; y: number[] }[];
  expect(() => lineFigure({ ...names, series })).toThrow(
    /lineFigure, series 1: .*got "nmae". Did you mean name/,
  );
  const cell = { corner: [0, 0], side: 1, sied: 2 } as { corner: [number, number]; side: number };
  expect(() => warpedGridFigure({ map: (z) => z, cell })).toThrow(/cell: .*got "sied". Did you mean side/);
});
