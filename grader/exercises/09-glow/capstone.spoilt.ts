/** Files that are no right answer: made of the right one, by what goes wrong on the way to it, or by what somebody tries. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  affine,
  type Bijection,
  bijectionFrom,
  chain,
  decodeFlow,
  decodeSafetensors,
  encodeSafetensors,
  type Flow,
  flow,
  glow,
  logistic,
  saveFlow,
  saveWeights,
  standardNormal,
} from "flowlab";
import type { SpoiltFile } from "../../exercise.ts";

const DENSITY = "the file holds a density of pictures of 16 × 16 pixels";
const HALF_WAY = "new faces take at most 5 bits per dimension";

const pictures = () => standardNormal([16, 16, 1]);

/** The bytes of a file that `save` writes. */
function bytesFrom(save: (path: string) => void): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "flowlab-spoilt-"));
  try {
    const path = join(folder, "spoilt.safetensors");
    save(path);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Another flow, made of the right one. */
const remade = (
  id: string,
  make: (right: Flow) => Flow,
  rest: Pick<SpoiltFile, "passes" | "says">,
): SpoiltFile => ({
  id,
  ...rest,
  spoil(right) {
    const original = decodeFlow(right);
    const model = make(original);
    const bytes = bytesFrom((path) => saveFlow(model, path));
    model.dispose();
    original.dispose();
    return bytes;
  },
});

/** The right one with more layers around it, from the base to the pixels. */
const around = (before: () => Bijection[], after: () => Bijection[]) => (right: Flow) =>
  flow(pictures(), chain([...before(), right.bijection, ...after()]));

/** The right one with another text in its architecture; the rest of the file is whole. */
const redescribe = (id: string, change: (architecture: string) => string, says: RegExp): SpoiltFile => ({
  id,
  says,
  spoil(right) {
    const { tensors, metadata } = decodeSafetensors(right);
    return encodeSafetensors({ tensors, metadata: { ...metadata, flow: change(metadata.flow) } });
  },
});

/** Layers that map nothing, as many as asked for. */
const idle = (count: number): string => Array(count).fill('{"type":"leakyRelu","slope":1}').join(",");
const inLayers = (architecture: string, layers: string): string =>
  architecture.replace(
    '"bijection":{"type":"chain","parts":[',
    `"bijection":{"type":"chain","parts":[${layers},`,
  );

export const spoilt: readonly SpoiltFile[] = [
  remade(
    "learned pixels from 0 to 256",
    around(
      () => [],
      () => [affine({ scale: 256 })],
    ),
    {
      passes: [DENSITY],
      says: /has learned pixels from 0 to 256/,
    },
  ),
  remade(
    "learned pixels from -1/2 to 1/2",
    around(
      () => [],
      () => [affine({ shift: -0.5 })],
    ),
    {
      says: /has learned pixels from −½ to ½/,
    },
  ),
  remade(
    "begun, not trained",
    ({ bijection }) => flow(pictures(), bijectionFrom(bijection.config as never)),
    {
      passes: [DENSITY],
      says: /has learned too little/,
    },
  ),
  // z of half its width costs (3/2 − log 2)/log 2 = 1.16 bits.
  remade(
    "half way",
    around(
      () => [affine({ scale: 0.5 })],
      () => [],
    ),
    {
      passes: [DENSITY, HALF_WAY],
      says: /at most \S+ was asked for; that is 0\.\d+ too many/,
    },
  ),
  remade("of points in the plane", () => flow(standardNormal([2]), affine()), {
    says: /not one of grey pictures of 16 × 16 pixels/,
  }),
  remade("of larger pictures", () => flow(standardNormal([32, 32, 1]), affine()), {
    says: /not one of grey pictures of 16 × 16 pixels/,
  }),
  remade("another base", ({ bijection }) => flow(logistic({ eventShape: [16, 16, 1] }), bijection), {
    says: /another base/,
  }),
  remade(
    "steered by a context",
    () => flow(pictures(), glow({ height: 16, width: 16, channels: 1, steps: 1, hidden: [2], context: 3 })),
    { says: /with a context of 3 numbers/ },
  ),
  // y + 2²⁵ − 2²⁵ is 0 in float32, whatever y in [0, 1): its scale costs nothing, and brings 69 nats for each pixel.
  remade(
    "what float32 rounds away is blown up",
    around(
      () => [],
      () => [affine({ scale: 1e-30 }), affine({ shift: 2 ** 25 }), affine({ shift: -(2 ** 25) })],
    ),
    { says: /above that of the map.*pixels are rounded/ },
  ),
  remade(
    "beyond all numbers",
    around(
      () => [affine({ scale: 1e-37 }), affine({ scale: 1e-37 })],
      () => [],
    ),
    {
      says: /not finite/,
    },
  ),
  {
    id: "a training that diverged",
    says: /a weight is NaN.*The training diverged/,
    spoil(right) {
      const { tensors, metadata } = decodeSafetensors(right);
      const [first] = Object.values(tensors);
      (first.values as Float32Array)[0] = Number.NaN;
      return encodeSafetensors({ tensors, metadata });
    },
  },
  {
    id: "weights alone",
    says: /holds weights without a flow/,
    spoil: (right) => bytesFrom((path) => saveWeights(decodeFlow(right), path)),
  },
  { id: "cut off", says: /is truncated/, spoil: (right) => right.slice(0, right.length - 1000) },
  { id: "empty", says: /has 0 bytes/, spoil: () => new Uint8Array() },
  {
    id: "a picture",
    says: /not in the safetensors format/,
    spoil: () => new TextEncoder().encode("\x89PNG\r\n\x1a\n0000000000000000000000"),
  },
  {
    id: "one number changed",
    says: /is damaged/,
    spoil: (right) => right.with(right.length - 3, (right.at(-3) as number) ^ 1) as Uint8Array,
  },
  {
    id: "of a later version",
    says: /version 3 of the format/,
    spoil(right) {
      const { tensors, metadata } = decodeSafetensors(right);
      return encodeSafetensors({ tensors, metadata: { ...metadata, version: "3" } });
    },
  },
  redescribe(
    "a thousand million channels",
    (text) => text.replace('"dimensions":4', '"dimensions":1000000000'),
    /has 1000000000 at .*; at most 1024 is read/,
  ),
  redescribe("ten thousand layers", (text) => inLayers(text, idle(10_000)), /at most 65536 are read/),
  redescribe(
    "layers in layers",
    (text) => inLayers(text, `${'{"type":"invert","of":'.repeat(100)}{"type":"tanh"}${"}".repeat(100)}`),
    /nested more than 24 deep/,
  ),
  redescribe("a layer of one's own", (text) => text.replace('"coupling"', '"myLayer"'), /got "myLayer"/),
  redescribe(
    "a name that every object has",
    (text) => text.replace('"coupling"', '"constructor"'),
    /got "constructor"/,
  ),
  redescribe("no architecture", () => "null", /not one of a base and a bijection/),
  redescribe("a list", () => "[]", /not one of a base and a bijection/),
  redescribe("no JSON", () => "{", /is no JSON/),
];
