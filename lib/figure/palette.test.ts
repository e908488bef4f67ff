import { describe, expect, test } from "vitest";
import { fade, palette } from "./palette.ts";
import { darkColors, followingTheme, inTheme, recolor } from "./theme.ts";

type Triple = readonly [number, number, number];

/** Linear red, green and blue of `#rrggbb`, from 0 to 1. */
function linear(color: string): Triple {
  const channel = (start: number) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const times = (matrix: readonly Triple[], [r, g, b]: Triple) =>
  matrix.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Triple;

/** How colours look without one kind of cones. Machado, Oliveira, Fernandes 2009, severity 1. */
const sights: Record<string, readonly Triple[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Oklab (Ottosson 2020), in which equal distances look about equally different; 0.02 can just be told apart. */
function oklab(rgb: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((value) => Math.cbrt(Math.max(0, value))) as unknown as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function distance(a: string, b: string, sight: readonly Triple[]): number {
  const [p, q] = [a, b].map((color) => oklab(times(sight, linear(color))));
  return Math.hypot(...[0, 1, 2].map((i) => (p?.[i] ?? 0) - (q?.[i] ?? 0)));
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [a, b]
    .map(linear)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const { base, data, truth, map, loss, heldOut, neutral, accent, accent2, text, paper } = palette;

describe.each(["light", "dark"] as const)("in the %s theme", (theme) => {
  const look = (color: string) => inTheme(color, theme);

  // What meets in one figure; densities and their truth also differ by dash.
  const together = { panels: [base, data, map, accent, accent2], training: [loss, heldOut, neutral] };

  test.each(
    Object.entries(together).flatMap(([name, colors]) =>
      Object.keys(sights).map((s) => [name, s, colors] as const),
    ),
  )("the colours of %s differ to every sight (%s)", (_, sight, colors) => {
    for (const [i, a] of colors.entries()) {
      for (const b of colors.slice(i + 1)) {
        expect(distance(look(a), look(b), sights[sight] ?? []), `${a} and ${b}`).toBeGreaterThan(0.08);
      }
    }
  });

  test("lines stand out from the paper, and texts more", () => {
    for (const color of [base, data, truth, map, loss, heldOut, neutral, accent, accent2]) {
      expect(contrast(look(color), look(paper)), color).toBeGreaterThan(3);
    }
    expect(contrast(look(text), look(paper))).toBeGreaterThan(7);
  });
});

describe("exchanging colours", () => {
  test("takes faded ones along and leaves those of others alone", () => {
    const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt((darkColors[base] ?? "").slice(at, at + 2), 16));
    expect(inTheme(`stroke="${base}" fill="${fade(base, 0.3)}" color="#123456"`, "dark")).toBe(
      `stroke="${darkColors[base]}" fill="rgba(${r},${g},${b},0.3)" color="#123456"`,
    );
    expect(inTheme(base.toUpperCase(), "dark")).toBe(darkColors[base]);
    expect(inTheme(base, "light")).toBe(base);
  });

  test("no dark colour is itself exchanged: it can be done twice without harm", () => {
    for (const color of Object.values(darkColors)) expect(recolor(color, darkColors)).toBe(color);
  });

  test("a picture for any page has no paper", () => {
    expect(inTheme(`fill="${paper}"`, "either")).toBe('fill="rgba(0,0,0,0)"');
  });

  test("a live picture names every colour as a variable that dark pages set", () => {
    const html = followingTheme(`<svg><rect fill="${paper}"/><text fill="${text}"/></svg>`);
    for (const [light, dark] of Object.entries(darkColors)) {
      if (light !== paper) expect(html).toContain(`--flowlab-${light.slice(1)}:${dark}`);
    }
    expect(html).toContain(`fill="var(--flowlab-${text.slice(1)},${text})"`);
    expect(html).toContain(`--flowlab-ffffff:var(--jp-layout-color0,`);
  });
});
