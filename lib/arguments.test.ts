import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Call, calls, folder } from "./arguments.fixture.ts";
import * as figures from "./figure/index.ts";
import * as lib from "./index.ts";

const { tf } = lib;

/** What somebody may give by mistake. */
const WRONG: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  "-1": () => -1,
  "2.5": () => 2.5,
  "a text": () => path.join(folder, "text"),
  true: () => true,
  "an object": () => ({}),
  "an empty list": () => [],
  "a list of texts": () => [["a"]],
  "a function": () => () => 1,
  "a bigint": () => 1n,
};

/** What JavaScript, Node and TensorFlow.js say by themselves of a value that they did not expect. */
const FOREIGN =
  /Cannot (read|set|convert|destructure|mix)|is not (a function|iterable|a constructor|defined)|Invalid array length|must be of type|passed to '|serialize a BigInt|tensor should have|WeakMap/;
/** Who, what was expected of the value, and what it is. */
const OURS = /^[^:]+: .*(expected|must (be|lie)|needs|found|cannot|not a)/s;

beforeEach(() => {
  for (const method of ["log", "warn"] as const) vi.spyOn(console, method).mockImplementation(() => {});
  vi.spyOn(process.stdout, "write").mockImplementation(() => true);
});
afterEach(() => void vi.restoreAllMocks());

// The backend stays as it is while others are tested.
const tried = [...calls].filter(([name]) => name !== "useBackend");

describe.each(tried)("%s", (name, { run, right }) => {
  test("takes what it is made for", async () => {
    expect(await complaint(run, right())).toBe("");
  });

  test("refuses what is no argument of it in words, or works", { timeout: 120_000 }, async () => {
    const found: string[] = [];
    for (const [given, label] of mistakes(right, await namesOfOptions(run, right))) {
      const said = await complaint(run, given, label.endsWith("NaN"));
      if (said !== "" && !(isOurs(said) && saysWho(name, said))) found.push(`${label}: ${said}`);
    }
    expect(found).toEqual([]);
  });

  for (const at of optionsOf(right())) {
    test(`refuses an unknown option of argument ${at}, and names the nearest`, async () => {
      const options = right()[at] as object;
      const [known] = Object.keys(options);
      for (const unknown of [`${known}${known.at(-1)}`, `${known.slice(0, -1)}`, "entirelyElse"]) {
        const given = right().map((one, i) => (i === at ? { ...options, [unknown]: 1 } : one));
        const said = await complaint(run, given);
        expect(said).toContain(`: expected no other options than `);
        expect(said).toContain(`; got ${JSON.stringify(unknown)}`);
        if (unknown !== "entirelyElse" && known.length > 3)
          expect(said).toMatch(new RegExp(`mean .*${known}`));
      }
    });
  }
});

/** Each argument, and each option of one, replaced by each wrong value; the arguments but for the last ones, too. */
function* mistakes(right: Call["right"], options: Names): Generator<[unknown[], string]> {
  const count = Math.max(1, right().length);
  for (let at = 0; at < count; at++) {
    yield [right().slice(0, at), `${at} arguments`];
    for (const [label, wrong] of Object.entries(WRONG)) {
      const given = right();
      given[at] = wrong();
      yield [given, `argument ${at} is ${label}`];
    }
  }
  for (const [at, names] of options) {
    for (const name of names) {
      for (const [label, wrong] of Object.entries(WRONG)) {
        const given = right().map((one, i) => (i === at ? { ...(one as object), [name]: wrong() } : one));
        yield [given, `${name} is ${label}`];
      }
    }
  }
}

/** By the place of an argument, all the options that it may have. */
type Names = ReadonlyMap<number, readonly string[]>;

/** The options that a function says that it has, where it is given another one. */
async function namesOfOptions(run: Call["run"], right: Call["right"]): Promise<Names> {
  const names = new Map<number, readonly string[]>();
  for (const at of optionsOf(right())) {
    const given = right().map((one, i) => (i === at ? { ...(one as object), entirelyElse: 1 } : one));
    const [, said] = /no other options than (.*); got/.exec(await complaint(run, given)) ?? [];
    names.set(at, said?.split(", ") ?? []);
  }
  return names;
}

/** Where options stand among arguments: objects without methods, of one key or more, which describe nothing else. */
function optionsOf(given: readonly unknown[]): number[] {
  return [...given.keys()].filter((at) => {
    const one = given[at];
    if (typeof one !== "object" || one === null || Object.getPrototypeOf(one) !== Object.prototype)
      return false;
    const keys = Object.keys(one);
    const isOther = ["type", "variables", "logProb", "fork", "step"].some((key) => key in one);
    return keys.length > 0 && !isOther;
  });
}

const isOurs = (said: string) =>
  !FOREIGN.test(said) && (OURS.test(said) || /^E[A-Z]+: no such file|^ENOTDIR/.test(said));

/**
 * A function that refuses something says its name first, whichever other one has found it. What reads a file begins with that
 * file; a method may say what it belongs to, or which layer.
 */
const saysWho = (name: string, said: string) =>
  name.includes(".") || said.startsWith(name) || said.startsWith(folder) || /^E[A-Z]+: /.test(said);

/** What a call says, "" if it works; a result that is silently no number is said, too. */
async function complaint(run: Call["run"], given: readonly unknown[], mayBeNaN = true): Promise<string> {
  let result: unknown;
  try {
    result = await run(...given);
  } catch (error) {
    return (error as Error).message;
  }
  return !mayBeNaN && isNone(result) ? "NaN, without a word" : "";
}

/** Whether a result is NaN somewhere. */
function isNone(result: unknown): boolean {
  if (result instanceof tf.Tensor) {
    return !result.isDisposed && Array.from(result.dataSync()).some((value) => Number.isNaN(value));
  }
  if (Array.isArray(result)) return result.some(isNone);
  if (figures.isFigure(result)) return result.toSVG().includes("NaN");
  if (typeof result === "object" && result !== null) {
    const { value, logDet, logProb, entropy } = result as Record<string, unknown>;
    return [value, logDet, logProb, entropy].some(isNone);
  }
  return Number.isNaN(result);
}
