import { describe } from "./plain-numbers.ts";
/**
 * What messages call the numbers of an event: by the names that are given, or by their place, counted from 0.
 *
 * @param shape Of an event; its numbers are counted row by row.
 * @param names One for each number of an event with one axis.
 */
export function columnNames(shape: readonly number[], names?: readonly string[]): (column: number) => string {
  if (names) return (column) => `column "${names[column]}"`;
  if (shape.length === 0) return () => "the numbers";
  if (shape.length === 1) return (column) => `column ${column} (of 0 to ${shape[0] - 1})`;
  return (column) => {
    const place = shape.map((length, axis) => {
      const inner = shape.slice(axis + 1).reduce((product, one) => product * one, 1);
      return Math.floor(column / inner) % length;
    });
    return `number [${place}]`;
  };
}

/**
 * Checks the names of columns.
 *
 * @throws TypeError if they are no list of texts. @throws RangeError if there is not one for each number of an event.
 */
export function checkColumnNames(
  who: string,
  shape: readonly number[],
  names: readonly string[] | undefined,
): void {
  if (names === undefined) return;
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) {
    throw new TypeError(
      `${who}: expected columns to be a list of names; got ${Array.isArray(names) ? JSON.stringify(names) : describe(names)}`,
    );
  }
  if (shape.length === 1 && names.length === shape[0]) return;
  throw new RangeError(
    `${who}: expected columns to name each number of events of shape [${shape}]; got ${names.length} names`,
  );
}
