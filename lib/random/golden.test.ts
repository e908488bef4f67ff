import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { everyBackend } from "../engine/backends.fixture.ts";
import { type tf, useBackend } from "../engine/tf.ts";
import { type Random, random } from "./random.ts";

/** The first 64 bits of SHA-256 of the numbers' bytes in double precision: another number changes it. */
function checksum(numbers: ArrayLike<number>): string {
  const bytes = new Uint8Array(Float64Array.from(numbers).buffer);
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function read(tensor: tf.Tensor): number[] {
  const numbers = Array.from(tensor.dataSync());
  tensor.dispose();
  return numbers;
}

const items = Array.from({ length: 1000 }, (_, i) => i);

/** Every method, with odd counts, so that what follows starts in the middle of a block. */
const draws: Record<string, (stream: Random) => number[]> = {
  uniform: (stream) => stream.uniform(5001),
  "uniform in a range": (stream) => stream.uniform(333, -3, 1e6),
  normal: (stream) => stream.normal(20_001),
  "normal with mean and deviation": (stream) => stream.normal(333, -2, 0.1),
  integers: (stream) => stream.integers(333, -4, 2 ** 31),
  shuffle: (stream) => stream.shuffle(items),
  uniformTensor: (stream) => read(stream.uniformTensor([7, 11, 3])),
  "uniformTensor in a range": (stream) => read(stream.uniformTensor([333], -1e-3, 7)),
  normalTensor: (stream) => read(stream.normalTensor([333, 3])),
  "normalTensor with mean and deviation": (stream) => read(stream.normalTensor([333], 0.1, 1e30)),
};

/** Checksums that must never change: seeds in logs, reports and saved checkpoints refer to these streams. */
const golden: Record<string, string> = {
  uniform: "de21d908fb702525",
  "uniform in a range": "470302752262078a",
  normal: "c5dbce5c1d4e1f14",
  "normal with mean and deviation": "fc54ca4340e39c93",
  integers: "67b8f3443a5e2878",
  shuffle: "10b0b49c5ac6cc2a",
  uniformTensor: "efc5b1325c23679a",
  "uniformTensor in a range": "9bd469f656160efb",
  normalTensor: "1b3d4d0cee500c55",
  "normalTensor with mean and deviation": "046fd60df43a17e2",
  all: "32ea8236abfc345a",
  "fork ": "f48a6465a39adda6",
  "fork a": "b037a5dfd31e7323",
  "fork b": "c088fe6ad363802a",
  "fork samples": "6b2ce52ddede1d36",
  "fork 日本 🙂": "c2329db542324caf",
};

test.each(Object.entries(draws))("%s gives the numbers that it has always given", (name, draw) => {
  expect(checksum(draw(random(1)))).toBe(golden[name]);
});

test("one method goes on where another stopped, also in the middle of a block", () => {
  const stream = random("golden").fork("all");
  const all = [0, 1, 2].flatMap(() =>
    Object.values(draws).flatMap((draw) => [...draw(stream), ...stream.uniform(1)]),
  );
  expect(checksum(all)).toBe(golden.all);
});

test("numbers do not depend on how many are drawn at a time", () => {
  const [stream, parts] = [random(6), [0, 1, 2, 3, 0, 4, 5, 1, 1]];
  expect(parts.flatMap((count) => stream.uniform(count))).toEqual(random(6).uniform(17));
});

test.each(["", "a", "b", "samples", "日本 🙂"])("the fork %o keeps its numbers", (name) => {
  const numbers = [0, 2 ** 31, 2 ** 32 - 1, "text"].flatMap((seed) => random(seed).fork(name).uniform(9));
  expect(checksum(numbers)).toBe(golden[`fork ${name}`]);
});

test.each(everyBackend())("tensors on %s keep their numbers", (backend) => {
  useBackend(backend);
  for (const name of Object.keys(draws).filter((key) => key.includes("Tensor"))) {
    expect(checksum(draws[name](random(1)))).toBe(golden[name]);
  }
});
