/**
 * A cell's variables are what its module exports. The compiler puts `exports.x =` before whatever assigns to x, but for the head
 * of a loop: `for (x of list)` and `for await ([x, y] of rows)` leave later cells the value that x had before.
 */
import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * Writes `for (const each of list) { x = each; … }` for a `for (x of list) …`, and the like for `for await` and `for … in`.
 */
export function assignInBody(ts: typeof TypeScript): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => {
    const { factory } = context;

    function visit(node: TypeScript.Node): TypeScript.Node {
      const inside = ts.visitEachChild(node, visit, context);
      if (!ts.isForOfStatement(inside) && !ts.isForInStatement(inside)) return inside;
      const { initializer, expression, statement } = inside;
      if (ts.isVariableDeclarationList(initializer)) return inside;
      const each = factory.createUniqueName("each");
      const head = factory.createVariableDeclarationList(
        [factory.createVariableDeclaration(each)],
        ts.NodeFlags.Const,
      );
      const assignment = factory.createExpressionStatement(factory.createAssignment(initializer, each));
      const body = factory.createBlock([ts.setTextRange(assignment, initializer), statement], true);
      return ts.isForOfStatement(inside)
        ? factory.updateForOfStatement(inside, inside.awaitModifier, head, expression, body)
        : factory.updateForInStatement(inside, head, expression, body);
    }

    return (file) => ts.visitNode(file, visit) as TypeScript.SourceFile;
  };
}
