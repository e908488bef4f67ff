/**
 * Markdown with formulas, as exercises, hints and explanations are written in: `$x$` in a line, `$$x$$` on its own.
 */

import katex from "katex";
import createMarkdownIt, { type MarkdownIt, type StateBlock, type StateInline } from "markdown-it";
import { printable } from "./printable.ts";

export interface MarkdownOptions {
  /** `html` needs KaTeX's stylesheet and fonts beside the page; `mathml` needs nothing and is drawn by the browser. */
  readonly math: "html" | "mathml";
  /** Without paragraphs around it: for text inside a line. */
  readonly inline?: boolean;
  /** Obeys HTML inside the text, as a notebook's text cells do: only for a page on which nothing can run and nothing is loaded. */
  readonly html?: boolean;
}

/** Renders a text of ours. HTML inside it is shown, not obeyed, unless it is asked for. */
export function renderMarkdown(
  text: string,
  { math, inline, html }: MarkdownOptions = { math: "html" },
): string {
  const renderer = html ? notebookRenderer : renderers[math];
  return inline ? renderer.renderInline(text) : renderer.render(text);
}

/**
 * Renders a text of somebody else's: with formulas, lists and stars, without links and pictures, and with what would not show itself, so that all
 * that is written is seen.
 */
export function renderForeign(text: string): string {
  return foreignRenderer.render(printable(text));
}

/** The formulas of a text, as they are written between its dollars. */
export function formulasOf(text: string): string[] {
  return renderers.mathml
    .parse(text, {})
    .flatMap((token) => [token, ...(token.children ?? [])])
    .filter(({ type }) => type === "math" || type === "math_block")
    .map(({ content }) => content);
}

const renderers = { html: markdown("html"), mathml: markdown("mathml") };
const notebookRenderer = markdown("html", true);
const foreignRenderer = markdown("html").disable(["link", "image", "autolink", "reference"]);

function markdown(output: "html" | "mathml", html = false): MarkdownIt {
  const renderer = createMarkdownIt({ html, linkify: false, typographer: false });
  renderer.inline.ruler.after("escape", "math", inlineMath);
  renderer.block.ruler.after("blockquote", "math_block", blockMath, {
    alt: ["paragraph", "blockquote", "list"],
  });
  const draw = (tex: string, displayMode: boolean) => {
    const drawn = katex.renderToString(output === "mathml" ? space(tex) : tex, {
      // For sighted readers and for those who listen.
      output: output === "html" ? "htmlAndMathml" : "mathml",
      displayMode,
      throwOnError: false,
      strict: "ignore",
      trust: false,
      maxExpand: 1000,
      maxSize: 50,
    });
    return output === "mathml" ? drawn.replace("<math ", `<math style="font-family:${FONTS}" `) : drawn;
  };
  renderer.renderer.rules.math = (tokens, i) => draw(tokens[i]?.content ?? "", false);
  renderer.renderer.rules.math_block = (tokens, i) =>
    `<p class="formula">${draw(tokens[i]?.content ?? "", true)}</p>\n`;
  return renderer;
}

/**
 * The first of these that the reader has draws the formula. Left to the browser it may be a font without a root sign, in
 * the place of which Chromium draws nothing: √2 becomes 2. The last but one is on nearly every Linux.
 */
const FONTS = [
  "Latin Modern Math",
  "STIX Two Math",
  "Cambria Math",
  "DejaVu Math TeX Gyre",
  "Noto Sans Math",
  "DejaVu Sans",
]
  .map((name) => `'${name}'`)
  .concat("math")
  .join(",");

/** Browsers draw MathML without the space that a function's name needs before its argument: `log 2π`, not `log2π`. */
const space = (tex: string): string =>
  tex.replace(
    /\\(log|ln|exp|sin|cos|tan|sinh|cosh|tanh|det|max|min)(?![a-zA-Z])(?=\s*(?!\\left|\\\||\\,|\\frac)[\w\\])/g,
    "\\$1\\,",
  );

/**
 * `$x$`, or `$$x$$` within a paragraph. As in pandoc, the first dollar has no space after it, the last none before it and no digit after
 * it, so that prices stay prices.
 */
function inlineMath(state: StateInline, silent: boolean): boolean {
  const rest = state.src.slice(state.pos, state.posMax);
  const found =
    /^\$\$([^$]+)\$\$/.exec(rest) ?? /^\$(?![\s$])((?:\\.|[^$\\])*?[^\s\\$]|\\.)\$(?!\d)/s.exec(rest);
  if (!found) return false;
  if (!silent) state.push("math", "math", 0).content = found[1] as string;
  state.pos += found[0].length;
  return true;
}

/** Lines from one that begins with `$$` to one that ends with it. */
function blockMath(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const line = (n: number) =>
    state.src.slice((state.bMarks[n] as number) + (state.tShift[n] as number), state.eMarks[n]).trim();
  if (!line(startLine).startsWith("$$")) return false;
  let last = startLine;
  let text = line(startLine).slice(2);
  while (!text.endsWith("$$")) {
    last += 1;
    if (last >= endLine) return false;
    text += `\n${line(last)}`;
  }
  if (silent) return true;
  const token = state.push("math_block", "math", 0);
  token.content = text.slice(0, -2).trim();
  token.map = [startLine, last + 1];
  state.line = last + 1;
  return true;
}
