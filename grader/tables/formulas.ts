/** Texts that a spreadsheet would compute. Papa's own `escapeFormulae: true` overlooks those of several lines. */

/**
 * What a spreadsheet takes for a formula, whatever its other lines hold, the wide signs of East Asian keyboards included. Marks before it
 * count, so that the one set before it can be told from them.
 */
export const FORMULA = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A number is none, also below zero. */
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/** With a mark before it where a spreadsheet would compute it. */
export const asText = (value: string): string =>
  FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;

/** Without the mark that was set before a formula. */
export const removeMark = (value: string): string =>
  value.startsWith("'") && FORMULA.test(value) ? value.slice(1) : value;
