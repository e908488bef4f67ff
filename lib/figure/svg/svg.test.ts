import { describe, expect, test } from "vitest";
import { figure } from "../figure.ts";
import type { Axis } from "../types.ts";
import { renderSvg } from "./svg.ts";

/** Names of the elements in document order, after checking that every tag is closed in order and every text escaped. */
function elements(xml: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-zA-Z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, end, name, __, empty) => {
      if (end === "/") expect(open.pop(), "closing tag").toBe(name);
      else names.push(name);
      if (end !== "/" && empty !== "/") open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!(amp|lt|gt|quot|#39);)/);
  return names;
}

const count = (xml: string, name: string) => elements(xml).filter((element) => element === name).length;

describe("the static picture", () => {
  test("is well-formed whatever a text contains", () => {
    const texts = [
      "a < b & c > \"d\" 'e'",
      "<b>open",
      "</i>closed",
      "x<sub>1</sub><sup>2</sup><br>next",
      "\u0000\u0007",
    ];
    for (const text of texts) {
      const annotations = [{ text, x: 0, y: 0 }];
      elements(renderSvg([{ y: [0, 1], name: text, showlegend: true }], { title: text, annotations }));
    }
  });

  test("draws one mark per value and leaves gaps out", () => {
    const points = { mode: "markers", x: [1, 2, 3], y: [1, null, Number.NaN], showlegend: false };
    expect(count(renderSvg([points], {}), "circle")).toBe(1);
    const plain = count(renderSvg([{ type: "bar", x: [1], y: [1] }], {}), "rect");
    expect(count(renderSvg([{ type: "bar", x: [1, 2, 3], y: [1, 2, 3] }], {}), "rect")).toBe(plain + 2);
    const cells = renderSvg(
      [
        {
          type: "heatmap",
          z: [
            [1, 2, 3],
            [4, 5, Number.NaN],
          ],
        },
      ],
      {},
    );
    expect(count(cells, "rect")).toBe(plain - 1 + 5);
  });

  test("puts values where the axis says", () => {
    const layout = {
      xaxis: { range: [0, 10] },
      yaxis: { range: [0, 1] },
      margin: { l: 100, r: 100, t: 100, b: 100 },
    } as const;
    const svg = renderSvg([{ mode: "markers", x: [5], y: [0.25] }], layout, { width: 400, height: 300 });
    expect(svg).toContain('<circle cx="200" cy="175"');
  });

  test("a logarithmic axis reads its range in powers of ten", () => {
    const layout = { xaxis: { type: "log", range: [0, 4] }, margin: { l: 0, r: 0, t: 0, b: 0 } } as const;
    const svg = renderSvg([{ mode: "markers", x: [100], y: [1] }], layout, { width: 400, height: 100 });
    expect(svg).toContain('<circle cx="200"');
  });

  /** Of a vertical axis: each point's height above the bottom line, as a share of the plot's, and the numbers at the ticks. */
  const upAxis = (y: number[], yaxis: Axis) => {
    const layout = { yaxis, xaxis: { tickvals: [] }, margin: { l: 100, r: 0, t: 100, b: 100 } };
    const svg = renderSvg([{ mode: "markers", x: y.map((_, i) => i), y }], layout, {
      width: 400,
      height: 400,
    });
    return {
      points: [...svg.matchAll(/<circle[^>]* cy="([\d.]+)"/g)].map(([, cy]) => (300 - Number(cy)) / 200),
      ticks: [...svg.matchAll(/<tspan[^>]*>([−\d.]+)<\/tspan>/g)].map(([, text]) =>
        Number(text?.replace("−", "-")),
      ),
    };
  };

  test("an axis that goes to zero has it at its end, and its values as far off as they are large", () => {
    for (const y of [[0.4, 2], [-0.4, -2], [3]]) {
      const largest = y.at(-1) as number;
      const { points, ticks } = upAxis(y, { rangemode: "tozero" });
      expect(ticks).toContain(0);
      // A twentieth of the way is left beyond the largest: 1 / 1.05 of the height is its own.
      for (const [i, point] of points.entries())
        expect(largest > 0 ? point : 1 - point).toBeCloseTo((y[i] as number) / largest / 1.05, 3);
    }
    // Data on both sides of zero keep their room, as without it.
    expect(upAxis([-1, 1], { rangemode: "tozero" })).toEqual(upAxis([-1, 1], {}));
    expect(upAxis([0.4, 2], { rangemode: "tozero", range: [0.4, 2] }).points).toEqual([0, 1]);
    expect(upAxis([0, 0], { rangemode: "tozero" }).points).toEqual([0, 0]);
    expect(upAxis([0.4, 2], {}).points[0]).toBeCloseTo(0.05 / 1.1, 3);
  });

  test("an axis of no negative numbers has no room below zero", () => {
    expect(upAxis([-1, 0.01, 2], { rangemode: "nonnegative" }).points[1]).toBeCloseTo(0.01 / 2.15, 3);
    expect(upAxis([0.01, 2], { rangemode: "nonnegative" }).points[0]).toBeCloseTo(0.01 / 2.0995, 3);
    expect(upAxis([1, 2], { rangemode: "nonnegative" })).toEqual(upAxis([1, 2], {}));
    expect(upAxis([-2, -1], { rangemode: "nonnegative" }).ticks).toContain(0);
  });

  test("an axis has no more ticks than it may", () => {
    for (const top of [0.3, 0.45, 0.7, 1, 2.6, 9, 40]) {
      expect(upAxis([0, top], { range: [0, top] }).ticks.length).toBeGreaterThan(3);
      for (const nticks of [1, 2, 3]) {
        const { ticks } = upAxis([0, top], { range: [0, top], nticks });
        expect(ticks.length, `${nticks} up to ${top}`).toBeGreaterThan(0);
        expect(ticks.length, `${nticks} up to ${top}`).toBeLessThanOrEqual(nticks);
      }
    }
  });

  test("two plots side by side keep to their own halves", () => {
    const data = [
      { mode: "markers", x: [0, 1], y: [0, 1] },
      { mode: "markers", x: [0, 1], y: [0, 1], xaxis: "x2", yaxis: "y2" },
    ];
    const layout = {
      xaxis: { domain: [0, 0.4] },
      xaxis2: { domain: [0.6, 1] },
      yaxis2: { anchor: "x2" },
    } as const;
    const xs = [...renderSvg(data, layout).matchAll(/<circle cx="([\d.]+)"/g)].map((match) =>
      Number(match[1]),
    );
    expect(Math.max(...xs.slice(0, 2))).toBeLessThan(Math.min(...xs.slice(2)));
  });

  test("the legend of a plot that equal units have made narrower begins above it, clear of its labels", () => {
    const points = (name: string) => ({ mode: "markers", name, x: [-5, 5], y: [-5, 5] });
    const layout = {
      xaxis: { range: [-5, 5] },
      yaxis: { range: [-5, 5], scaleanchor: "x" },
    } as const;
    const legendAndPlot = (names: string[]) => {
      const svg = renderSvg(names.map(points), layout, { width: 680, height: 400 });
      const [, legend] = new RegExp(`<tspan x="([\\d.]+)"[^>]*>${names[0]}<`).exec(svg) ?? [];
      const [, plot] = /<clipPath[^>]*><rect x="([\d.]+)"/.exec(svg) ?? [];
      return [Number(legend) - 30, Number(plot)] as const;
    };
    const [short, plot] = legendAndPlot(["z", "x"]);
    expect(short).toBeCloseTo(plot, 1);
    // One that needs the room has it.
    const [long] = legendAndPlot(["z".repeat(30), "x".repeat(30)]);
    expect(long).toBeLessThan(plot - 20);
  });

  test("a histogram trace is binned: its bars hold all values", () => {
    const svg = renderSvg([{ type: "histogram", x: [0, 0.1, 0.9, 1], nbinsx: 2 }], {
      yaxis: { range: [0, 2] },
    });
    expect(count(svg, "rect")).toBeGreaterThan(2);
  });

  test("tells a heatmap's colours by a bar with its values, beside a plot that makes room for it", () => {
    const z = [
      [0, 1],
      [2, 4],
    ];
    const drawn = (options: object) => renderSvg([{ type: "heatmap", z, ...options }], {});
    const plain = drawn({});
    const [, right] = /<clipPath[^>]*><rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"/.exec(plain) ?? [];
    const barred = drawn({ colorbar: { title: { text: "density" } } });
    const [, narrower] = /<clipPath[^>]*><rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"/.exec(barred) ?? [];
    expect(Number(narrower)).toBeLessThan(Number(right) - 40);
    expect(count(barred, "image")).toBe(1);
    expect(barred).toContain(">density<");
    for (const label of ["0.0", "2.0", "4.0"]) expect(barred).toContain(`>${label}<`);
    // The largest value at the top, as a number's place on an axis.
    const height = (label: string) =>
      Number(new RegExp(`<text[^>]* y="([\\d.]+)"[^>]*><tspan[^>]*>${label}<`).exec(barred)?.[1]);
    expect(height("4.0")).toBeLessThan(height("0.0"));
    expect(drawn({ colorbar: {}, showscale: false })).toBe(plain);
  });

  test("names the axes, the traces and itself", () => {
    const fig = figure(
      [
        { y: [1, 2], name: "first" },
        { y: [2, 1], name: "second" },
      ],
      { title: "Title", xaxis: { title: "step" } },
      { description: "Two lines" },
    );
    for (const text of ["first", "second", "Title", "step", "<title>Two lines. Line “first”: through"]) {
      expect(fig.toSVG()).toContain(text);
    }
  });
});

test("many equal points are a few paths, each of their dots where its circle would be, and overlaps still show", () => {
  const x = Array.from({ length: 600 }, (_, index) => index / 599);
  const draw = (marker: object) =>
    renderSvg([{ mode: "markers", x, y: x, marker: { size: 4, ...marker } }], {});
  const dots = (svg: string) =>
    [...svg.matchAll(/M([\d.]+) ([\d.]+)h0/g)].map(([, a, b]) => [Number(a), Number(b)]);
  const circles = [...draw({ size: x.map(() => 4) }).matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];
  expect(circles.length).toBe(600);
  const solid = draw({});
  expect(solid).not.toContain("<circle");
  expect(solid.match(/stroke-linecap/g)?.length).toBe(1);
  dots(solid).forEach(([a = 0, b = 0], index) => {
    expect(Math.abs(a - Number(circles[index]?.[1]))).toBeLessThan(0.051);
    expect(Math.abs(b - Number(circles[index]?.[2]))).toBeLessThan(0.051);
  });
  const faint = draw({ opacity: 0.2 });
  expect(faint.match(/stroke-linecap="round" opacity="0.2"/g)?.length).toBe(8);
  expect(dots(faint).length).toBe(600);
});
