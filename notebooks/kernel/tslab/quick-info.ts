/**
 * What TypeScript knows of a name, as Shift+Tab and the completer show it: its type, its description, and its tags as
 * sections. tslab prints the parts of a description one below the other, which tears `{@link name}` apart.
 */
import type { JSDocTagInfo, QuickInfo, SymbolDisplayPart } from "@tslab/typescript-for-tslab";

/** Outputs by MIME type: a front end takes what it can show best. */
export interface QuickInfoBundle {
  readonly "text/plain": string;
  readonly "text/markdown": string;
}

/** How a piece of a description is written: text, and a name in code style. */
interface Style {
  text(text: string): string;
  code(text: string): string;
  heading(text: string): string;
  /** Lines that are code already, without their indentation. */
  block(lines: readonly string[]): string;
}

const plainStyle: Style = {
  text: (text) => text.replace(/`([^`\n]+)`/g, "$1"),
  code: (text) => text,
  heading: (text) => text,
  block: (lines) => lines.map((line) => `    ${line}`).join("\n"),
};

const markdownStyle: Style = {
  // Formulas and brackets are meant as they stand; what is between backticks is code already.
  text: (text) =>
    text
      .split(/(`[^`\n]+`)/)
      .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\*_[\]<>$#|~]/g, "\\$&")))
      .join(""),
  code: (text) => `\`${text}\``,
  heading: (text) => `**${text}**`,
  block: (lines) => fence(lines.join("\n")),
};

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

/** The description of a name, in plain text and in Markdown. */
export function quickInfoBundle(info: QuickInfo): QuickInfoBundle {
  const signature = join(info.displayParts);
  return {
    "text/plain": [signature, ...sections(info, plainStyle)].join("\n\n"),
    "text/markdown": [fence(signature), ...sections(info, markdownStyle)].join("\n\n"),
  };
}

function join(parts: readonly SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join("");
}

/** Tags that become a section, with its heading. Others (`@internal`, say) are for tools. */
const headings: Readonly<Record<string, string>> = {
  param: "Parameters",
  returns: "Returns",
  return: "Returns",
  throws: "Throws",
  example: "Example",
  remarks: "Remarks",
  deprecated: "Deprecated",
  see: "See",
};

function sections({ documentation, tags }: QuickInfo, style: Style): string[] {
  const groups = new Map<string, string[]>();
  for (const tag of tags ?? []) {
    const heading = headings[tag.name];
    const text = tagText(tag, style);
    if (heading === undefined || text === "") continue;
    groups.set(heading, [...(groups.get(heading) ?? []), text]);
  }
  const described = paragraphs(withLinks(documentation, style), style);
  const listed = [...groups].map(
    ([heading, texts]) => `${style.heading(heading)}\n\n${texts.map((text) => `- ${text}`).join("\n")}`,
  );
  return [...(described === "" ? [] : [described]), ...listed];
}

/** A mark that no text has: a name that stands between two of them is a link. */
const mark = "\u0000";

/** The description as one text, with each `{@link name}` or `{@link name | text}` between marks. */
function withLinks(parts: readonly SymbolDisplayPart[] | undefined, style: Style): string {
  const text = (parts ?? [])
    .map((part) => {
      if (part.kind === "link") return part.text === "}" ? "}" : "{@link ";
      return part.text;
    })
    .join("");
  return text.replace(/\{@link(?:code|plain)?\s+([^}|]+?)\s*(?:\|\s*([^}]*?)\s*)?\}/g, (_, name, label) =>
    label ? String(label) : `${mark}${style.code(String(name))}${mark}`,
  );
}

function tagText(tag: JSDocTagInfo, style: Style): string {
  const [first, ...rest] = tag.text ?? [];
  if (first === undefined) return "";
  if (tag.name !== "param") return inline(withLinks(tag.text, style), style);
  const text = inline(withLinks(rest, style).replace(/^\s*-?\s*/, ""), style);
  return text === "" ? style.code(first.text) : `${style.code(first.text)}: ${text}`;
}

/** Lines of prose in the style, without the line breaks of the source; links stay as they are. */
function inline(text: string, style: Style): string {
  return text
    .replace(/\s*\n\s*/g, " ")
    .split(mark)
    .map((part, i) => (i % 2 === 1 ? part : style.text(part)))
    .join("")
    .trim();
}

/** Prose by paragraphs; lists keep their lines, and what is indented by four spaces is code. */
function paragraphs(text: string, style: Style): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const lines = paragraph.split("\n");
      if (lines.every((line) => line.startsWith("    "))) {
        return style.block(lines.map((line) => line.slice(4).replaceAll(mark, "")));
      }
      const items = paragraph.split(/\n(?=\s*- )/);
      return items
        .map((item) =>
          /^\s*- /.test(item) ? `- ${inline(item.replace(/^\s*- /, ""), style)}` : inline(item, style),
        )
        .join("\n");
    })
    .join("\n\n");
}
