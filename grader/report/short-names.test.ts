import stringWidth from "string-width";
import { expect, test } from "vitest";
import { shortNames } from "./short-names.ts";

/** All fit, and those that differ still do. */
function expectTold(names: readonly string[], width: number): string[] {
  const short = shortNames(names, width);
  for (const name of short) expect(stringWidth(name), name).toBeLessThanOrEqual(width);
  expect(new Set(short).size, short.join("\n")).toBe(new Set(names).size);
  return short;
}

test("names that fit stay whole", () => {
  expect(shortNames(["ada", "bob"], 10)).toEqual(["ada", "bob"]);
});

test("members of one archive among several", () => {
  const people = ["Ada Lovelace", "Bob", "Émilie du Châtelet"];
  const names = ["downloads/autumn/exercise-1-handed-in.zip", "downloads/spring/exercise-1-handed-in.zip"]
    .flatMap((zip) => people.map((person) => `${zip} › ${person}`))
    .concat("short.ts");
  const short = expectTold(names, 32);
  people.forEach((person, i) => {
    expect(short[i]).toContain(person);
    expect(short[i + people.length]).toContain(person);
  });
  expect(short.at(-1)).toBe("short.ts");
});

test.each([20, 32, 60])(
  "people whose names are longer than the column, and end alike (%d columns)",
  (width) => {
    const names = ["ada", "bob", "cyd"].map(
      (name) =>
        `class-of-the-year-2026.zip › ${name}_1234567_assignsubmission_file_with_a_long_ending_for_all`,
    );
    const short = expectTold(names, width);
    expect(short[1]).toMatch(/^(class.*› |…)bob_/);
  },
);

test("the first difference far inside a long part", () => {
  const names = ["1", "2"].map((n) => `class.zip › ${"a".repeat(50)}${n}${"b".repeat(50)}`);
  expect(expectTold(names, 24)[1]).toContain("2");
});

test("a folder below each person that all have", () => {
  const names = ["ada", "bob"].flatMap((name) =>
    ["first", "second"].map((n) => `class/${name}/${"x".repeat(8)}/${n}`),
  );
  expectTold(names, 20);
});

test("characters of two columns are never cut", () => {
  const names = ["张伟", "张三"].map((name) => `一二三四五六七八九十.zip › ${name}👩‍🔬`);
  expect(expectTold(names, 12)).toEqual(
    ["…› 张伟👩‍🔬", "…› 张三👩‍🔬"].map((name) => expect.stringContaining(name.slice(-6))),
  );
});

test("the same name twice stays the same", () => {
  const name = "a".repeat(40);
  const [one, other] = shortNames([name, name], 12);
  expect(one).toBe(other);
});

test("thousands of names take no time to speak of", () => {
  const names = Array.from(
    { length: 5000 },
    (_, i) => `class-of-the-year-2026.zip › person number ${i}, who has a long name`,
  );
  const begin = process.cpuUsage();
  expectTold(names, 40);
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(10);
});
