import type { Program } from "../harness/program.ts";
import type { Cell } from "./scope.ts";

const RELATIVE = /^\.{1,2}\//;

/** What a program imports of the files beside its notebook. The import may stand in another cell than what needs it. */
export function relativeImports({ modules }: Program, cells: readonly Cell[]): string[] {
  const written = cells
    .filter(({ text }) => /["']\.{1,2}\//.test(text))
    .flatMap(({ facts }) => facts?.from ?? [])
    .filter((from) => RELATIVE.test(from));
  return [...new Set(written)].filter((from) =>
    modules.some(({ code }) => [JSON.stringify(from), `'${from}'`].some((quoted) => code.includes(quoted))),
  );
}
