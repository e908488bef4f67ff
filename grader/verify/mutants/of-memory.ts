import { mapNumbers, type Nameless } from "../mutant.ts";

/** Right only as long as nothing is asked again. */
export function ofMemory(): Nameless[] {
  const off = (right: unknown) => mapNumbers(right, (v) => 2 * v + 1);
  return [
    {
      id: "another answer when asked the same again",
      sure: true,
      alter() {
        const seen = new Set<string>();
        return (right, inputs) => {
          const key = JSON.stringify(inputs);
          const again = seen.has(key);
          seen.add(key);
          return again ? off(right) : right;
        };
      },
    },
    {
      id: "another answer when asked the same twice in a row",
      sure: true,
      alter() {
        let last = "";
        return (right, inputs) => {
          const key = JSON.stringify(inputs);
          const again = key === last;
          last = key;
          return again ? off(right) : right;
        };
      },
    },
    {
      id: "the answer to the call before",
      sure: true,
      alter() {
        let before: unknown;
        return (right) => {
          const answer = before ?? right;
          before = right;
          return answer;
        };
      },
    },
    {
      id: "its first answer for ever",
      sure: true,
      alter() {
        let first: unknown;
        return (right) => {
          first ??= right;
          return first;
        };
      },
    },
  ];
}
