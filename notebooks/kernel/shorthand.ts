/**
 * tslab turns a name from an earlier cell into a property of `exports`, but not where it stands alone in an object:
 * `{ density }` stays as it is and fails as "density is not defined". That is just how a check cell is written.
 */
import type * as TypeScript from "@tslab/typescript-for-tslab";

type Visit = typeof TypeScript.visitEachChild;

/** The file in which tslab declares what earlier cells have left. */
const earlierCells = "__prev__.d.ts";

/**
 * The compiler's `visitEachChild`, which also writes `{ name: exports.name }` for a `{ name }` from an earlier cell.
 *
 * @param checker The type checker of the program that is being compiled.
 */
export function visitWithShorthand(
  ts: typeof TypeScript,
  checker: () => TypeScript.TypeChecker | undefined,
): Visit {
  const isEarlier = (node: TypeScript.ShorthandPropertyAssignment) =>
    checker()
      ?.getShorthandAssignmentValueSymbol(node)
      ?.declarations?.some((declaration) => declaration.getSourceFile().fileName.endsWith(earlierCells));
  const visit = (node: TypeScript.Node, visitor: TypeScript.Visitor, ...rest: unknown[]): TypeScript.Node => {
    if (!ts.isShorthandPropertyAssignment(node) || !isEarlier(node)) {
      return Reflect.apply(ts.visitEachChild, ts, [node, visitor, ...rest]);
    }
    const value = ts.factory.createPropertyAccessExpression(
      ts.factory.createIdentifier("exports"),
      node.name.text,
    );
    return ts.factory.createPropertyAssignment(node.name.text, value);
  };
  return visit as Visit;
}
