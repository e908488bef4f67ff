/** What programs write where there is no value, but for the case of the letters. */
const MISSING = new Set([
  ...[
    "",
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "#n/a n/a",
    "#na",
    "<na>",
    "nan",
    "-nan",
    "+nan",
    "null",
    "none",
    "nil",
    "nat",
  ],
  // People, and offices of statistics.
  ...[
    "?",
    "-",
    "--",
    "\u2013",
    "\u2014",
    "..",
    "...",
    ":",
    "missing",
    "unknown",
    "undefined",
    "n/d",
    "n.d.",
    "not available",
  ],
  // SAS, SPSS and Stata; MySQL and PostgreSQL, and what shows their tables.
  ...[".", "#null!", "\\n", "<null>", "(null)", "[null]", "(blank)"],
  // Formulas of a spreadsheet that have no value; programs of Windows.
  ...["#div/0!", "#value!", "#ref!", "#name?", "#num!", "1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan"],
]);

/** Those of them that a comment seems to begin with. */
export const missingBehind = (sign: string) =>
  [...MISSING].filter((word) => word.length > sign.length && word.startsWith(sign));

/** What is this large or larger is infinite in float32. */
const INFINITE = 2 ** 128 - 2 ** 103;

/** The sign in front of a number's fraction. */
export type DecimalSign = "." | ",";

/** A field without the space around it, and without quotes that stand behind such space. */
export function plain(field: string): string {
  const text = field.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replaceAll('""', '"').trim()
    : text;
}

/** Whether a field stands for a value that is not known. */
export const isMissing = (field: string) => MISSING.has(plain(field).toLowerCase());

/** A field as a number that is finite in float32, or NaN if it is none. */
export function toNumber(field: string, decimal: DecimalSign): number {
  // Most fields: neither 0, for which an empty one would be taken, nor something else than a number.
  const direct = decimal === "." ? +field : 0;
  if (direct !== 0 && Math.abs(direct) < INFINITE && !isOtherBase(field)) return direct;
  const value = readNumber(field, decimal);
  return Math.abs(value) < INFINITE ? value : Number.NaN;
}

function readNumber(field: string, decimal: DecimalSign): number {
  const text = plain(field);
  // A point is none where the comma is the sign: 1.500 may mean fifteen hundred.
  if (text === "" || (decimal === "," && text.includes(".")) || isOtherBase(text)) return Number.NaN;
  return Number(decimal === "," ? text.replace(",", ".") : text);
}

/** Whether JavaScript would read a number to another base than ten: what is an identifier elsewhere. */
function isOtherBase(field: string): boolean {
  // Most fields begin with another digit, a sign or a point, and are not looked at further.
  const first = field.charCodeAt(0);
  return (first === 48 || first <= 32 || first > 127) && /^\s*0[xob]/i.test(field);
}

/** Whether a field looks like a number, whatever its decimal sign. */
export const looksNumeric = (field: string) =>
  !Number.isNaN(toNumber(field, ".")) || !Number.isNaN(toNumber(field, ","));

/** What was expected of a field that is no number, and what may mend it. */
export function expectNumber(field: string, decimal: DecimalSign, column: string): string {
  const text = plain(field);
  const got = `got ${JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)}`;
  const isInfinite = /^[+-]?inf(inity)?$/i.test(text) || Math.abs(readNumber(field, decimal)) >= INFINITE;
  if (isInfinite) return `a number up to 3.4e38, the largest in float32; ${got}`;
  return `a number; ${got}. ${remedy(field, decimal, column)}`;
}

function remedy(field: string, decimal: DecimalSign, column: string): string {
  const other = decimal === "." ? "," : ".";
  if (isMissing(field)) return 'Say missing: "skip" to leave out such rows, or missing: a number to stand in';
  if (isOtherBase(field))
    return `Write it to base ten, or say labels: "${column}" if these are names of classes`;
  const isOther = !Number.isNaN(toNumber(field, other));
  const sayOther = `say decimal: "${other}" if this is the sign in front of the fraction`;
  const thousands = withoutThousands(plain(field));
  if (thousands) {
    const sign =
      thousands.decimal && thousands.decimal !== decimal ? `, and say decimal: "${thousands.decimal}"` : "";
    const take = `ake the ${thousands.between} between thousands out of the file: ${thousands.rest}${sign}`;
    return isOther ? `${capital(sayOther)}, or t${take}` : `T${take}`;
  }
  if (isOther) return capital(sayOther);
  const delimiter = [";", "\t", "|", ",", " "].find((sign) => {
    const parts = plain(field).split(sign);
    return parts.length > 1 && parts.every(looksNumeric);
  });
  if (delimiter !== undefined)
    return `Say delimiter: ${JSON.stringify(delimiter)} if that divides the fields`;
  return `Say labels: "${column}" if these are classes, or name the other columns to leave this one out`;
}

const capital = (text: string) => text[0].toUpperCase() + text.slice(1);

/** A number without what divides its thousands, and the sign in front of its fraction; undefined if nothing does. */
function withoutThousands(text: string) {
  const found = /^([+-]?\d{1,3})(?:([.,'\u2019_\s])\d{3})(?:\2\d{3})*(?:([.,])\d+)?$/.exec(text);
  const [, , between, decimal] = found ?? [];
  if (between === undefined || between === decimal) return undefined;
  return {
    between: /\s/.test(between) ? "space" : `"${between}"`,
    decimal,
    rest: text.replaceAll(between, ""),
  };
}
