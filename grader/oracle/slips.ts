/** Wrong lines of a derivation that people write, each with words for whoever has one of that value. */

export interface Slip {
  readonly line: string;
  /** Shown as it stands: neither Markdown nor TeX, formulas as in the lines themselves. */
  readonly says: string;
}

/** Emphasis, a formula, code. A product such as `a*b*c` has no space before its first star. */
const MARKDOWN = /\$|`|\\[a-z]|(?<![\w)\]])(\*\*?|_)[a-z][^*_]*[a-z]\1(?!\w)/i;

/** @throws SyntaxError if words are not plain: a defect of the exercise. */
export function readSlips<E>(slips: readonly Slip[] = [], read: (line: string) => E) {
  return slips.map(({ line, says }) => {
    const [found] = MARKDOWN.exec(says) ?? [];
    if (found !== undefined)
      throw new SyntaxError(
        `the words for the slip ${line} are shown as plain text; got ${found} in ${JSON.stringify(says)}. Write formulas as in the lines`,
      );
    return { line: read(line), says };
  });
}
