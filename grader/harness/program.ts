/** A learner's program as it is sent into the sandbox: modules as text, which import each other by their addresses. */

import { SUBMISSION } from "./address.ts";

export interface ProgramModule {
  /** Its address below `file:///submission/`, percent-encoded. What follows a `?` tells modules of one name apart. */
  readonly path: string;
  /** TypeScript, each line where the learner has it. */
  readonly code: string;
  /** The same without its types, where that has been done already: drivers/types/strip.ts. */
  readonly script?: string;
}

export interface Program {
  readonly modules: readonly ProgramModule[];
  /** Paths of the modules that answer, in the order in which they are run. Where two declare a name, the later counts. */
  readonly entries: readonly string[];
}

/** A program of one text. */
export function singleModule(name: string, code: string): Program {
  const path = encodeURIComponent(name);
  return { modules: [{ path, code }], entries: [path] };
}

/** A module's name as its learner knows it: `01-change-of-variables.ipynb, cell 7`. */
export function shownName(path: string): string {
  const name = path.replace(/\?\d+$/, "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A place in a module, for a message: `ada.ipynb, cell 7, line 3` or `16-1-square.ts:3:5`. */
export function placeText(name: string, line: number | string, column: number | string): string {
  return /, cell \d+$/.test(name) ? `${name}, line ${line}` : `${name}:${line}:${column}`;
}

/** Addresses of modules in a text, such as a stack, as a learner knows them. */
export function withShownNames(text: string): string {
  const address = new RegExp(`${SUBMISSION}([^\\s:()?]+)(?:\\?\\d+)?(?::(\\d+):(\\d+))?`, "g");
  return text.replace(address, (_whole, path: string, line?: string, column?: string) =>
    line === undefined || column === undefined ? shownName(path) : placeText(shownName(path), line, column),
  );
}
