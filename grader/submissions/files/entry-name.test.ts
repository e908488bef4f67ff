import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { entryName, safePath } from "./entry-name.ts";

const bytes = (...parts: (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([part]))));
const named = (raw: Uint8Array, more: object = {}) =>
  entryName({ raw, utf8: false, extraFields: [], ...more });

function unicodePath(raw: Uint8Array, name: string, version = 1) {
  const data = Buffer.alloc(5 + Buffer.byteLength(name));
  data.writeUInt8(version, 0);
  data.writeUInt32LE(crc32(raw), 1);
  data.write(name, 5);
  return { id: 0x7075, data };
}

test.each([
  ["ASCII", bytes("ada/16-1.ts"), {}, "ada/16-1.ts"],
  ["UTF-8, flagged", bytes("Jürgen Groß/山田.ts"), { utf8: true }, "Jürgen Groß/山田.ts"],
  [
    "UTF-8 without the flag, decomposed, as macOS packs",
    bytes("Jürgen".normalize("NFD"), "/山田 花子.ts"),
    {},
    "Jürgen/山田 花子.ts",
  ],
  [
    "code page 437, as old Windows programs pack",
    bytes("J", 0x81, "rgen Gro", 0xe1, ".ts"),
    {},
    "Jürgen Groß.ts",
  ],
  ["Windows folders", bytes("class\\learner-01\\a.ts"), {}, "class/learner-01/a.ts"],
  [
    "Info-ZIP's second name",
    bytes("J_rgen.ts"),
    { extraFields: [unicodePath(bytes("J_rgen.ts"), "Jürgen.ts")] },
    "Jürgen.ts",
  ],
  [
    "a second name of another entry",
    bytes("J_rgen.ts"),
    { extraFields: [unicodePath(bytes("other"), "Jürgen.ts")] },
    "J_rgen.ts",
  ],
  [
    "a second name of a later version",
    bytes("J_rgen.ts"),
    { extraFields: [unicodePath(bytes("J_rgen.ts"), "Jürgen.ts", 2)] },
    "J_rgen.ts",
  ],
  ["bytes that are neither, but flagged", bytes("a", 0xff, ".ts"), { utf8: true }, "a\ufffd.ts"],
])("%s", (_what, raw, more, name) => {
  expect(named(raw, more)).toBe(name);
});

test("all of code page 437 is known", () => {
  const text = named(Buffer.from(Array.from({ length: 128 }, (_, i) => 128 + i)));
  expect([...text]).toHaveLength(128);
  expect(text).toMatch(/^Çüéâäàåçêëèïîì.*αßΓπΣσµ.*√ⁿ²■\u00a0$/);
});

test.each([
  ["./a//b/./c.ts", "a/b/c.ts"],
  ["a/...ts", "a/...ts"],
])("%s is %s", (name, path) => {
  expect(safePath(name)).toEqual({ path });
});

test.each([
  ["/etc/passwd", /absolute/],
  ["C:/a.ts", /absolute/],
  ["a/../../b.ts", /leads out of its archive/],
  ["a\0.ts", /NUL/],
  ["./", /without a name/],
  ["x".repeat(5000), /name of 5000 characters/],
])("%j is refused", (name, why) => {
  const { refusal } = safePath(name) as { refusal: string };
  expect(refusal).toMatch(why);
  expect(refusal.length).toBeLessThan(150);
});
