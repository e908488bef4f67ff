import { describe, expect, test } from "vitest";
import { javaScript } from "../../harness/loading/java-script.ts";
import { singleModule } from "../../harness/program.ts";
import { stripTypes } from "./strip.ts";

const scriptOf = async (code: string) => (await stripTypes(singleModule("a.ts", code))).modules[0]?.script;

describe("types are taken off in a thread", () => {
  test("the same text comes back as from the room's own parser, and again for the same text", async () => {
    const code = "export const f = (x: number): number => x as number;\nenum Side { Left, Right }\n";
    expect(await scriptOf(code)).toBe(javaScript(code));
    expect(await scriptOf(code)).toBe(javaScript(code));
  });

  test("what is no TypeScript, and what is too long, is left to the room, text and all", async () => {
    const code = "export const f = (x: number => x;";
    expect((await stripTypes(singleModule("a.ts", code))).modules).toEqual([{ path: "a.ts", code }]);
    expect(await scriptOf(`const a = 1;${" ".repeat(300_000)}`)).toBeUndefined();
  });

  test("texts that break the parser cost themselves and nothing else", { timeout: 60_000 }, async () => {
    const deep = (n: number, open: string, close: string) =>
      `const a = ${open.repeat(n)}1${close.repeat(n)};`;
    const hostile = [
      deep(100_000, "(", ")"),
      deep(60_000, "[", "]"),
      `type A = ${"Array<".repeat(40_000)}number${">".repeat(40_000)};`,
      `const a = ${"1 + ".repeat(60_000)}1;`,
      `const a = ${"x => ".repeat(50_000)}1;`,
      `const a = ${"`${".repeat(60_000)}`,
      `${"\u0000\ud800".repeat(100_000)}`,
      `${"if (a) ".repeat(36_000)}b();`,
      `const a = ${"<T>(a: T".repeat(20_000)}`,
    ];
    const asked = hostile.map(scriptOf);
    const honest = scriptOf("export const right: number = 1;");
    for (const [i, script] of (await Promise.all(asked)).entries())
      if (script !== undefined) expect(script, `text ${i}`).toHaveLength(hostile[i]?.length ?? 0);
    expect(await honest).toBe("export const right         = 1;");
  });
});
