import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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
  ])("%s is refused", (_, foreign, message) => {
    expect(() => decodeSafetensors(foreign)).toThrow(message);
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

describe.skipIf(!python && !process.env.CI)("Python's own reader", () => {
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
    const again = execFileSync("cat", [theirs], { encoding: "buffer" });
    expect(decodeSafetensors(again)).toEqual(content);
  });
});
