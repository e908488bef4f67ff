/**
 * tslab turns a name from an earlier cell into a property of `exports`, but not where it stands alone in an object:
 * `{ density }` stays as it is and fails as "density is not defined". That is just how a check cell is written.
 *
 * And it takes the name of a field for such a name where an object from an earlier cell is taken apart: `const { a: scale } = fitted`
 * becomes `const { exports, a: scale } = exports.fitted`, which fails, or hides `exports` from what stands below it.
 */
import type * as TypeScript from "@tslab/typescript-for-tslab";

type Visit = typeof TypeScript.visitEachChild;

/** The file in which tslab declares what earlier cells have left. */
const earlierCells = "__prev__.d.ts";

/**
 * The compiler's `visitEachChild`, which also writes `{ name: exports.name }` for a `{ name }` from an earlier cell, and leaves the
 * names of fields as they are.
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
    if (ts.isBindingElement(node) && node.propertyName && !ts.isComputedPropertyName(node.propertyName)) {
      const { name, initializer, propertyName, dotDotDotToken } = node;
      return ts.factory.updateBindingElement(
        node,
        dotDotDotToken,
        propertyName,
        ts.visitNode(name, visitor) as TypeScript.BindingName,
        initializer && (ts.visitNode(initializer, visitor) as TypeScript.Expression),
      );
    }
    if (!ts.isShorthandPropertyAssignment(node) || !isEarlier(node)) {
      return Reflect.apply(ts.visitEachChild, ts, [node, visitor, ...rest]);
    }
    const { factory } = ts;
    const variable = factory.createPropertyAccessExpression(
      factory.createIdentifier("exports"),
      node.name.text,
    );
    // `({ name = 1 } = object)` assigns to it, with a default.
    const fallback = node.objectAssignmentInitializer;
    const value = fallback
      ? factory.createAssignment(variable, ts.visitNode(fallback, visitor) as TypeScript.Expression)
      : variable;
    return factory.createPropertyAssignment(node.name.text, value);
  };
  return visit as Visit;
}
