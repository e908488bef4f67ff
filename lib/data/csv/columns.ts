import { isMissing, plain, toNumber } from "./field.ts";
import type { CsvTableOptions } from "./options.ts";

/** What a table calls its columns. */
interface Names {
  /** All of them in order: "1", "2", … if the file has no names. */
  readonly all: readonly string[];
  /** Whether the first record is names. */
  readonly hasHeader: boolean;
  /** Whether the first column is names of the rows, which is called "". */
  readonly hasRowNames: boolean;
}

/** The columns of a table, and where those are that are taken of it. */
export interface Columns extends Names {
  readonly chosen: readonly number[];
  /** Of the labels, if they are wanted. */
  readonly label: number | undefined;
}

/**
 * Names of the columns: the first record, unless all of it are numbers or missing.
 *
 * @param start The first record, and the second if there is one.
 * @throws Error if the first may be a row as well: if it has numbers where the second has them, and texts elsewhere.
 */
export function nameColumns(start: readonly string[][], options: CsvTableOptions, path: string): Names {
  const [first, second = []] = start;
  const names = first.map(plain);
  const counted = first.map((_, i) => String(i + 1));
  const isNumber = (field: string) => !Number.isNaN(toNumber(field, options.decimal ?? "."));
  const hasHeader = options.header ?? headerOf();
  // R writes no name for the names of the rows. A field that is empty everywhere stands behind a last delimiter.
  const hasRowNames = hasHeader && second.length === first.length + 1 && plain(second[first.length]) !== "";
  const all = hasHeader ? names : counted;
  return { all: hasRowNames ? ["", ...all] : all, hasHeader, hasRowNames };

  function headerOf(): boolean {
    if (first.every((field) => isNumber(field) || isMissing(field))) return false;
    const isAlike =
      first.length === second.length && first.every((f, i) => isNumber(f) === isNumber(second[i]));
    if (!isAlike || !first.some(isNumber)) return true;
    const wanted = [...(options.columns ?? []), ...(options.labels === undefined ? [] : [options.labels])];
    const [areNames, areCounted] = [names, counted].map((all) => wanted.every((name) => all.includes(name)));
    if (areNames !== areCounted) return areNames;
    throw new Error(
      `${path}: the first line has numbers where the second has them, so it may name the columns or be a row of ` +
        `them (${names.join(", ")}); say header: true or header: false`,
    );
  }
}

/**
 * Where the wanted columns are.
 *
 * @throws RangeError if one is not there, or several have its name, or none is left beside the labels.
 */
export function chooseColumns(named: Names, { columns, labels }: CsvTableOptions, path: string): Columns {
  const label = labels === undefined ? undefined : placeOf(labels, named, path);
  const chosen =
    columns?.map((name) => placeOf(name, named, path)) ??
    [...named.all.keys()].filter((i) => i !== label && !(named.hasRowNames && i === 0));
  if (chosen.length > 0) return { ...named, chosen, label };
  throw new RangeError(`${path}: expected columns of numbers beside that of the labels; found none`);
}

function placeOf(name: string, { all, hasHeader }: Names, path: string): number {
  const index = all.indexOf(name);
  if (index < 0) {
    const unnamed = hasHeader
      ? ""
      : ". The file has no line of names; with header: true its first line is one";
    throw new RangeError(`${path}: expected a column "${name}"; found ${all.join(", ")}${unnamed}`);
  }
  if (all.lastIndexOf(name) === index) return index;
  throw new RangeError(
    `${path}: expected one column "${name}"; found several in ${all.join(", ")}. Rename them, or take all columns`,
  );
}
