import type { Parameter } from "../../harness/kinds.ts";
import { callKey } from "../call-key.ts";
import { mapNumbers, type Nameless } from "../mutant.ts";

/** What does not look at this argument again once it has an answer to the others. */
export function ofPartialMemory(parameters: readonly Parameter[]): Nameless[] {
  if (parameters.length < 2) return [];
  const forgetting = (names: string, forgets: readonly number[]): Nameless => ({
    id: `answers kept whatever ${names}`,
    forgets,
    remembers: true,
    alter() {
      const known = new Map<string, unknown>();
      return (right, inputs) => {
        const key = callKey(inputs.filter((_, i) => !forgets.includes(i)));
        if (!known.has(key)) known.set(key, right);
        return known.get(key);
      };
    },
  });
  const places = parameters.map((_, i) => i);
  const maps = places.filter((i) => parameters[i].of.kind === "map");
  return [
    ...places.flatMap((i) => (maps.includes(i) ? [] : [forgetting(`${parameters[i].name} is`, [i])])),
    ...(maps.length > 0 ? [forgetting(`${maps.map((i) => parameters[i].name).join(", ")} is`, maps)] : []),
  ];
}

/** Right only as long as nothing is asked again, or nothing else. What takes no arguments cannot be asked anything else. */
export function ofMemory(parameters: readonly Parameter[]): Nameless[] {
  return parameters.length === 0 ? ofRepetition() : [...ofRepetition(), ...ofEarlierCalls()];
}

function ofRepetition(): Nameless[] {
  const off = (right: unknown) => mapNumbers(right, (v) => (Number.isFinite(v) ? 2 * v + 1 : 1));
  return [
    {
      id: "another answer when asked the same again",
      sure: true,
      remembers: true,
      alter() {
        const seen = new Set<string>();
        return (right, inputs) => {
          const key = callKey(inputs);
          const again = seen.has(key);
          seen.add(key);
          return again ? off(right) : right;
        };
      },
    },
    {
      id: "another answer when asked the same twice in a row",
      sure: true,
      remembers: true,
      alter() {
        let last = "";
        return (right, inputs) => {
          const key = callKey(inputs);
          const again = key === last;
          last = key;
          return again ? off(right) : right;
        };
      },
    },
  ];
}

function ofEarlierCalls(): Nameless[] {
  return [
    {
      id: "the answer to the call before",
      sure: true,
      remembers: true,
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
      remembers: true,
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
