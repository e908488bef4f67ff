import { describe, expect, test } from "vitest";
import { random } from "../random.ts";
import { type DerivationTask, judgeDerivation } from "./derivation.ts";

const task: DerivationTask = {
  first: "(x + y)^2 - (x - y)^2",
  last: "4 * x * y",
  variables: { x: (r) => r.normal(), y: (r) => r.normal() },
  functions: { p: Math.exp },
  forms: [{ name: "the squares multiplied out", appears: ({ variables }) => variables.has("x") }],
};
const judge = (...steps: string[]) => judgeDerivation(steps, task, random("derivation"));
const between = (...steps: string[]) => judge(task.first, ...steps, task.last);

describe("judgeDerivation", () => {
  test("accepts equal steps, however they are written", async () => {
    expect(await between("x^2 + 2x*y + y^2 - (x^2 - 2x*y + y^2)", "2*x*y+2*x*y")).toMatchObject({
      holds: true,
      message: "every step holds",
    });
  });

  test("the order of terms and factors in the two ends is the learner's", async () => {
    const verdict = await judge("-(x - y)^2 + (y + x)^2", "2*x*y + 2*x*y", "y * (4x)");
    expect(verdict).toMatchObject({ holds: true });
  });

  test("a step that only sets brackets, or repeats the one before, is no fault and no step", async () => {
    const step = "x^2 + 2x*y + y^2 - (x^2 - 2x*y + y^2)";
    expect(await between(step, "(x^2 + 2x*y) + y^2 - (x^2 - 2x*y + y^2)", step)).toMatchObject({
      holds: true,
      lines: 3,
    });
  });

  test("names the step that is not equal, and where", async () => {
    const verdict = await between("x^2 + 2x*y + y^2 - x^2 - 2x*y + y^2", "2*x*y+2*x*y");
    expect(verdict).toMatchObject({ holds: false, step: 1 });
    expect(verdict.message).toMatch(/step 2 is not equal to the one before: at x = .*, y = /);
  });

  test("gives the two values with six digits, or with as many as it takes to tell them apart", async () => {
    const far = await judge(task.first, "4 * x * y + exp(x)", task.last);
    const [, a, b] = /they are (\S+) and (\S+)$/.exec(far.message) as unknown as [string, string, string];
    for (const text of [a, b])
      expect(
        text
          .replace(/^-|e.*$/g, "")
          .replace(/^0?\.?0*/, "")
          .replace(".", "").length,
      ).toBeLessThanOrEqual(6);
    const near = await judge(task.first, "4 * x * y + 1e-8", task.last);
    const [, c, d] = /they are (\S+) and (\S+)$/.exec(near.message) as unknown as [string, string, string];
    expect(c).not.toBe(d);
    expect(Math.abs(Number(c) - Number(d))).toBeLessThan(2e-7);
  });

  test.each([
    ["only the two ends", [task.first, task.last], /at least three steps.*one between.*got 2 steps/],
    ["another start", ["4*y*x*1", "2*x*y + 2*x*y", task.last], /starts from/],
    ["another end", [task.first, "2*x*y + 2*x*y", "4*y*x*1"], /ends at/],
    ["nothing but a repeated step", [task.first, task.first, task.last], /step 2 repeats .* no other stands/],
    ["a line with an equals sign", [task.first, "4*x*y = 4*y*x", task.last], /without =/],
    ["TeX", [task.first, "4 \\cdot x", task.last], /TeX is not read/],
    ["bars", [task.first, "|4*x*y|", task.last], /write abs/],
    ["raised figures", [task.first, "(x + y)² - (x - y)²", task.last], /write \^2/],
    ["a dot for a product", [task.first, "4·x·y", task.last], /write \* for a product/],
    ["a long minus", [task.first, "(x + y)^2 − (x - y)^2", task.last], /minus signs/],
    ["ln", [task.first, "ln(x)", task.last], /write log\( \)/],
    [
      "a function without brackets",
      [task.first, "log p(x)", task.last],
      /"log" is a function here: write log\(…\)/,
    ],
    ["a function of nothing", [task.first, "p", task.last], /"p" is a function here: write p\(…\)/],
    ["an unknown name", [task.first, "z", task.last], /"z" is not known here; use x, y, p/],
    ["no mathematics", [task.first, "4 x y )", task.last], /step 2 cannot be read/],
    ["a definition", [task.first, "q = 4*x*y", task.last], /step 2 cannot be read/],
    ["a forbidden function", [task.first, "import(x)", task.last], /"import" is not known/],
    ["an access", [task.first, "x.constructor", task.last], /step 2 cannot be read/],
    ["a matrix", [task.first, "[4*x*y]", task.last], /not allowed/],
    ["a text", [task.first, '"4*x*y"', task.last], /only numbers are constants/],
    ["a function of two arguments", [task.first, "exp(1, 2)", task.last], /one argument/],
    ["a function of nothing", [task.first, "p()", task.last], /one argument/],
    ["a factorial", [task.first, "4*x*y + 0!", task.last], /not allowed/],
    ["not a number on both sides", [task.first, "sqrt(-1 - x^2)", task.last], /not equal/],
    ["an endless expression", [task.first, `${"1+".repeat(300)}1`, task.last], /longer than/],
  ])("rejects %s", async (_name, steps, message) => {
    const verdict = await judge(...steps);
    expect(verdict.holds).toBe(false);
    expect(verdict.message).toMatch(message);
  });

  test("asks for the forms that must appear", async () => {
    const strict = {
      ...task,
      forms: [
        {
          name: "an exponential",
          appears: ({ functions }: { functions: ReadonlySet<string> }) => functions.has("p"),
        },
      ],
    };
    const steps = [task.first, "2*x*y + 2*x*y", task.last];
    expect((await judgeDerivation(steps, strict, random("f"))).message).toBe(
      'the step "an exponential" is missing between the two ends',
    );
  });
});

describe("with derivatives", () => {
  const slope: DerivationTask = {
    first: "da(a + ((x - b)*exp(-a))^2/2)",
    last: "1 - ((x - b)*exp(-a))^2",
    variables: { x: (r) => r.normal(), a: (r) => r.normal(), b: (r) => r.normal() },
    functions: { p: Math.exp },
    derivatives: { da: "a", db: "b" },
    slips: [{ line: "1 + ((x - b)*exp(-a))^2", says: "The inner derivative has a minus." }],
  };
  const judgeSlope = (...lines: string[]) =>
    judgeDerivation([slope.first, ...lines, slope.last], slope, random("slopes"));

  test("each is worked out by its own variable", async () => {
    expect(
      await judgeSlope(
        "da(a) + da(((x - b)*exp(-a))^2/2)",
        "1 + (x - b)*exp(-a)*da((x - b)*exp(-a)) + db(a^2)",
        "1 - (x - b)*exp(-a)*(x - b)*exp(-a)",
      ),
    ).toMatchObject({ holds: true, lines: 5 });
    const verdict = await judgeSlope("1 + (x - b)*exp(-a)*db((x - b)*exp(-a))");
    expect(verdict).toMatchObject({ holds: false, step: 1 });
  });

  test("a slip is told by its value, whatever it looks like", async () => {
    const { holds, message } = await judgeSlope("1 + (x - b)^2/exp(2*a)");
    expect([holds, message.endsWith(". The inner derivative has a minus.")]).toEqual([false, true]);
    expect((await judgeSlope("2 - ((x - b)*exp(-a))^2")).message).not.toContain("inner");
  });

  test.each(["It is the *inner* derivative.", "The root $2$ is gone.", "Write `exp(-a)`."])(
    "words that are not plain are a defect of the exercise: %s",
    async (says) => {
      const task = { ...slope, slips: [{ line: "2*a*b*x", says }] };
      await expect(judgeDerivation([slope.first, "a", slope.last], task, random("s"))).rejects.toThrow(
        /the words for the slip 2\*a\*b\*x are shown as plain text/,
      );
    },
  );

  test("a product is no emphasis", async () => {
    const task = {
      ...slope,
      slips: [{ line: "2", says: "That is a*b*c, and not P^(-1)*Q*R; (a*b)*c too." }],
    };
    expect((await judgeDerivation([slope.first, "a", slope.last], task, random("s"))).holds).toBe(false);
  });

  test("what cannot be worked out is no fault of the reader", async () => {
    expect((await judgeSlope("da(da(a^2))")).message).toMatch(
      /step 2 cannot be read: a derivative within a derivative/,
    );
    expect((await judgeSlope("da(p(a))")).message).toMatch(
      /step 2 cannot be read: the derivative da\(p\(a\)\) is not known/,
    );
    expect((await judgeSlope("da + 1")).message).toMatch(/"da" is a function here: write da\(…\)/);
    expect((await judgeSlope("da(a, b)")).message).toMatch(/a function takes one argument here/);
    expect((await judgeSlope("dx(a)")).message).toMatch(/"dx" is not known here; use x, a, b, p, da, db/);
  });
});
