import { describe, expect, test } from "vitest";
import { figure } from "./figure.ts";
import { gallery } from "./gallery/gallery.fixture.ts";

describe.each(Object.entries(gallery()))("%s in words", (_, shown) => {
  test("says what it is about, and its numbers", () => {
    const { alternative, description } = shown;
    expect(alternative.startsWith(description)).toBe(true);
    expect(alternative).toMatch(/\d/);
    expect(alternative.length).toBeGreaterThan(25);
    expect(alternative.length).toBeLessThan(3000);
    expect(alternative).not.toMatch(/undefined|NaN|Infinity|<\/?\w|\[object/);
  });

  test("is the alternative of the picture, in a page and in a file of its own", () => {
    const html = shown.toHTML({ plotly: "page" });
    expect(html).toMatch(/role="figure" aria-label="[^"]{3,}"/);
    expect(html).toMatch(/<img data-flowlab-still="" src="[^"]+" alt="[^"]{25,}"/);
    expect(shown.toSVG()).toMatch(/^<svg[^>]* role="img"[^>]*><title>[^<]{25,}<\/title>/);
  });
});

describe("words are taken from what is drawn", () => {
  const words = (...[data, layout, options]: Parameters<typeof figure>) =>
    figure(data, layout, options).alternative;
  const bump = (x: number) => Math.exp(-8 * (x - 1) ** 2) + 0.5 * Math.exp(-8 * (x + 1) ** 2);
  const x = Array.from({ length: 41 }, (_, i) => -2 + i / 10);

  test("a curve: its span, lowest and highest point with their places, and its peaks", () => {
    expect(
      words([{ x, y: x.map(bump), name: "density" }], { xaxis: { title: "<i>x</i>" }, title: "Two" }),
    ).toBe(
      "Two: density. Line “density”: x from −2 to 2; y lowest with 0.000168 at x = −2, highest with 1 at x = 1; peaks of 0.5 at x = −1 and 1 at x = 1; 41 values.",
    );
  });

  test("a density on its side is told along its own axis", () => {
    const side = { x: x.map(bump), y: x, fill: "tozerox", name: "p" };
    expect(words([side], { xaxis: { title: "p(y)" }, yaxis: { title: "y" } })).toContain(
      "y from −2 to 2; p(y) lowest with 0.000168 at y = −2, highest with 1 at y = 1",
    );
    const { fill: _, ...line } = side;
    expect(words([line], { xaxis: { title: "p(y)" }, yaxis: { title: "y" } })).toContain(
      "highest with 1 at y = 1",
    );
  });

  test("few points one by one, many bins together, gaps left out", () => {
    expect(words([{ y: [1, 3, 2] }])).toContain("through (0, 1), (1, 3), (2, 2)");
    expect(words([{ x: [0, null, 2], y: [1, null, 2] }])).toContain("through (0, 1), (2, 2)");
    const bins = [1, 2, 3].map((i) => ({ y: [1, 2], name: `bin ${i}` }));
    expect(words(bins)).toContain("3 times line, “bin 1” to “bin 3”");
  });

  test("a map: its least and its greatest value, and where", () => {
    const z = [
      [0, 1],
      [5, null],
    ];
    expect(words([{ type: "heatmap", x: [10, 20], y: [1, 2], z }])).toContain(
      "2 rows of 2, from 0 at x = 10, y = 1 to 5 at x = 10, y = 2",
    );
  });

  test("what pointing at a mark shows, and where a slider goes", () => {
    const alternative = words(
      [{ y: [1, 2], text: ["mass 0.1", "mass <b>0.9</b>"], hoverinfo: "text", name: "bins" }],
      {
        sliders: [
          { currentvalue: { prefix: "t = " }, steps: [{ label: "0" }, { label: "0.5" }, { label: "1" }] },
        ],
      },
    );
    expect(alternative).toContain("Its marks say: mass 0.1; mass 0.9.");
    expect(alternative).toContain("A slider goes from t = 0 to t = 1 in 3 positions.");
  });

  test("many values are no hurdle", () => {
    const y = Float64Array.from({ length: 300_000 }, (_, i) => i);
    expect(words([{ y, mode: "markers", x: y }])).toContain("y from 0 to 300000; 300000 values");
  });

  test("none can be built without", () => {
    expect(() => figure([{ y: [1] }], {}, { description: " " })).toThrow(
      "the description is empty; say in one sentence",
    );
    expect(words([{ y: [1] }])).toBe("1 trace. Line: through (0, 1).");
  });
});
