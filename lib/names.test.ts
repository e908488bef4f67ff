import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A function at the top of a file. */
const FUNCTION =
  /^(?<exported>export )?(?:(?:async )?function\*? (?<named>[a-z]\w*)[(<]|const (?<held>[a-z]\w*)(?:: [^\n=]*)? = (?:async )?(?:<[^\n]*>)?(?:\(|[a-z]\w* =>))/gm;

/** They end as participles do, and are verbs or nouns. */
const NO_PARTICIPLE = ["need", "seed", "feed", "embed", "shed", "exceed", "proceed", "succeed", "bed"];
const IRREGULAR =
  /^(drawn|shown|given|taken|written|thrown|hidden|chosen|frozen|broken|grown|begun|kept|held|built|made|found|sent|told)$/;
const isParticiple = (word: string) =>
  (/ed$/.test(word) && !NO_PARTICIPLE.includes(word)) || IRREGULAR.test(word);

/** What follows one of these is what is done, or the case, and the name no participle: `joinSampled`, `isAnswered`, `withoutUsed`. */
const LEADS =
  /^(is|has|as|to|of|with|without|about|not|on|create|make|join|remember|describe|render|read|write|find|check|choose|count|add|take|keep|show|tell|ask|end|lay|send|mark|refuse)[A-Z]/;

/** And why no verb would say it better. */
const EXCEPTIONS: Record<string, string> = {
  passed: "a learner writes check.passed(…) and reads it as a sentence",
  worked: 'a learner writes worked("16.1") for the worked solution',
  nonlinearSquared: "the name that the paper gives to the transformer",
  wellConditioned: "what a domain says of an answer, not what is done: float32: wellConditioned",
  yoursAgainstAsked: "a figure of two curves, by what they are: yours, and what was asked",
  made: "MADE, the network",
  exactMade: "MADE, the network",
};

/** Single words that are participles, and names of exported functions that end in one. */
function participlesIn(text: string): string[] {
  return [...text.matchAll(FUNCTION)].flatMap(({ groups: { exported, named, held } = {} }) => {
    const name = named ?? held ?? "";
    const words = name.split(/(?=[A-Z])/);
    const last = words.at(-1)?.toLowerCase() ?? "";
    const isSeen = words.length === 1 || (exported !== undefined && !LEADS.test(name));
    return isSeen && isParticiple(last) ? [name] : [];
  });
}

const files = globSync("{lib,grader,notebooks,bench,scaffold,setup}/**/*.{ts,js,cjs}", { cwd: root }).filter(
  (path) => !/\.(test|fixture)\.(ts|js)$|\.d\.ts$|[\\/](dist|node_modules|fixtures|testing)[\\/]/.test(path),
);
const found = files.flatMap((file) =>
  participlesIn(readFileSync(join(root, file), "utf8")).map((name) => ({ file, name })),
);

test("functions have verbs for names, or nouns for what they give", () => {
  expect(files.length).toBeGreaterThan(400);
  const wrong = found.filter(({ name }) => !Object.hasOwn(EXCEPTIONS, name));
  expect(wrong.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

test("every exception is one", () => {
  expect(Object.keys(EXCEPTIONS).filter((name) => !found.some((one) => one.name === name))).toEqual([]);
});

test("a participle is seen in each way to write a function, and at the end of an exported one", () => {
  expect(
    participlesIn(
      [
        "function reshaped(x: number) {",
        "export async function settled<T>(x: T) {",
        "export const joined = (x: number) => x;",
        "const mixed = async <A>(x: A) => x;",
        "export const drawn = x => x;",
        "export function weightsRounded(x: number) {",
        "export const linesGiven: Sorter = (x) => x;",
        "const widened = 3;",
        "function thrown(error: unknown) {",
        "function succeed() {",
        "  const inner = () => 1;",
        "function reshape(x: number) {",
        "function warpedGridFigure() {",
        "function localsRounded() {",
        "export function isAnswered() {",
        "export function joinSampled() {",
        "export const seed = () => 1;",
      ].join("\n"),
    ),
  ).toEqual(["reshaped", "settled", "joined", "mixed", "drawn", "weightsRounded", "linesGiven", "thrown"]);
});
