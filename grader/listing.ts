const LISTS = {
  and: new Intl.ListFormat("en-GB", { type: "conjunction" }),
  or: new Intl.ListFormat("en-GB", { type: "disjunction" }),
};

/** `a`, `a and b`, `a, b and c`. */
export const listWords = (words: readonly string[], last: "and" | "or" = "and"): string =>
  LISTS[last].format(words);
