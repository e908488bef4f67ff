import { type DecimalSign, isMissing, looksNumeric } from "./field.ts";
import { eachRecord } from "./records.ts";

/** In order: the first of those that fit equally well is taken. */
const CANDIDATES = [",", ";", "\t", "|", " "];
/** So much of a file tells how it is divided. */
const SAMPLE = { characters: 2 ** 16, records: 50 };

/**
 * What divides the fields of a table: of comma, semicolon, tab, bar and space the one that gives most lines as many
 * fields as the first has (or one more, if these are names of rows), and most numbers. If there is but one column, the first of them that may be one.
 *
 * @param decimal No delimiter; if left out, a number may have either sign.
 */
export function detectDelimiter(text: string, comment: string, decimal?: DecimalSign): string {
  const sample = text.slice(0, SAMPLE.characters);
  // A record that the sample cuts would have too few fields.
  const whole = sample.length < text.length ? sample.slice(0, sample.lastIndexOf("\n") + 1) : sample;
  let best = { delimiter: decimal === "," ? ";" : ",", fit: 0 };
  for (const delimiter of CANDIDATES) {
    if (delimiter === decimal || delimiter === comment) continue;
    const fit = fitOf(whole, delimiter, comment);
    if (fit > best.fit) best = { delimiter, fit };
  }
  return best.delimiter;
}

/** The share of records that have as many fields as the first, and of numbers in them; 0 if that is one field. */
function fitOf(text: string, delimiter: string, comment: string): number {
  const records: string[][] = [];
  try {
    eachRecord(text, { delimiter, comment }, (fields) => records.push(fields), SAMPLE.records);
  } catch {
    return 0;
  }
  const first = records[0]?.length ?? 0;
  const hasRowNames = records.length > 1 && records.slice(1).every((fields) => fields.length === first + 1);
  const width = hasRowNames ? first + 1 : first;
  if (width < 2) return 0;
  const even = records.filter((fields, i) => fields.length === width || (hasRowNames && i === 0));
  const fields = even.slice(records.length > 1 ? 1 : 0).flat();
  const numbers = fields.filter((field) => looksNumeric(field) || isMissing(field));
  return even.length / records.length + numbers.length / Math.max(1, fields.length);
}
