/** Whether the code in an exercise's statement is the code that it asks for: every name, every call, every order of parameters. */

import type { AnyExercise } from "../../exercise.ts";
import type { FunctionKind, Kind, Signatures } from "../../harness/kinds.ts";

/** What code may name besides what an exercise asks for. */
const LANGUAGE = new Set(
  "number string boolean null undefined true false NaN Infinity Math Number Array Float32Array Float64Array tf return throw async await Promise const let".split(
    " ",
  ),
);

/** @returns What is wrong in the statement, one sentence each. */
export function statementProblems({ statement, signatures, file }: AnyExercise): string[] {
  // What is asked of a saved flow is no function of the learner's: hers are those that make the file.
  if (file)
    return [file.name, ...Object.keys(file.makers)]
      .filter((name) => !statement.includes(name))
      .map((name) => `the statement does not name ${name}`);
  const functions = functionsOf(signatures);
  const names = namesOf(functions);
  return codeSpans(statement).flatMap((code) => [
    ...callProblems(code, functions),
    ...nameProblems(code, functions, names),
  ]);
}

/** What stands between backticks; formulas and fenced blocks of other languages are no code of an exercise. */
function codeSpans(markdown: string): string[] {
  return [...markdown.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code]) => (code as string).trim());
}

/** Every function that an answer provides: exports, and the methods of what they return. */
function functionsOf(signatures: Signatures): Map<string, FunctionKind> {
  const found = new Map<string, FunctionKind>();
  const visit = (name: string, kind: FunctionKind | Kind): void => {
    if (kind.kind === "function") {
      found.set(name, kind);
      visit(name, kind.returns);
    } else if (kind.kind === "object") {
      for (const [method, of] of Object.entries(kind.methods as Signatures)) visit(method, of);
    } else if (kind.kind === "record") {
      for (const [field, of] of Object.entries(kind.fields as Record<string, Kind>)) visit(field, of);
    }
  };
  for (const [name, kind] of Object.entries(signatures)) visit(name, kind);
  return found;
}

function namesOf(functions: ReadonlyMap<string, FunctionKind>): Set<string> {
  const names = new Set<string>();
  const fields = (kind: Kind): void => {
    if (kind.kind !== "record") return;
    for (const [name, of] of Object.entries(kind.fields as Record<string, Kind>)) {
      names.add(name);
      fields(of);
    }
  };
  for (const [name, { parameters, returns }] of functions) {
    names.add(name);
    fields(returns);
    for (const { name: parameter, of } of parameters) {
      names.add(parameter);
      fields(of);
    }
  }
  return names;
}

const CALL = /(?<![.\w])([A-Za-z_]\w*)\(([^()]*)\)/g;

function callProblems(code: string, functions: ReadonlyMap<string, FunctionKind>): string[] {
  return [...code.matchAll(CALL)].flatMap(([call, name, inside]) => {
    const kind = functions.get(name as string);
    if (!kind) return [];
    const given = (inside as string).split(",").map((argument) => argument.trim());
    const wanted = kind.parameters.map(({ name }) => name);
    const given0 = wanted.length === 0 && inside === "" ? [] : given;
    const right = `${name}(${wanted.join(", ")})`;
    if (given0.length !== wanted.length)
      return [`the statement writes \`${call}\`; the signature is \`${right}\``];
    const misplaced = given0.some((argument, i) => /^[A-Za-z_]\w*$/.test(argument) && argument !== wanted[i]);
    return misplaced ? [`the statement writes \`${call}\`; the signature is \`${right}\``] : [];
  });
}

function nameProblems(
  code: string,
  functions: ReadonlyMap<string, FunctionKind>,
  names: ReadonlySet<string>,
): string[] {
  // What a function that is given to the answer takes is nowhere declared: `forward(z)` is as good as `forward(x)`.
  const maps = new Set(
    [...functions.values()].flatMap(({ parameters }) =>
      parameters.filter(({ of }) => of.kind === "map" || of.kind === "linear-map").map(({ name }) => name),
    ),
  );
  const visible = code
    .replace(/"[^"]*"|'[^']*'/g, "")
    .replace(CALL, (call, name: string) => (maps.has(name) ? name : call));
  const used = [...visible.matchAll(/(?<![.\w])[A-Za-z_]\w*/g)].map(([name]) => name);
  return [...new Set(used)]
    .filter((name) => !names.has(name) && !LANGUAGE.has(name))
    .map(
      (name) =>
        `the statement names \`${name}\` in \`${code}\`; the signatures have only ${[...names].join(", ")}`,
    );
}
