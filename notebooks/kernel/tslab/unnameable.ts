/**
 * A cell's variables go to later cells by a declaration of their types, so that the compiler refuses a variable whose type
 * cannot be written down: `const fs = await import("node:fs")` has functions whose parameters' types @types/node does not
 * export (TS4023), a class expression may have private members (TS4094). That is a rule for libraries. Here the
 * declaration is written nevertheless, and what has no name in it is any for later cells; the cell itself is checked as ever.
 */

import type * as TypeScript from "@tslab/typescript-for-tslab";

/** Lets a program write declarations also where a type in them has no name. */
export function declareAll(program: TypeScript.Program): void {
  // The last parameter is not among the declared ones: it is how editors' services ask for declarations.
  const emit = program.emit as (...args: unknown[]) => TypeScript.EmitResult;
  program.emit = (file, write, token, onlyDeclarations, transformers) =>
    emit.call(program, file, write, token, onlyDeclarations, transformers, true);
}

/** The complaints about a cell, without those that only a declaration gives rise to. */
export function withoutUnnameable<D extends TypeScript.Diagnostic>(
  program: TypeScript.Program,
  cell: TypeScript.SourceFile,
  diagnostics: readonly D[],
): D[] {
  const place = ({ code, start }: TypeScript.Diagnostic) => `${code} ${start}`;
  // They are looked for only where there are complaints: it takes as long as to write the declaration.
  const ofDeclaration = diagnostics.length === 0 ? [] : program.getDeclarationDiagnostics(cell);
  const places = new Set(ofDeclaration.map(place));
  return diagnostics.filter((diagnostic) => diagnostic.file !== cell || !places.has(place(diagnostic)));
}
