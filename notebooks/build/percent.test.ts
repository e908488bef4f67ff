import { expect, test } from "vitest";
import { parsePercent } from "./percent.ts";

test("cells, their kinds, metadata and lines", () => {
  const script = `
// %% [markdown]
// # Title
//
// Text with // inside.

// %% tags=["raises-exception"]

const a = 1;

a + 1;

// %% exercise="16.1"
`;
  expect(parsePercent(script, "n.ts")).toEqual([
    { type: "markdown", source: "# Title\n\nText with // inside.", attributes: {}, line: 2 },
    { type: "code", source: "const a = 1;\n\na + 1;", attributes: { tags: ["raises-exception"] }, line: 7 },
    { type: "code", source: "", attributes: { exercise: "16.1" }, line: 13 },
  ]);
});

test("line ends of Windows make no difference", () => {
  expect(parsePercent("// %%\r\n1;\r\n", "n.ts")[0].source).toBe("1;");
});

test.each([
  [
    "code in a text cell",
    "// %% [markdown]\n// # T\nlet a;",
    'n.ts:3: in a [markdown] cell every line is a comment; got "let a;"',
  ],
  ["text before the first cell", "let a;\n// %%", 'n.ts:1: text before the first "// %%"'],
  ["an unreadable marker", "// %% exercise 16.1", 'n.ts:1: cannot read "exercise 16.1"'],
])("%s is refused with file and line", (_what, script, message) => {
  expect(() => parsePercent(script, "n.ts")).toThrow(message);
});
