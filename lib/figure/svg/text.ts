import { escapeHtml } from "../../ground/notebook/rich.ts";

/** Text made safe for XML, in elements and in quoted attributes. Characters that XML forbids are dropped. */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML 1.0 forbids
  const legal = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return escapeHtml(legal);
}

/** Attributes as XML; undefined ones are left out, numbers are rounded to 1/100 pixel. */
export function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? round(value) : escapeXml(`${value}`)}"`)
    .join("");
}

/** 1/100 pixel is finer than any screen and keeps the file small. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** How wide a text will be, in pixels: browsers measure, a program without fonts can only estimate. */
export function textWidth(text: string, size: number): number {
  return plainText(text).length * size * 0.56;
}

/** The text without plotly's tags. */
export function plainText(text: string): string {
  return decode(text.replace(/<br\s*\/?>/g, " ").replace(/<\/?[a-z][^>]*>/gi, ""));
}

/** The text as HTML: plotly's tags `<b> <i> <sub> <sup> <br>` are kept, without attributes; others are dropped. */
export function htmlText(text: string): string {
  return balanceHtml(
    text
      .split(/(<\/?[a-z][^>]*>)/i)
      .map((part) => {
        const [, slash, name] = /^<(\/?)(b|i|sub|sup|br)\b[^>]*>$/i.exec(part) ?? [];
        if (name !== undefined) return `<${slash}${name.toLowerCase()}>`;
        return /^<\/?[a-z][^>]*>$/i.test(part) ? "" : escapeHtml(decode(part));
      })
      .join(""),
  );
}

/** A tag that was never closed, or never opened, must not change what follows: then the text is plain. */
function balanceHtml(html: string): string {
  const open: string[] = [];
  for (const [, slash, name] of html.matchAll(/<(\/?)(b|i|sub|sup)>/g)) {
    if (slash === "") open.push(name);
    else if (open.pop() !== name) return html.replace(/<[^>]*>/g, "");
  }
  return open.length === 0 ? html : html.replace(/<[^>]*>/g, "");
}

/** Options of a piece of text. */
export interface TextStyle {
  readonly size: number;
  readonly color: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly baseline?: "auto" | "middle" | "hanging";
  readonly rotate?: number;
  readonly weight?: string;
}

/** Text at a point. Of plotly's tags `<b> <i> <sub> <sup> <br>` are drawn; others are dropped. */
export function drawText(text: string, x: number, y: number, style: TextStyle): string {
  const lines = text.split(/<br\s*\/?>/);
  // Not every renderer knows dominant-baseline, but all know an offset.
  const shift = { auto: 0, middle: 0.35, hanging: 0.8 }[style.baseline ?? "auto"] * style.size;
  const spans = lines.map((line, index) => {
    const dy = index === 0 ? shift : style.size * 1.25;
    return `<tspan${attributes({ x, dy })}>${richText(line, style.size)}</tspan>`;
  });
  const look = attributes({
    x,
    y,
    fill: style.color,
    "font-size": style.size,
    "font-weight": style.weight,
    "text-anchor": style.anchor ?? "start",
    transform: style.rotate === undefined ? undefined : `rotate(${style.rotate} ${round(x)} ${round(y)})`,
  });
  return `<text${look}>${spans.join("")}</text>`;
}

const spanStyles: Record<string, string> = {
  b: ' font-weight="bold"',
  i: ' font-style="italic"',
  sub: ' font-size="75%"',
  sup: ' font-size="75%"',
};

function richText(line: string, size: number): string {
  const open: number[] = [];
  let pending = 0;
  let out = "";
  for (const part of line.split(/(<\/?[a-z][^>]*>)/i)) {
    const [, slash, name = ""] = /^<(\/?)([a-z]+)[^>]*>$/i.exec(part) ?? [];
    if (name === "") {
      // SVG keeps a vertical shift until the next one, so each shift is written on the text that follows it.
      out += shiftText(decode(part), pending);
      if (part !== "") pending = 0;
    } else if (slash === "/") {
      pending -= open.pop() ?? 0;
    } else {
      const rise = name === "sub" ? size * 0.25 : name === "sup" ? -size * 0.35 : 0;
      open.push(rise);
      pending += rise;
    }
    if (name in spanStyles) out += slash === "/" ? "</tspan>" : `<tspan${spanStyles[name]}>`;
  }
  return balance(out);
}

function shiftText(text: string, shift: number): string {
  if (text === "" || shift === 0) return escapeXml(text);
  return `<tspan dy="${round(shift)}">${escapeXml(text)}</tspan>`;
}

/** A tag that was never closed, or never opened, must not break the document: then the text is drawn plain. */
function balance(xml: string): string {
  let depth = 0;
  for (const tag of xml.match(/<\/?tspan/g) ?? []) {
    depth += tag === "</tspan" ? -1 : 1;
    if (depth < 0) break;
  }
  return depth === 0 ? xml : xml.replace(/<[^>]*>/g, "");
}

function decode(text: string): string {
  const known: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0", "#39": "'" };
  return text.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => known[name] ?? "");
}
