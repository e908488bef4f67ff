import { describe } from "../ground/arguments/plain-numbers.ts";
/**
 * In what order the numbers of an event are generated: their indices, the first first. Numbers that may be generated
 * together stand in a list of their own: [[0, 1], [2, 3]] takes two passes, [0, 1, 2, 3] takes four.
 */
export type Order = readonly (number | readonly number[])[];

/** An order by name, or written out. */
export type OrderOption = "natural" | "reverse" | Order;

/**
 * An order as a list of groups; all numbers of a group depend on those of the groups before it.
 *
 * @throws RangeError if it does not name each of the numbers 0 … size − 1 once.
 */
export function groupsOf(order: OrderOption, size: number, who: string): number[][] {
  const natural = Array.from({ length: size }, (_, i) => [i]);
  if (order === "natural") return natural;
  if (order === "reverse") return natural.reverse();
  const groups = Array.isArray(order)
    ? order.map((group) => (typeof group === "number" ? [group] : [...group]))
    : [];
  const named = groups.flat().sort((a, b) => a - b);
  if (
    named.length === size &&
    named.every((index, i) => index === i) &&
    groups.every((group) => group.length > 0)
  ) {
    return groups;
  }
  throw new RangeError(
    `${who}: expected an order that names each of 0 … ${size - 1} once; got ${Array.isArray(order) ? JSON.stringify(order) : describe(order)}`,
  );
}
