/**
 * How the colours of the palette look on another page than a white one. A figure is always made in the colours of the
 * palette; those are exchanged in its text, JSON or SVG, so that colours of a learner's own stay what they are.
 */

import { palette } from "./palette.ts";

/** "light": on white. "dark": on a dark page. "either": on any page, without paper, for pictures that cannot tell. */
export type Theme = "light" | "dark" | "either";

/** Colours of the palette and of its scales, and what stands for each on a dark page. */
export const darkColors: Readonly<Record<string, string>> = {
  [palette.base]: "#4fb0f0",
  [palette.data]: "#f5863a",
  [palette.map]: "#d8dee9",
  [palette.loss]: "#f0cb45",
  [palette.heldOut]: "#cc52ea",
  [palette.neutral]: "#a3abb8",
  [palette.accent]: "#2f8f6a",
  [palette.accent2]: "#bf4df5",
  [palette.asked]: "#596273",
  [palette.guide]: "#6f7989",
  [palette.grid]: "#2b3038",
  [palette.text]: "#e3e6ec",
  [palette.paper]: "#111111",
  // Scales: little is as dark as the paper, much is bright.
  "#cfe3f1": "#12354f",
  "#86bbdc": "#1c6396",
  "#2f8bc4": "#3f9edb",
  "#01436b": "#c4e5fc",
  "#fbdcc7": "#4d2a12",
  "#f3a878": "#94501f",
  "#de7128": "#e5812f",
  [palette.truth]: "#ffd3b0",
  "#6aaad2": "#2a76ad",
  "#ef9a63": "#b5642c",
};

/** What is written in a text, in lines and in grids: neither so dark nor so bright that it would be lost on some page. */
const eitherColors: Readonly<Record<string, string>> = {
  [palette.map]: "#848d9c",
  [palette.neutral]: "#848d9c",
  [palette.text]: "#808896",
  [palette.guide]: "#8b93a1",
  [palette.asked]: "#9aa3b2",
  [palette.truth]: "#a9602b",
  [palette.grid]: "rgba(128,136,148,0.22)",
  [palette.paper]: "rgba(0,0,0,0)",
};

const colorsOf: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  light: {},
  dark: darkColors,
  either: eitherColors,
};

/** The text with every colour of the palette, also a faded one, as it looks in the theme. */
export function inTheme(text: string, theme: Theme): string {
  return recolor(text, colorsOf[theme]);
}

/**
 * The text with each colour exchanged that stands in the list, `#rrggbb` in lower case.
 *
 * Runs in the reader's browser too, as text, so it uses nothing from around it.
 */
export function recolor(text: string, colors: Readonly<Record<string, string>>): string {
  const hex = (channels: string[]) =>
    `#${channels.map((value) => Number(value).toString(16).padStart(2, "0")).join("")}`;
  const channels = (color: string) =>
    [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16)).join(",");
  return text
    .replace(/#[0-9a-f]{6}\b/gi, (color) => colors[color.toLowerCase()] ?? color)
    .replace(/rgba\((\d+), ?(\d+), ?(\d+), ?/g, (start, r, g, b) => {
      const found = colors[hex([r, g, b])];
      return found?.startsWith("#") ? `rgba(${channels(found)},` : start;
    });
}

/**
 * Inline SVG whose colours follow JupyterLab's theme by themselves: each becomes a CSS variable that is set on dark
 * pages only. For pictures that are replaced many times a second, where a script would be late.
 *
 * @returns HTML: a style sheet and the picture, which is reached by Tab as figures are.
 */
export function followingTheme(svg: string): string {
  const variable = (color: string) => `--flowlab-${color.slice(1)}`;
  const names = Object.fromEntries(
    Object.keys(darkColors).map((color) => [color, `var(${variable(color)},${color})`]),
  );
  const dark = Object.entries(darkColors).map(([light, color]) => `${variable(light)}:${color}`);
  dark.push(`${variable(palette.paper)}:var(--jp-layout-color0,${darkColors[palette.paper]})`);
  const rule = `{${dark.join(";")}}`;
  const style = `<style>[data-jp-theme-light="false"] .flowlab-picture${rule}body.vscode-dark .flowlab-picture${rule}</style>`;
  return `${style}<div class="flowlab-picture">${recolor(svg, names).replace("<svg ", '<svg tabindex="0" ')}</div>`;
}
