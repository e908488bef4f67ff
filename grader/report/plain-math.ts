/** Formulas and Markdown as plain text, for terminals: `½ log 2π`, `z = (x − b)e⁻ᵃ`. */

import katex from "katex";

/** A text of ours, written in Markdown with KaTeX, as a terminal can show it. */
export function plainMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`|\$\$[^$]+\$\$|\$(?![\s$])(?:\\.|[^$\\])*?[^\s\\$]\$(?!\d))/s)
    .map((piece, i) => (i % 2 === 0 ? piece.replace(EMPHASIS, "") : special(piece)))
    .join("");
}

/** Marks before a word or after one, also where a formula stands beside them; not those between two factors. */
const EMPHASIS = /(?<=^|[\s(])\*{1,2}(?=\S|$)|(?<=\S|^)\*{1,2}(?=[\s).,;:!?]|$)/g;

const special = (piece: string): string =>
  piece.startsWith("`") ? piece.slice(1, -1) : plainMath(piece.replace(/^\$+|\$+$/g, ""));

/** A formula in one line, by way of the MathML that KaTeX makes of it. */
export function plainMath(tex: string): string {
  const mathML = katex.renderToString(tex, { output: "mathml", throwOnError: false, strict: "ignore" });
  const inner = /<semantics>(.*?)<annotation/s.exec(mathML)?.[1];
  if (inner === undefined) return tex;
  return linear(parse(inner))
    .replace(/\s+/g, " ")
    .trim()
    .replace(/∣/g, "|")
    .replace(/([a-z]{2,}) (?=[(|])/g, "$1")
    .replace(/(^|[=(,≈<>≤≥+±] ?)([−±]) /g, "$1$2");
}

interface Node {
  readonly tag: string;
  readonly children: Node[];
  text: string;
  readonly attributes?: string;
}

function parse(xml: string): Node {
  const root: Node = { tag: "mrow", children: [], text: "" };
  const open: Node[] = [root];
  for (const [, close, name, attributes, self, text] of xml.matchAll(
    /<(\/?)([a-z]+)([^>]*?)(\/?)>|([^<]+)/g,
  )) {
    const top = open.at(-1) as Node;
    if (name === undefined) top.text += decode(text ?? "");
    else if (close) open.pop();
    else {
      const node = { tag: name, children: [], text: "", attributes };
      top.children.push(node);
      if (!self) open.push(node);
    }
  }
  return root;
}

const decode = (text: string): string =>
  text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");

function linear({ tag, children, text, attributes }: Node): string {
  const part = (i: number) => (children[i] ? linear(children[i]) : "");
  switch (tag) {
    case "mo":
      return operator(text);
    case "mspace":
      // A negative space only pulls things together.
      return attributes?.includes('width="-') ? "" : " ";
    case "mi":
      // A function's name stands apart from its argument.
      return /^[a-z]{2,}$/.test(text) ? ` ${text} ` : text;
    case "mfrac":
      return FRACTIONS[`${part(0)}/${part(1)}`] ?? `${group(part(0))}/${groupFactors(part(1))}`;
    case "msqrt":
      return `√${putUnderRoot(children.map(linear).join("").trim())}`;
    case "msup":
      return part(0) + raise(part(1).trim());
    case "msub":
      return part(0) + lower(part(1).trim());
    case "msubsup":
      return part(0) + lower(part(1).trim()) + raise(part(2).trim());
    case "munderover":
      return `${part(0)} from ${part(1)} to ${part(2)} of `;
    case "munder":
      return `${part(0)}${lower(part(1).trim())}`;
    case "mover":
      return /^[¯‾ˉ―]$/.test(part(1).trim()) ? `mean(${part(0)})` : part(0) + part(1);
    case "mrow":
    case "mstyle":
    case "mpadded":
      return join(children);
    default:
      return text + join(children);
  }
}

const join = (children: readonly Node[]): string => children.map(linear).join("");

function operator(text: string): string {
  if (text === ",") return ", ";
  // U+2061, the invisible application of a function.
  if (text === "\u2061") return "";
  return /^[=≈<>≤≥+−∈→±…]$|^:=$/.test(text) ? ` ${text} ` : text === "-" ? " − " : text;
}

const FRACTIONS: { readonly [fraction: string]: string } = { "1/2": "½", "1/4": "¼", "3/4": "¾", "1/3": "⅓" };

const group = (text: string): string => (/[\s+−·/=]/.test(text.trim()) ? `(${text.trim()})` : text.trim());

/** Below a line nothing may be read as standing beside it: `1/(2√x)`. */
const groupFactors = (text: string): string =>
  /^(?:[\d.]+|∂?\p{L}[\p{M}\p{Lm}₀-₉₊₋⁰¹²³⁴-⁹⁺⁻′″]*|√(?:.|\([^()]*\))|\([^()]*\)|[|∣][^|∣]*[|∣])$/u.test(
    text.trim(),
  )
    ? text.trim()
    : `(${text.trim().replace(/^\((.*)\)$/, (whole, inner) => (/[()]/.test(inner) ? whole : inner))})`;

const putUnderRoot = (text: string): string => (text.length > 1 ? `(${text})` : text);

const SUPERSCRIPTS = translation("0123456789+−-()abcdeiknrstxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ᵃᵇᶜᵈᵉⁱᵏⁿʳˢᵗˣʸᶻ");
const SUBSCRIPTS = translation("0123456789+−-()aeijknrstx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎ₐₑᵢⱼₖₙᵣₛₜₓ");

function translation(from: string, to: string): Map<string, string> {
  const [a, b] = [[...from], [...to]];
  return new Map(a.map((character, i) => [character, b[i] as string]));
}

function shift(text: string, characters: Map<string, string>, mark: string): string {
  const tight = text.replace(/\s/g, "");
  const each = [...tight].map((character) => characters.get(character));
  return each.every((character) => character !== undefined) ? each.join("") : `${mark}${group(text)}`;
}

const raise = (text: string): string =>
  /^[′'″]+$/.test(text) ? text.replace(/'/g, "′") : shift(text, SUPERSCRIPTS, "^");
const lower = (text: string): string => shift(text, SUBSCRIPTS, "_");
