/**
 * A learner's text where a person reads it: nothing in it may move the cursor, colour the terminal or turn the reading direction.
 */

/** Controls, direction marks, invisible characters, lone surrogates. Line feed, tab and the joiner inside emoji stay. */
const UNPRINTABLE = /(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Shows every character that would not show itself, as `⟨U+202E⟩` or `⟨ESC⟩`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) as number;
    return code === 0x1b ? "⟨ESC⟩" : `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s*\n\s*/g, " ⏎ ").replace(/\t/g, " "));
}
