import { aText, checkKind, demand } from "../ground/arguments/kinds.ts";
import { jupyterDisplay, type MimeBundle, nodeInspect, type Rich } from "../ground/notebook/rich.ts";

/** A value that shows as HTML or Markdown in a notebook and as plain text in a terminal. */
export interface RichText extends Rich {
  /** The HTML or the Markdown. */
  readonly source: string;
  [jupyterDisplay](): MimeBundle;
}

/**
 * HTML as a value: the last expression of a cell, or an argument of `display`. Text that is not yours must go through
 * `escapeHtml` first.
 *
 * @param plain What a terminal shows; by default the HTML without its tags.
 */
export function html(source: string, plain?: string): RichText {
  checkKind("html", "source", source, demand(aText));
  checkKind("html", "plain", plain, aText);
  return richText(source, { "text/html": source, "text/plain": plain ?? withoutTags(source) });
}

/** Markdown as a value; formulas between $…$ are set by the notebook. */
export function markdown(source: string): RichText {
  return richText(source, { "text/markdown": source, "text/plain": source });
}

function richText(source: string, bundle: MimeBundle): RichText {
  return {
    source,
    [jupyterDisplay]: () => bundle,
    [nodeInspect]: () => `${bundle["text/plain"]}`,
  } as RichText;
}

function withoutTags(source: string): string {
  const text = source.replace(/<(script|style)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ");
  const known: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };
  return text
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => known[name] ?? "")
    .replace(/\s+/g, " ")
    .trim();
}
