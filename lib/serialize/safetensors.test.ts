import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needing } from "../../setup/testing/needs.ts";
import { decodeSafetensors, encodeSafetensors, type Safetensors, SafetensorsError } from "./safetensors.ts";

const content: Safetensors = {
  tensors: {
    matrix: { dtype: "F32", shape: [2, 3], values: Float32Array.of(1, -0, 1e-45, Number.NaN, Infinity, 0.1) },
    flag: { dtype: "BOOL", shape: [], values: Uint8Array.of(1) },
    größe: { dtype: "I32", shape: [2], values: Int32Array.of(-1, 2 ** 31 - 1) },
    nothing: { dtype: "F32", shape: [0, 4], values: new Float32Array(0) },
  },
  metadata: { note: 'quotes " and ∂' },
};
const bytes = encodeSafetensors(content);

/** The same layout by hand: length, header, padding, numbers. */
function file(header: unknown, data: number[] = []): Uint8Array {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.from(data)]);
}

/** What a header says of a float32 tensor. */
const place = (begin: number, end: number, length = 1) => ({
  dtype: "F32",
  shape: [length],
  data_offsets: [begin, end],
});
const PLACE = JSON.stringify(place(0, 4));
const FOUR = [0, 0, 0, 0];
const EIGHT = [...FOUR, ...FOUR];
const ONE = Float32Array.of(1);

function bent(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = value;
  return copy;
}

describe("the safetensors format", () => {
  test("keeps numbers to the last bit, shapes, kinds and texts", () => {
    expect(decodeSafetensors(bytes)).toEqual(content);
  });

  test("lays bytes out as described", () => {
    const one = encodeSafetensors({
      tensors: { a: { dtype: "F32", shape: [1], values: Float32Array.of(1) } },
      metadata: {},
    });
    const header = '{"__metadata__":{},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
    const padded = header.padEnd(Math.ceil(header.length / 8) * 8, " ");
    expect(Buffer.from(one).toString("hex")).toBe(
      Buffer.concat([file(padded), Buffer.of(0, 0, 0x80, 0x3f)]).toString("hex"),
    );
  });

  test("is refused wherever it is cut off", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.slice(0, length)), `${length} bytes`).toThrow(SafetensorsError);
    }
    expect(() => decodeSafetensors(bytes.slice(0, 40))).toThrow(
      /truncated: its header ends at byte \d+, the file at 40/,
    );
  });

  test.each<[string, Uint8Array, string]>([
    ["an image", Buffer.from("\x89PNG\r\n\x1a\n and more"), "not in the safetensors format"],
    ["a header that is no JSON", file("{a:1}"), "its header is no JSON"],
    ["other numbers", file({ a: { dtype: "F16", shape: [1], data_offsets: [0, 2] } }, [0, 0]), "of type F16"],
    [
      "an entry without a shape",
      file({ a: { dtype: "F32", data_offsets: [0, 4] } }),
      "no complete description",
    ],
    [
      "a wrong shape",
      file({ a: { dtype: "F32", shape: [2], data_offsets: [0, 4] } }, [0, 0, 0, 0]),
      "has 4 bytes",
    ],
    ["bytes too many", file({}, [0]), "its tensors take 0 bytes, but 1 follow"],
    ["bytes too few", file({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }, [0]), "truncated"],
    [
      "an overlap with a gap of its size",
      file({ a: place(0, 4), b: place(0, 4) }, EIGHT),
      "b, from byte 0 to 4",
    ],
    ["a gap in front", file({ a: place(4, 8) }, EIGHT), "bytes in front that belong to no tensor"],
    ["a gap at the end", file({ a: place(0, 4) }, EIGHT), "take 4 bytes, but 8 follow"],
    [
      "an empty tensor inside of another",
      file({ a: place(0, 4), z: place(2, 2, 0) }, EIGHT),
      "has bytes of another",
    ],
    [
      "an empty tensor behind the end",
      file({ a: place(0, 4), z: place(8, 8, 0) }, EIGHT),
      "tensor z, from byte 8",
    ],
    ["texts that are a list", file({ __metadata__: [] }), "__metadata__: expected texts by name; got []"],
    ["a text that is a number", file({ __metadata__: { a: 1 } }), 'got 1 as "a"'],
    ["a text that is null", file({ __metadata__: { a: null } }), 'got null as "a"'],
    ["a name that stands twice", file(`{"a":${PLACE},"a":${PLACE}}`, FOUR), 'has the name "a" twice'],
    ["the same name in other letters", file(`{"a":${PLACE},"\\u0061":${PLACE}}`, FOUR), 'the name "a" twice'],
    [
      "a type that stands twice",
      file(`{"a":{"dtype":"F32",${PLACE.slice(1)}}`, FOUR),
      'the name "dtype" twice',
    ],
    [
      "a length that is not written as whole",
      file(`{"a":${PLACE.replace("[1]", "[1.0]")}}`, FOUR),
      "complete",
    ],
    ["half a character", file(`{"\\ud800":${PLACE}}`, FOUR), "half a character"],
    ["bytes that are no UTF-8", bent(file(`{"?":${PLACE}}`, FOUR), 10, 0xff), "its header is no JSON"],
    ["a header that is a list", file("[]"), "not in the safetensors format"],
    ["a header that goes on", file("{}{}"), "its header is no JSON"],
  ])("%s is refused", (_, foreign, message) => {
    expect(() => decodeSafetensors(foreign)).toThrow(message);
    expect(() => decodeSafetensors(foreign)).toThrow(SafetensorsError);
  });

  test("may have no texts, spaces around its header, tensors in any order, and more about them", () => {
    const none = { tensors: {}, metadata: {} };
    for (const header of ['{"__metadata__":null}', "{}", '{ "__metadata__": { } } \n'])
      expect(decodeSafetensors(file(header))).toEqual(none);
    const two = file({ b: { ...place(4, 8), note: [1.5] }, a: place(0, 4), z: place(4, 4, 0) }, [
      ...FOUR,
      0,
      0,
      128,
      63,
    ]);
    const { tensors } = decodeSafetensors(two);
    expect([tensors.a.values, tensors.b.values, tensors.z.values]).toEqual(
      [[0], [1], []].map((values) => Float32Array.from(values)),
    );
  });

  test.each<[string, object, string]>([
    [
      "a tensor with the name of the texts",
      { __metadata__: { dtype: "F32", shape: [], values: ONE } },
      "another name",
    ],
    ["a name that is no text", { "\ud800": { dtype: "F32", shape: [], values: ONE } }, "another name"],
    ["numbers too few for a shape", { a: { dtype: "F32", shape: [2], values: ONE } }, "[2]; got 1 number"],
    [
      "other numbers than the type says",
      { a: { dtype: "I32", shape: [1], values: ONE } },
      "in a Float32Array",
    ],
    ["a type that is none", { a: { dtype: "F64", shape: [1], values: Float64Array.of(1) } }, "Float64Array"],
  ])("%s is not written", (_, tensors, message) => {
    expect(() => encodeSafetensors({ tensors: tensors as Safetensors["tensors"], metadata: {} })).toThrow(
      message,
    );
  });

  test("keeps names that mean something to JavaScript, and writes texts only", () => {
    const odd = JSON.parse(`{"__proto__":0,"10":0,"2":0,"constructor":0}`);
    const tensors = Object.fromEntries(
      Object.keys(odd).map((name, i) => [
        name,
        { dtype: "F32" as const, shape: [], values: Float32Array.of(i) },
      ]),
    );
    const read = decodeSafetensors(encodeSafetensors({ tensors, metadata: JSON.parse('{"__proto__":"a"}') }));
    expect(Object.entries(read.tensors)).toEqual(Object.entries(tensors));
    expect(Object.entries(read.metadata)).toEqual([["__proto__", "a"]]);
    const wrong = { steps: 3 } as unknown as Record<string, string>;
    expect(() => encodeSafetensors({ tensors: {}, metadata: wrong })).toThrow('got 3 as "steps"');
  });
});

/** A Python that has the package `safetensors`, where there is one: FLOWLAB_PYTHON names it. */
const python = [process.env.FLOWLAB_PYTHON, "python3"].find((command) => {
  if (!command || (command.includes("/") && !existsSync(command))) return false;
  try {
    execFileSync(command, ["-c", "import safetensors.numpy"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

needing(
  "Python's package safetensors",
  python ? undefined : "no python3 has it; FLOWLAB_PYTHON names one that does",
).describe("Python's own reader", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "flowlab-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("reads what is written here, and is read here", () => {
    const [ours, theirs] = [join(folder, "ours.safetensors"), join(folder, "theirs.safetensors")];
    writeFileSync(ours, bytes);
    const program = `
import json, sys
from safetensors import safe_open
from safetensors.numpy import save_file
with safe_open(sys.argv[1], "np") as f:
    tensors = {name: f.get_tensor(name) for name in f.keys()}
    save_file(tensors, sys.argv[2], f.metadata())
print(json.dumps({name: [str(t.dtype), list(t.shape), t.tobytes().hex()] for name, t in tensors.items()}))`;
    const output = execFileSync(python as string, ["-c", program, ours, theirs], { encoding: "utf8" });
    const read = JSON.parse(output) as Record<string, [string, number[], string]>;
    const names = { F32: "float32", I32: "int32", BOOL: "bool" };
    for (const [name, { dtype, shape, values }] of Object.entries(content.tensors)) {
      const hex = Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("hex");
      expect(read[name]).toEqual([names[dtype], shape, hex]);
    }
    expect(decodeSafetensors(readFileSync(theirs))).toEqual(content);
  });

  test("takes and refuses the same headers", () => {
    const name = fc.constantFrom("a", "b", "ü", "", "__proto__", "1");
    const sizes = fc.uniqueArray(fc.tuple(name, fc.constantFrom(0, 1, 1, 2)), {
      maxLength: 4,
      selector: ([own]) => own,
    });
    // Mostly one behind the other, but here and there moved by some bytes.
    const moved = fc.constantFrom(0, 0, 0, 0, 0, 0, 0, -4, 2, 4);
    const header = fc
      .tuple(sizes, fc.infiniteStream(moved), fc.constantFrom("F32", "F32", "F32", "I32", "BOOL", "X"))
      .map(([all, moves, dtype]) => {
        let end = 0;
        const entries = all.map(([own, length]) => {
          const [begin, finish] = [end, end + length * (dtype === "BOOL" ? 1 : 4)];
          end = finish;
          const by = moves.next().value as number;
          const data_offsets = [begin + by, finish + by + (moves.next().value as number)];
          return [own, { dtype, shape: [length], data_offsets }] as const;
        });
        return { entries: Object.fromEntries(entries.reverse()), end };
      });
    const texts = fc.constantFrom<unknown>(
      undefined,
      undefined,
      null,
      {},
      { a: "b" },
      { a: 1 },
      { a: null },
      [],
      "a",
    );
    const tail = fc.constantFrom("", "", "", "", " ", "\n", "}", "\0");
    const drawn = fc.sample(
      fc.tuple(header, texts, tail, moved).map(([{ entries, end }, __metadata__, rest, more]) => {
        // 1.0 where 1 is meant, sometimes.
        const text = JSON.stringify({ ...entries, __metadata__ }).replace(
          /\[1\]/,
          rest === "\n" ? "[1.0]" : "[1]",
        );
        return [text + rest, Math.max(0, end + more)] as const;
      }),
      { numRuns: 3000, seed: 20261128 },
    );
    const files = drawn.map(([text, length]) => file(text, new Array(length).fill(0)));
    const list = join(folder, "files.json");
    writeFileSync(list, JSON.stringify(files.map((each) => Buffer.from(each).toString("hex"))));
    const program = `
import json, sys
from safetensors import deserialize
def reads(file):
    try:
        deserialize(bytes.fromhex(file))
        return True
    except Exception:
        return False
print(json.dumps([reads(file) for file in json.load(open(sys.argv[1]))]))`;
    const theirs: boolean[] = JSON.parse(
      execFileSync(python as string, ["-c", program, list], { encoding: "utf8" }),
    );
    const ours = files.map((each) => {
      try {
        return decodeSafetensors(each) !== undefined;
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError);
        return false;
      }
    });
    const different = drawn
      .filter((_, i) => ours[i] !== theirs[i])
      .map(([text, length]) => `${text} + ${length}`);
    expect(different).toEqual([]);
    expect(ours.filter((reads) => reads).length).toBeGreaterThan(100);
    expect(ours.filter((reads) => !reads).length).toBeGreaterThan(100);
  });
});
