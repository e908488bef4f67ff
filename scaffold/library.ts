/** Where the library lists what it has: every list that `lib/completeness.test.ts` holds against the others. */

import { type Course, insertBefore, Refused } from "./plan.ts";

/** A call of every function that is exported. */
export const CALLS = "lib/arguments.fixture.ts";

/** Sizes that are too large, of every function that takes one. */
export const SIZES = "lib/sizes.test.ts";

/** @throws Refused if flowlab exports this name already. */
export function refuseTaken(what: string, course: Course, name: string): void {
  if (new RegExp(`\\b${name}\\b`).test(course.read("lib/index.ts"))) {
    throw new Refused(`${what}: flowlab exports ${name} already; choose another name`);
  }
}

/** `lib/index.ts` with one more name. */
export const addExport = (course: Course, name: string, path: string): string =>
  insertBefore(course, "lib/index.ts", /^export /m, `export { ${name} } from "./${path}";\n`);

/** The calls that are tried with wrong arguments, with one more: the function with arguments that are right. */
export const addCall = (course: Course, name: string, given: string): string =>
  insertBefore(course, CALLS, /^add\(/m, `add("${name}", lib.${name}, () => [${given}]);\n`);

/** The sizes that have to be refused before memory is gone, with one more; the last one that it takes is huge. */
export function addSize(course: Course, name: string, sizes: readonly string[]): string {
  const given = sizes.map((size, i) => `${size}: ${i === sizes.length - 1 ? "HUGE" : 2}`).join(", ");
  return insertBefore(
    course,
    SIZES,
    /^ {2}\["diagonal"/m,
    `  ["${name}", () => lib.${name}({ ${given} })],\n`,
  );
}

/** A registry with an import, and a line in the table that begins so. */
export function addToRegistry(
  course: Course,
  path: string,
  table: string,
  { name, from }: { name: string; from: string },
): string {
  const text = insertBefore(course, path, /^import /m, `import { ${name} } from "${from}";\n`);
  const begin = text.indexOf(`\nconst ${table}`);
  const end = text.indexOf("\n};", begin);
  if (begin < 0 || end < 0)
    throw new Refused(`${path}: found no table ${table}; add the line "${name}," by hand`);
  const entries = [...text.slice(0, end).matchAll(/^ {2}(\w+)[,:(]/gm)].filter(({ index }) => index > begin);
  const place = entries.find(([, key]) => key > name)?.index ?? end + 1;
  return `${text.slice(0, place)}  ${name},\n${text.slice(place)}`;
}

/** A file of cases with an import and one more case at its end. */
export function addCase(
  course: Course,
  path: string,
  imports: string,
  table: string,
  lines: string,
  text = course.read(path),
): string {
  const begin = text.indexOf(`const ${table}`);
  const end = text.indexOf("\n};", begin);
  if (begin < 0 || end < 0) throw new Refused(`${path}: found no table ${table}; add the case by hand`);
  return insertBefore(
    course,
    path,
    /^import /m,
    imports,
    `${text.slice(0, end + 1)}${lines}${text.slice(end + 1)}`,
  );
}

/** README's table of the library with one more name: after the others of a row, or of a list within it. */
export function addToReadme(course: Course, name: string, row: string, list?: string): string {
  const readme = course.read("README.md");
  const found = new RegExp(`^\\| ${row} \\| .*\\|$`, "m").exec(readme);
  const inner = found && (list ? found[0].indexOf(list) : 0);
  if (!found || inner === null || inner < 0) {
    throw new Refused(
      `README.md: found no row "${row}" in the table of the library; add \`${name}\` by hand`,
    );
  }
  const ends = list ? found[0].indexOf(";", inner) : found[0].length - 2;
  const place = found.index + (ends < 0 ? found[0].length - 2 : ends);
  return `${readme.slice(0, place)}, \`${name}\`${readme.slice(place)}`;
}
