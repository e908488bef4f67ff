/**
 * Compiled modules without readable texts: derivations and names that answer an exercise stand in them as plain strings. Each module gets
 * one packed table of its strings, and takes them from there.
 */

import { posix } from "node:path";
import { parse } from "@babel/parser";
import type { Node } from "@babel/types";
import { packTexts } from "../../grader/kit/texts.ts";

const UNPACK = "kit/texts.js";
const TABLE = "hiddenTexts";

/**
 * @param path Within `grader/dist/`.
 * @param code JavaScript, as the compiler writes it.
 */
export function hideTexts(path: string, code: string): string {
  const { program } = parse(code, { sourceType: "module", attachComment: false });
  const found: { readonly node: Node; readonly text: string }[] = [];
  for (const statement of program.body) collect(statement, found);
  if (found.length === 0) return code;
  if (code.includes(TABLE)) throw new Error(`${path} has a name that the kit needs: ${TABLE}`);
  const texts = [...new Set(found.map(({ text }) => text))];
  const place = new Map(texts.map((text, i) => [text, i]));
  const body = found
    .toSorted((a, b) => (b.node.start as number) - (a.node.start as number))
    .reduce(
      // With spaces, so that `return"a"` does not become one word.
      (whole, { node, text }) => {
        const taken = `${TABLE}[${place.get(text)}]`;
        const by = node.type === "TemplateElement" ? `\${${taken}}` : ` ${taken} `;
        return `${whole.slice(0, node.start as number)}${by}${whole.slice(node.end as number)}`;
      },
      code,
    );
  const from = posix.relative(posix.dirname(path), UNPACK);
  const head = `import { unpackTexts } from "${from}";\nconst ${TABLE} = unpackTexts("${packTexts(texts)}");\n`;
  return `${head}${body}`;
}

/** Strings that are values. A name of a property, of a module, or in a tagged template has to stay. */
function collect(node: Node, found: { node: Node; text: string }[]): void {
  if (node.type === "StringLiteral") found.push({ node, text: node.value });
  if (node.type === "TemplateLiteral" && node.expressions.length === 0) {
    const text = node.quasis[0]?.value.cooked;
    if (typeof text === "string") found.push({ node, text });
  }
  // Between the numbers that a text is made with.
  if (node.type === "TemplateElement" && node.value.cooked) found.push({ node, text: node.value.cooked });
  if (node.type === "ImportDeclaration" || node.type === "ImportExpression") return;
  const isWhole = node.type === "TemplateLiteral" && node.expressions.length === 0;
  for (const [field, child] of Object.entries(node)) {
    if (isWhole && field === "quasis") continue;
    const isName = field === "key" && !(node as { computed?: boolean }).computed;
    const isModule = field === "source" && /^Export/.test(node.type);
    const isTagged = field === "quasi";
    if (isName || isModule || isTagged || field === "loc" || field === "extra") continue;
    for (const each of Array.isArray(child) ? child : [child])
      if (each !== null && typeof each === "object" && typeof each.type === "string") collect(each, found);
  }
}
