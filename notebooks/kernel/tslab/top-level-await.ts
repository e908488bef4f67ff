/**
 * tslab finds an await at the top of a cell by the compiler's complaint about it. None comes for `for await`, which then
 * fails as a SyntaxError; and where there is one, tslab takes methods for the top of the cell, but neither the name of
 * a member nor the base of a class. So the awaits are looked for here.
 */
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { ConvertResult } from "tslab/dist/converter.js";

/** "'await' expressions are only allowed within async functions and at the top levels of modules." */
const onlyAtTop = 1308;
/** What tslab gets instead of it: that it would drop in a method. */
const notAtTop = -onlyAtTop;
/** "Cannot find name", "Unexpected keyword or identifier", "';' expected", as they are said of `using`. */
const unknownWord = [2304, 1434, 1005];

const using =
  "'using' and 'await using' are newer than the compiler of notebooks, TypeScript 5.0. Use try { … } finally { … }, " +
  "and dispose of it there.";

/** What is known of the awaits of the cell that was compiled last. */
export interface TopLevelAwait {
  /** The compiler's complaints about a cell, without those about awaits at its top. */
  review(cell: TypeScript.SourceFile, diagnostics: readonly TypeScript.Diagnostic[]): TypeScript.Diagnostic[];
  /** A result that says whether the cell has to run in an async function. */
  complete(result: ConvertResult): ConvertResult;
}

export function createTopLevelAwait(ts: typeof TypeScript): TopLevelAwait {
  let awaits = new Set<number>();

  function review(cell: TypeScript.SourceFile, diagnostics: readonly TypeScript.Diagnostic[]) {
    awaits = awaitsAtTop(ts, cell);
    return diagnostics.flatMap((diagnostic) => {
      const { file, code, start = 0, length = 0 } = diagnostic;
      if (file !== cell) return diagnostic;
      const isUsing = unknownWord.includes(code) && /^using\s+[\p{ID_Start}$_]/u.test(cell.text.slice(start));
      if (isUsing) return { ...diagnostic, messageText: using };
      if (code !== onlyAtTop) return diagnostic;
      return awaits.has(start + length) ? [] : { ...diagnostic, code: notAtTop };
    });
  }

  function complete(result: ConvertResult): ConvertResult {
    const diagnostics = result.diagnostics.map((diagnostic) =>
      diagnostic.code === notAtTop ? { ...diagnostic, code: onlyAtTop } : diagnostic,
    );
    return { ...result, diagnostics, hasToplevelAwait: awaits.size > 0 };
  }

  return { review, complete };
}

/** The ends of the words `await` that belong to no function of the cell, and that JavaScript allows there. */
function awaitsAtTop(ts: typeof TypeScript, cell: TypeScript.SourceFile): Set<number> {
  const { SyntaxKind } = ts;
  const found = new Set<number>();
  const word = "await".length;

  function visit(node: TypeScript.Node): void {
    if (ts.isAwaitExpression(node)) found.add(node.getStart(cell) + word);
    if (ts.isForOfStatement(node) && node.awaitModifier) found.add(node.awaitModifier.end);
    // What a member is called, and the decorators of a class, are computed outside of the class.
    if (ts.isPropertyDeclaration(node) || isFunction(node)) visitOutside(node);
    else if (!isClosed(node)) ts.forEachChild(node, visit);
  }

  function visitOutside(node: TypeScript.Node): void {
    ts.forEachChild(node, (child) => {
      if (child.kind === SyntaxKind.ComputedPropertyName || ts.isDecorator(child)) visit(child);
    });
  }

  const isClosed = (node: TypeScript.Node) =>
    ts.isClassStaticBlockDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node);

  const isFunction = (node: TypeScript.Node) =>
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node);

  visit(cell);
  return found;
}
