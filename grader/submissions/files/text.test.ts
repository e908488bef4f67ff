import { expect, test } from "vitest";
import { decodeText } from "./text.ts";

const code = "/** Größe, naïveté */\nexport const density = 1;\n";
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();

test.each([
  ["UTF-8", Buffer.from(code)],
  ["UTF-8 with a mark", Buffer.from(`\ufeff${code}`)],
  ["Windows lines", Buffer.from(code.replaceAll("\n", "\r\n"))],
  ["old Mac lines", Buffer.from(code.replaceAll("\n", "\r"))],
  ["Latin-1", Buffer.from(code, "latin1")],
  ["UTF-16, little end first", utf16(`\ufeff${code}`)],
  ["UTF-16, big end first", swapped(`\ufeff${code}`)],
  ["UTF-16 without a mark", utf16(code)],
  ["UTF-16 without a mark, big end first", swapped(code)],
])("%s", (_what, bytes) => {
  expect(decodeText(bytes, "a.ts")).toBe(code);
});

test("quotes and dashes of Windows", () => {
  expect(decodeText(Buffer.from([0x93, 0x61, 0x94, 0x96, 0xe4]), "a.ts")).toBe("“a”–ä");
});

test("what is no text is refused, also a text with one zero", () => {
  expect(() => decodeText(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 0, 0, 0xff]), "a.ts")).toThrow(
    /a\.ts is not text/,
  );
  expect(() => decodeText(Buffer.from("export const a = 1;\0"), "a.ts")).toThrow(/is not text/);
});

test("nothing is text", () => {
  expect(decodeText(new Uint8Array(), "a.ts")).toBe("");
});
