/** Ways to write mathematics that a line of a derivation cannot be read in, each with what to write in its place. */

const NOTATIONS: readonly (readonly [RegExp, string])[] = [
  [/=/, "a line is one expression without =: what it equals stands in the next line"],
  [/\\/, "TeX is not read: write it as in code, with *, / and ^"],
  [/[{}]/, "braces are not read: write round brackets"],
  [/\|/, "bars are not read: write abs( ) for an absolute value and det( ) for a determinant"],
  [/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]/, "raised figures are not read: write ^2 or ^(-1)"],
  [/ᵀ|⊤|\^\(?T\b/, "a raised T is not read: an apostrophe transposes"],
  [/[’′‘`]/, "of the apostrophes only ' is read"],
  [/[·×⋅∙•]/, "write * for a product"],
  [/\*\*/, "write ^ for a power"],
  [/[−–—]/, "one of the minus signs is another character than the - of the keyboard"],
  [/÷|:/, "write / for a quotient"],
  [/√/, "write sqrt( ) for a root"],
  [/\bln\b/, "write log( ) for the natural logarithm"],
  [/\bd\/d[a-z]\b/, "quotients such as d/da are not read: a derivative is a function, da( )"],
  [/\bMath\./, "leave out Math.: the functions are log( ), exp( ), abs( )"],
  [/[\u0370-\u03ff]/, "Greek letters are not read: write them as words, such as pi, mu, Sigma"],
];

/** What in a line that could not be read is written in another way than is read here; undefined if it is something else. */
export const notationProblem = (text: string): string | undefined =>
  NOTATIONS.find(([sign]) => sign.test(text))?.[1];
