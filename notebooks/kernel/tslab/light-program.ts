/**
 * Programs without the bookkeeping by which the compiler's watch mode finds what a change affects. tslab has two made for each cell, and
 * asks that bookkeeping only which local files a cell imports; to keep it, the compiler looks up every import of every declaration
 * file of the libraries, each time.
 */

import type * as TypeScript from "@tslab/typescript-for-tslab";

type Compiler = typeof TypeScript;

/** What the compiler has and does not declare. */
interface Undeclared {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}
interface WithImports {
  readonly imports?: readonly TypeScript.StringLiteralLike[];
}

/** Of a compiler host, in the place of its `createProgram`. */
export const createLightProgram =
  (ts: Compiler): TypeScript.CreateProgram<TypeScript.BuilderProgram> =>
  (...given) => {
    const builder = ts.createAbstractBuilder(...(given as Parameters<typeof ts.createAbstractBuilder>));
    const program = builder.getProgram();
    // tslab reads a cell's names as soon as there is a program; whoever checks types binds the others.
    for (const name of program.getRootFileNames()) {
      const file = program.getSourceFile(name);
      if (file) (ts as unknown as Undeclared).bindSourceFile(file, program.getCompilerOptions());
    }
    builder.getAllDependencies = (file) => sourcesOf(program, file);
    return builder;
  };

/** A file, and those that it imports, directly or not: what has to be compiled along with it. Declarations import nothing that runs. */
function sourcesOf(program: TypeScript.Program, file: TypeScript.SourceFile): string[] {
  const found = new Set([file]);
  const checker = program.getTypeChecker();
  for (const { imports = [] } of found as Set<WithImports>)
    for (const name of imports)
      for (const declaration of checker.getSymbolAtLocation(name)?.declarations ?? []) {
        const imported = declaration.getSourceFile();
        if (!imported.isDeclarationFile) found.add(imported);
      }
  return [...found].map(({ fileName }) => fileName);
}
