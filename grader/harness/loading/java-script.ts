/** TypeScript as JavaScript, each line and column where it was. */

import { stripTypeScriptTypes } from "node:module";

/** @throws SyntaxError, or whatever Node's parser makes of a text that it cannot read. */
export function javaScript(source: string): string {
  try {
    return stripTypeScriptTypes(source, { mode: "strip" });
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") throw error;
    // Enums and parameter properties: they work in the notebook, so they work here, without exact positions.
    return stripTypeScriptTypes(source, { mode: "transform" });
  }
}
