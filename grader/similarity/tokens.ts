/** A program as a row of tokens in which names that its writer has chosen, numbers, texts and comments make no difference. */

import { parse } from "@babel/parser";

/** A longer answer is not compared: nobody writes that much for one exercise, and to parse it takes time. */
const MOST_CHARACTERS = 20_000;

export interface Token {
  readonly text: string;
  /** Of its characters in the program. */
  readonly start: number;
  readonly end: number;
}

/** What the language gives, not the writer: their names tell what a program does. */
const GIVEN_NAMES = new Set([
  "Math",
  "Number",
  "Array",
  "Infinity",
  "NaN",
  "Float32Array",
  "Float64Array",
  "console",
  "tf",
]);

interface BabelToken {
  readonly type: string | { readonly label: string };
  readonly value?: unknown;
  readonly start: number;
  readonly end: number;
}

/** Undefined where it is no TypeScript, or too long. */
export function tokensOf(code: string): Token[] | undefined {
  if (code.length > MOST_CHARACTERS) return undefined;
  let found: readonly BabelToken[];
  try {
    ({ tokens: found } = parse(code, {
      sourceType: "module",
      plugins: ["typescript", "decorators"],
      allowAwaitOutsideFunction: true,
      attachComment: false,
      tokens: true,
    }) as unknown as { readonly tokens: readonly BabelToken[] });
  } catch {
    return undefined;
  }
  // Comments are the tokens whose type is a plain name.
  const words = found.filter(
    (token): token is Word => typeof token.type !== "string" && token.type.label !== "eof",
  );
  return words.map((token, i) => ({ text: textOf(token, words[i - 1]), start: token.start, end: token.end }));
}

type Word = BabelToken & { readonly type: { readonly label: string } };

function textOf({ type: { label }, value }: Word, before: Word | undefined): string {
  if (label === "num" || label === "bigint" || label === "string") return label;
  if (label.includes("`") || label === "template" || label === "regexp") return label;
  if (label !== "name") return `${label} ${typeof value === "string" ? value : ""}`;
  const isMember = before?.type.label === "." || before?.type.label === "?.";
  return isMember || GIVEN_NAMES.has(String(value)) ? `name ${value}` : "name";
}
