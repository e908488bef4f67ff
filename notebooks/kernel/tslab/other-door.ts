/** A learner who imports a figure from "flowlab" is told that it is exported by "flowlab/figure". */
import type { Diagnostic, Program } from "@tslab/typescript-for-tslab";

/** "Module 'm' has no exported member 'name'", and the same with "Did you mean". */
const noSuchMember = [2305, 2724];

/** What can be imported of the library, and the end of the file that declares it. */
const doors = {
  flowlab: "/lib/dist/index.d.ts",
  "flowlab/data": "/lib/dist/data/index.d.ts",
  "flowlab/figure": "/lib/dist/figure/index.d.ts",
  "flowlab/notebook": "/lib/dist/notebook/index.d.ts",
};

/** The diagnostic with the module that does export the name in its message, if it is about that and there is one. */
export function withOtherDoor<D extends Diagnostic>(diagnostic: D, program: Program): D {
  const { code, messageText } = diagnostic;
  if (!noSuchMember.includes(code) || typeof messageText !== "string") return diagnostic;
  const [, module, name] = /'"(flowlab[\w/]*)"'.* '(\w+)'/.exec(messageText.split(". ")[0] as string) ?? [];
  if (module === undefined || name === undefined) return diagnostic;
  const found = Object.entries(doors).find(([, file]) => exportsOf(program, file).includes(name))?.[0];
  return found === undefined
    ? diagnostic
    : { ...diagnostic, messageText: `${messageText} Import it from "${found}".` };
}

function exportsOf(program: Program, file: string): string[] {
  const source = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(file));
  const checker = program.getTypeChecker();
  const symbol = source && checker.getSymbolAtLocation(source);
  return symbol ? checker.getExportsOfModule(symbol).map(({ name }) => name) : [];
}
