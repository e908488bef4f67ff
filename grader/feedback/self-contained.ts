/** What a page of a report needs, inside of it: one file that can be sent to a learner. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Fonts that most formulas use; the others only where a page has what they are for. */
const ALWAYS = ["Main-Regular", "Main-Bold", "Math-Italic", "AMS-Regular", "Size1-Regular", "Size2-Regular"];
const SOMETIMES: readonly (readonly [font: string, used: RegExp])[] = [
  ["Size3-Regular", /size3|delimsizing/],
  ["Size4-Regular", /size4|delimsizing/],
  ["Main-Italic", /mathit|textit/],
  ["Math-BoldItalic", /boldsymbol/],
  ["Caligraphic-Regular", /mathcal/],
  ["Script-Regular", /mathscr/],
  ["Fraktur-Regular", /mathfrak/],
  ["SansSerif-Regular", /mathsf|textsf/],
  ["Typewriter-Regular", /mathtt|texttt/],
];

export interface Styles {
  /** The report's own. */
  readonly report: string;
  /** KaTeX's with the fonts that a page needs; empty for a page without formulas. */
  formulas(page: string): string;
}

/** Reads everything once, for any number of pages. */
export async function loadStyles(): Promise<Styles> {
  const katex = dirname(createRequire(import.meta.url).resolve("katex/dist/katex.min.css"));
  const [report, css] = await Promise.all([
    readFile(join(import.meta.dirname, "../report/assets/report.css"), "utf8"),
    readFile(join(katex, "katex.min.css"), "utf8"),
  ]);
  const fonts = new Map<string, string>();
  for (const name of [...ALWAYS, ...SOMETIMES.map(([name]) => name)]) {
    const bytes = await readFile(join(katex, "fonts", `KaTeX_${name}.woff2`));
    fonts.set(name, `data:font/woff2;base64,${bytes.toString("base64")}`);
  }
  return {
    report,
    formulas(page) {
      if (!page.includes('class="katex')) return "";
      const wanted = new Set([
        ...ALWAYS,
        ...SOMETIMES.flatMap(([name, used]) => (used.test(page) ? [name] : [])),
      ]);
      return css.replace(/@font-face\{[^}]*\}/g, (face) => {
        const [, name = ""] = /fonts\/KaTeX_([\w-]+)\.woff2/.exec(face) ?? [];
        const data = wanted.has(name) ? fonts.get(name) : undefined;
        return data === undefined ? "" : face.replace(/src:[^;}]*/, `src:url(${data}) format("woff2")`);
      });
    },
  };
}
