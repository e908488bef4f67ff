import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { predict, predictWith } from "./predict.ts";
import { predictionById } from "./predictions/course.ts";
import { rememberGuesses } from "./predictions/guesses/guesses.ts";
import { progress } from "./progress.ts";
import { reset } from "./reset.ts";

const display = Symbol.for("Jupyter.display") as never;

/** A notebook's session, of which each card is looked at as text and as HTML. */
function session() {
  const predict = predictWith(rememberGuesses());
  const look = (shown: ReturnType<typeof predict>) => {
    const bundle = (shown as unknown as Record<symbol, () => Record<string, string>>)[display as symbol]!();
    expect(inspect(shown)).toBe(bundle["text/plain"]);
    return { text: bundle["text/plain"]!, html: bundle["text/html"]!, guess: shown.guess };
  };
  return {
    ask: (...given: [string, unknown?]) => look(predict(...given)),
    answer: (...given: [string, never?]) => look(predict.answer(...given)),
  };
}

const valley = { lowest: 0.46, from: 0.55, steepest: 0.14 } as never;

describe("a guess before the answer", () => {
  test("is kept and compared, with what it means and the answer", () => {
    const { ask, answer } = session();
    expect(ask("peaks", 1)).toMatchObject({ guess: 1 });
    const { text, html } = answer("peaks");
    expect(text).toMatch(/^↷ Otherwise than you predicted \(peaks\)\.\nYou guessed 1; it is 2: 1 too low\./);
    expect(text).toContain("keeps the order of the samples");
    expect(text).toContain("Two peaks, and a valley between them");
    expect(html).not.toContain("<details");
  });

  test("may be changed as often as one likes before the answer: the last counts", () => {
    const { ask, answer } = session();
    ask("peaks", 1);
    expect(ask("peaks", 2).text).not.toContain("first guess");
    expect(answer("peaks").text).toMatch(/^✓ As you predicted \(peaks\)\.\nYou guessed 2\.\n/);
  });

  test("taken out of its cell again, it stays", () => {
    const { ask } = session();
    ask("peaks", 2);
    expect(ask("peaks")).toMatchObject({ guess: 2, text: expect.stringContaining("Your guess: 2") });
    ask("recipe", "none");
    expect(ask("recipe").text).toMatch(/^✗ Not so/);
  });

  test("changed after the answer: the first counts, and that is said", () => {
    const { ask, answer } = session();
    ask("peaks", 3);
    answer("peaks");
    const later = ask("peaks", 2);
    expect(later.guess).toBe(3);
    expect(later.text).toContain("Your first guess, 3, counts; 2 came after the answer had been shown");
    const again = answer("peaks").text;
    expect(again).toMatch(/You guessed 3; it is 2: 1 too high/);
    expect(again).toContain("Your first guess, 3, counts");
    expect(ask("peaks", 3).text).not.toContain("first guess");
  });

  test("made after the answer's cell had run: compared, and said to be late", () => {
    const { ask, answer } = session();
    answer("peaks");
    expect(ask("peaks", 2).text).toContain("made after the answer's cell had run");
    expect(answer("peaks").text).toMatch(/✓ As you predicted[\s\S]*made after the answer's cell had run/);
  });
});

test("chapter 01's two peaks begin where counting them says so", () => {
  const peaks = (s: number) => {
    const density = (z: number) => Math.exp((-z * z) / 2) / (0.35 + (1.2 * s) / Math.cosh(s * z) ** 2);
    const heights = Array.from({ length: 60_001 }, (_, i) => density(i / 10_000 - 3));
    return heights.filter((h, i) => h > (heights[i - 1] ?? h) && h > (heights[i + 1] ?? h)).length;
  };
  const { ask, answer } = session();
  ask("steep-enough", 2);
  const [, truth] = /You guessed 2; it is (0\.\d+)/.exec(answer("steep-enough").text) ?? [];
  expect([-0.01, 0.01].map((change) => peaks(Number(truth) + change))).toEqual([1, 2]);
});

describe("no guess", () => {
  test("is said, and how to make one; the notebook goes on", () => {
    const { ask, answer } = session();
    const asked = ask("peaks");
    expect(asked).toMatchObject({ guess: undefined });
    expect(asked.text).toContain("No guess yet");
    const answered = answer("peaks");
    // Text has no folds: the answer is not in it. In HTML it is under one that is closed.
    expect(answered.text).toContain("no guess");
    expect(answered.text).not.toContain("Two peaks");
    expect(answered.html).toMatch(
      /<details style=[^>]*><summary[^>]*>Show the answer<\/summary>.*Two peaks/s,
    );
    expect(answered.html.split("<details")[0]).not.toContain("Two peaks");
  });

  test("no card that only asks says anything of the answer", () => {
    const { ask } = session();
    for (const guess of [undefined, 2, "x"])
      expect(ask("peaks", guess).html).not.toMatch(/Two peaks|it is 2/);
  });
});

describe("what is no guess is not taken, and the card says why", () => {
  test.each([
    ["peaks", "two", '"two" is not a number; write how many'],
    ["peaks", Number.NaN, "NaN is not a number that could be right or wrong"],
    ["peaks", Number.POSITIVE_INFINITY, "Infinity can be compared with nothing"],
    ["peaks", 2.5, "2.5 is not whole"],
    ["peaks", -1, "−1 cannot be: it is at least 0"],
    ["peaks", null, "Null is not a number"],
    ["peaks", [2], "A list is not a number"],
    ["peaks", () => 2, "A function is not a number"],
    ["peaks", "", '"" is not a number'],
    ["valley", 7, "7 cannot be: it is at most 5"],
    ["unchanged", "mas", 'did you mean "mass"?'],
    ["unchanged", "Widht", 'did you mean "width" or "height"?'],
    ["unchanged", "everything", 'choose "width", "height", "mass" or "middle"'],
    ["unchanged", 3, "3 is none of the choices"],
    ["unchanged", ["mass"], "A list is none of the choices"],
    ["learned-map", [1, 2], "The list has 2 numbers; write 7 heights, one for each x = −3, −2"],
    ["learned-map", 1, "1 is not a list of numbers"],
    ["learned-map", [0, 1, 2, Number.NaN, 4, 5, 6], "Entry 4, for x = 0, is NaN"],
    ["learned-map", Object.assign([0, 1], { 3: 3, 4: 4, 5: 5, 6: 6 }), "Entry 3, for x = −1, is undefined"],
    ["learned-map", [0, 1, "2", 3, 4, 5, 6], 'Entry 3, for x = −1, is "2"'],
  ])("%s, case %#", (id, written, said) => {
    const { ask } = session();
    const { text, guess } = ask(id, written);
    expect(text).toContain("Not taken as a guess");
    expect(text).toContain(said);
    expect(guess).toBeUndefined();
    // An earlier guess stays.
    ask("peaks", 1);
    expect(ask("peaks", "two").text).toContain("Your guess is still 1");
  });

  test.each([
    ["peaks", "2", 2],
    ["peaks", 2n, 2],
    ["valley", "−0.5", -0.5],
    ["unchanged", " Mass", "mass"],
    ["learned-map", new Float32Array([0, 1, 2, 3, 4, 5, 6]), [0, 1, 2, 3, 4, 5, 6]],
  ])("%s, case %#, is understood", (id, written, guess) => {
    expect(session().ask(id, written).guess).toEqual(guess);
  });

  test("whatever is written, nothing is thrown and the card's HTML holds none of it as markup", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("peaks", "unchanged", "learned-map", "recipe"),
        fc.anything(),
        (id, written) => {
          const { html } = session().ask(id, written);
          expect(html).toMatch(/^<div role="group" aria-label="/);
        },
      ),
    );
    expect(session().ask("unchanged", "<img src=x onerror=alert(1)>").html).not.toContain("<img");
  });
});

describe("comparisons", () => {
  test.each([
    [0.46, "✓ As you predicted"],
    [0.4, "✓ As you predicted"],
    [0.3, "≈ Nearly as you predicted"],
    [0.14, "about where f is steepest"],
    [0, "not symmetric around it"],
    [-1, "more samples to spread"],
    [2, "too far"],
  ])("valley: %d", (guess, said) => {
    const { ask, answer } = session();
    ask("valley", guess);
    const { text } = answer("valley", valley);
    expect(text).toContain(said);
    expect(text).toContain("lowest at x = 0.46, which comes from z = 0.55");
  });

  test("the experiment decides what is right, and the text says its numbers", () => {
    const run = (values: object) => {
      const { ask, answer } = session();
      ask("entropy", "below");
      return answer("entropy", values as never).text;
    };
    expect(run({ loss: 1.3, ofTruth: 1.28, entropy: 1.35 })).toMatch(/^✓[\s\S]*loses to it by 0\.020 nats/);
    expect(run({ loss: 1.4, ofTruth: 1.38, entropy: 1.35 })).toMatch(
      /^↷[\s\S]*it is above[\s\S]*harder than average/,
    );
  });

  test("a sketch is drawn over the truth, with every number in its words", () => {
    const { ask, answer } = session();
    const x = Array.from({ length: 81 }, (_, i) => i / 10 - 4);
    const z = x.map((value) => Math.sinh(value));
    ask("learned-map", [-3, -2, -1, 0, 1, 2, 3]);
    const { html, text } = answer("learned-map", { x, z } as never);
    expect(text).toContain("farthest from the truth at x = −3: you drew −3, it is −10.02");
    expect(text).toContain("nearly a straight line");
    expect(html).toMatch(/<img src="data:image\/svg\+xml;base64,[^"]+" alt="Your sketch against the truth/);
    expect(html).toMatch(/−3: −3 against −10\.02; −2: −2 against −3\.627/);
  });

  test.each([
    ["falls", [0, 1, 2, 1, 2, 3, 4], "Somewhere your sketch goes down"],
    ["all zero", [0, 0, 0, 0, 0, 0, 0], "nearly a straight line"],
    ["is steep in the middle", [-2, -1.9, -1.8, 0, 1.8, 1.9, 2], "steepest in the middle"],
  ])("a sketch that %s gets its own words", (_, sketch, said) => {
    const { ask, answer } = session();
    ask("learned-map", sketch);
    const x = [-4, -2, -1, 0, 1, 2, 4];
    expect(answer("learned-map", { x, z: [-9, -2, 0, 0.1, 0.2, 2, 9] } as never).text).toContain(said);
  });

  test("without the values that the answer needs it is refused by name", () => {
    const { answer } = session();
    expect(() => answer("valley")).toThrow(
      'predict.answer("valley", { lowest, from, steepest }): expected lowest to be a finite number; got nothing',
    );
    expect(() => answer("valley", { lowest: Number.NaN, from: 1, steepest: 1 } as never)).toThrow("got NaN");
    expect(() => answer("learned-map", { x: [], z: [1] } as never)).toThrow("expected x to be a list");
  });
});

describe("the quiz", () => {
  test("answers at once: a right choice with the answer, a wrong one with why, and the answer under a fold", () => {
    const { ask } = session();
    expect(ask("recipe").text).not.toContain("von Neumann");
    const wrong = ask("recipe", "none");
    expect(wrong.text).toMatch(/^✗ Not so \(recipe\)\.\nYou chose none/);
    expect(wrong.text).toContain("every density that is positive on an interval is reached exactly");
    expect(wrong.text).not.toMatch(/uniform-inverse|von Neumann/);
    expect(wrong.html.split("<details")[0]).not.toMatch(/uniform-inverse|von Neumann/);
    const right = ask("recipe", "uniform-inverse");
    expect(right.text).toMatch(/^✓ Right \(recipe\)/);
    expect(right.text).toContain("von Neumann");
    expect(right.text).toContain('Your first answer was "none"');
  });

  test("a number that is wrong does not give the right one away", () => {
    const { ask } = session();
    const wrong = ask("twice-as-steep", 0.6);
    expect(wrong.text).toContain("You multiplied by the slope");
    expect(wrong.html.split("<details")[0]).not.toContain("0.15");
    expect(ask("twice-as-steep", 0.3 / 2).text).toMatch(/^✓ Right/);
  });
});

describe("over the end of a kernel", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "flowlab-guesses-"));
    vi.stubEnv("FLOWLAB_PROGRESS", folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = () => join(folder, "guesses.json");

  test("the guess is known to the next one, which asks nothing anew and compares it", () => {
    session().ask("peaks", 1);
    const next = session();
    expect(next.ask("peaks")).toMatchObject({ guess: 1, text: expect.stringContaining("Your guess: 1") });
    expect(next.answer("peaks").text).toContain("You guessed 1; it is 2");
    // After the answer another guess is a later one, in that kernel and in those after it.
    expect(session().ask("peaks", 2).text).toContain("Your first guess, 1, counts");
    expect(session().answer("peaks").text).toContain("You guessed 1; it is 2");
  });

  test("an answer to the quiz, too: the last is shown, and the first is said", () => {
    session().ask("recipe", "none");
    session().ask("recipe", "uniform-F");
    const { text } = session().ask("recipe");
    expect(text).toMatch(/^✗ Not so \(recipe\)\.\nYou chose uniform-F/);
    expect(text).toContain('Your first answer was "none"');
  });

  test("an answer that was folded away is not held against the next session's guess", () => {
    session().answer("peaks");
    expect(existsSync(file())).toBe(false);
    expect(session().ask("peaks", 2).text).not.toContain("had run");
  });

  test("what was asked otherwise then is asked again; what cannot be read is put aside", () => {
    session().ask("peaks", 1);
    const text = readFileSync(file(), "utf8");
    writeFileSync(file(), text.replace(/"version": "[^"]*"/, '"version": "another"'));
    expect(session().ask("peaks").guess).toBeUndefined();
    writeFileSync(file(), text.replace('"guess": 1', '"guess": {}'));
    expect(session().ask("peaks", 2).text).toMatch(
      /^What the course remembered could not be read\. It was put aside as .*unreadable-guesses-/,
    );
    expect(session().ask("peaks").guess).toBe(2);
  });

  test("where nothing can be written a guess lasts as long as the kernel, which says so once", () => {
    writeFileSync(join(folder, "blocked"), "a file, where a folder would have to be");
    vi.stubEnv("FLOWLAB_PROGRESS", join(folder, "blocked", "progress"));
    const { ask, answer } = session();
    expect(ask("peaks", 1).text).toMatch(/^What you guess is remembered only until the kernel ends: /);
    expect(ask("valley", 0.4).text).not.toContain("until the kernel ends");
    expect(answer("peaks").text).toContain("You guessed 1; it is 2");
  });

  test("reset forgets it", () => {
    const text = (id: string) => inspect(reset(id));
    predict("peaks", 1);
    predict("valley", 0.4);
    expect(text("peaks")).toContain("Your guess to peaks, 1, is forgotten");
    expect([predict("peaks").guess, predict("valley").guess]).toEqual([undefined, 0.4]);
    expect(text("peaks")).toContain("There is no guess to peaks");
    expect(() => reset("peeks")).toThrow('no exercise is called "peeks"; did you mean peaks?');
  });

  test("progress says how many were made and how the quiz went; neither gives points", () => {
    const line = () => /◇ predictions.*/.exec(inspect(progress()))?.[0];
    const points = () => /^In all: .*/m.exec(inspect(progress()))?.[0];
    const before = points();
    expect(line()).toMatch(/^◇ predictions: 0 of \d+ made · quiz: 0 of \d+ right$/);
    predict("peaks", 1);
    expect(line()).toMatch(/^◇ predictions: 1 of \d+ made · /);
    predict.answer("peaks");
    predict("recipe", "none");
    expect(line()).toMatch(
      /made, 0 came true · quiz: 0 of \d+ right, 0 at the first try, \d+ not answered yet$/,
    );
    predict("recipe", right("recipe"));
    expect(line()).toMatch(/quiz: 1 of \d+ right, 0 at the first try/);
    predict("valley", 0.46);
    predict.answer("valley", valley);
    expect(line()).toMatch(/^◇ predictions: 2 of \d+ made, 1 came true · /);
    expect(points()).toBe(before);
  });
});

/** The choice that is right whatever an experiment shows. */
function right(id: string): string {
  const asked = predictionById(id);
  if (asked.kind !== "choice" || typeof asked.right !== "string")
    throw new Error(`${id} has no fixed answer`);
  return asked.right;
}
