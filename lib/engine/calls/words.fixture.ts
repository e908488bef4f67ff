import { type Calls, call } from "./call.fixture.ts";

/** Operations on texts; results that are texts are compared as the numbers of their letters. */
export const WORDS: Calls = {
  "string.staticRegexReplace": [
    call((t) => lengths(t, t.string.staticRegexReplace(t.tensor1d(["aab", "cab"]), "a", "xx"))),
  ],
  "string.stringNGrams": [
    call((t) => {
      const { nGrams, nGramsSplits } = t.string.stringNGrams(
        t.tensor1d(["a", "b", "c", "d"]),
        t.tensor1d([0, 3, 4], "int32"),
        "|",
        [1, 2],
        "L",
        "R",
        -1,
        false,
      );
      return [lengths(t, nGrams), nGramsSplits];
    }),
  ],
  "string.stringSplit": [
    call((t) => {
      const { indices, values, shape } = t.string.stringSplit(t.tensor1d(["one two", "three"]), " ");
      return [indices, lengths(t, values), shape];
    }),
  ],
  "string.stringToHashBucketFast": [
    call((t) => t.string.stringToHashBucketFast(t.tensor1d(["one", "two"]), 10)),
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: calls are written for every version of the library
function lengths(t: any, words: any) {
  return t.tensor1d(
    Array.from(words.dataSync() as string[], (word) => word.length),
    "int32",
  );
}
