import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bijection } from "../bijections/bijection.ts";
import { chain } from "../bijections/composition/chain.ts";
import { invert } from "../bijections/composition/invert.ts";
import { scatter } from "../bijections/contract/case.ts";
import { CASES } from "../bijections/contract/families.ts";
import { affine } from "../bijections/elementwise/affine.ts";
import { glowStep } from "../bijections/image/glow-step.ts";
import { multiscale } from "../bijections/image/multiscale.ts";
import { diagonal } from "../bijections/linear/diagonal.ts";
import { randomPermutation } from "../bijections/linear/permutation.ts";
import { plu } from "../bijections/linear/plu.ts";
import { qr } from "../bijections/linear/qr.ts";
import { actNorm } from "../bijections/normalization/act-norm.ts";
import { standardNormal } from "../distributions/normal.ts";
import { uniform } from "../distributions/uniform.ts";
import { tf } from "../engine/tf.ts";
import { type Flow, flow } from "../flows/flow.ts";
import { glow } from "../flows/glow.ts";
import { iaf } from "../flows/iaf.ts";
import { maf } from "../flows/maf.ts";
import { nice } from "../flows/nice.ts";
import { realNVP } from "../flows/real-nvp.ts";
import { splineCoupling } from "../flows/spline-coupling.ts";
import type { Config } from "../ground/config.ts";
import { random } from "../random/random.ts";
import { decodeFlow, FlowFileError, loadFlow, loadWeights, saveFlow, saveWeights } from "./flow-file.ts";
import { bijectionFrom } from "./registry.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import type { Weighted } from "./weights.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flowlab-"));
  path = join(folder, "flow.safetensors");
});
afterEach(() => rmSync(folder, { recursive: true }));

const size = { dimensions: 3, layers: 2, hidden: [8] };
const x = random(3).normalTensor([20, 3]);
const densities = (model: Flow, context?: tf.Tensor) => Array.from(model.logProb(x, context).dataSync());

function small(): Flow {
  return flow(standardNormal([3]), scatter(realNVP(size), 0.3));
}

describe("a saved flow", () => {
  const models: Record<string, () => Bijection> = {
    NICE: () => nice({ ...size, activation: "gelu" }),
    "RealNVP with batch norm": () => realNVP({ ...size, batchNorm: true }),
    MAF: () => maf({ ...size, hidden: [8, 9] }),
    IAF: () => iaf(size),
    "spline coupling": () => splineCoupling({ ...size, bins: 5 }),
    permuted: () => chain([randomPermutation(3, 7), affine({ scale: [-2, 0.5, 1] }), realNVP(size)]),
  };

  test.each(Object.entries(models))("%s has the same log-densities to the last bit", (_, create) => {
    const model = flow(standardNormal([3]), scatter(create(), 0.3));
    saveFlow(model, path);
    const loaded = loadFlow(path);
    expect(loaded.bijection.config).toEqual(model.bijection.config);
    expect(densities(loaded)).toEqual(densities(model));
    expect(Array.from(loaded.sample(5, 1).dataSync())).toEqual(Array.from(model.sample(5, 1).dataSync()));
  });

  test("may be a Glow, whose permutations and whose start from data are kept", () => {
    const faces = random(4).normalTensor([16, 4, 4, 3], 2, 3);
    const bijection = glow({ height: 4, width: 4, channels: 3, levels: 1, steps: 2, hidden: [4] });
    bijection.initialize?.(faces);
    const model = flow(standardNormal([4, 4, 3]), scatter(bijection, 0.1));
    saveFlow(model, path);
    const loaded = loadFlow(path);
    const expected = Array.from(model.logProb(faces).dataSync());
    expect(Array.from(loaded.logProb(faces).dataSync())).toEqual(expected);
    loaded.bijection.initialize?.(tf.mul(faces, 5));
    expect(Array.from(loaded.logProb(faces).dataSync())).toEqual(expected);
  });

  test("may be of an earlier version, which called the numbers of a linear map's event its size", () => {
    const linear = [plu({ dimensions: 3, seed: 2 }), qr({ dimensions: 3 }), diagonal({ dimensions: 3 })];
    const model = flow(standardNormal([3]), scatter(chain(linear), 0.3));
    saveFlow(model, path);
    const { tensors, metadata } = decodeSafetensors(readFileSync(path));
    const earlier = { ...metadata, flow: String(metadata.flow).replaceAll('"dimensions":3', '"size":3') };
    expect(earlier.flow.match(/"size":3/g)).toHaveLength(3);
    writeFileSync(path, encodeSafetensors({ tensors, metadata: earlier }));
    expect(densities(loadFlow(path))).toEqual(densities(model));
  });

  test("may be of an earlier version, in which actNorm called them channels", () => {
    const layers = [actNorm({ dimensions: 3 }), plu({ dimensions: 3 }), invert(actNorm({ dimensions: 3 }))];
    const model = flow(standardNormal([3]), scatter(chain(layers), 0.3));
    saveFlow(model, path);
    const { tensors, metadata } = decodeSafetensors(readFileSync(path));
    const now = '{"type":"actNorm","dimensions":3}';
    const earlier = {
      ...metadata,
      flow: String(metadata.flow).replaceAll(now, '{"type":"actNorm","channels":3}'),
    };
    expect(earlier.flow.match(/"channels":3/g)).toHaveLength(2);
    writeFileSync(path, encodeSafetensors({ tensors, metadata: earlier }));
    const loaded = loadFlow(path);
    expect(densities(loaded)).toEqual(densities(model));
    expect(JSON.stringify(loaded.bijection.config)).not.toContain("channels");
  });

  test("keeps its base and its context", () => {
    const model = flow(uniform(-9, 9, [3]), scatter(realNVP({ ...size, context: 2 }), 0.3));
    const context = tf.tensor1d([0.5, -1]);
    saveFlow(model, path);
    expect(densities(loadFlow(path), context)).toEqual(densities(model, context));
  });

  test("keeps running statistics", () => {
    const model = flow(standardNormal([3]), realNVP({ ...size, batchNorm: true }));
    const next = model.bijection.trainingInverse?.(tf.add(tf.mul(x, 3), 1));
    model.state.forEach((variable, i) => {
      if (next) variable.assign(next.state[i]);
    });
    saveFlow(model, path);
    const loaded = loadFlow(path);
    expect(loaded.state.map((v) => Array.from(v.dataSync()))).toEqual(
      model.state.map((v) => Array.from(v.dataSync())),
    );
    expect(densities(loaded)).toEqual(densities(model));
  });

  test("is not initialized from data a second time", () => {
    const create = () => chain([realNVP(size), actNorm({ dimensions: 3 })]);
    const model = flow(standardNormal([3]), create());
    model.bijection.initialize?.(tf.add(tf.mul(x, 3), 1));
    saveFlow(model, path);
    const before = densities(model);
    for (const loaded of [loadFlow(path), flow(standardNormal([3]), create())]) {
      loadWeights(loaded, path);
      loaded.bijection.initialize?.(tf.mul(x, 100));
      expect(densities(loaded)).toEqual(before);
    }
  });

  test("leaves no tensors and no other file behind", () => {
    const model = small();
    saveFlow(model, path);
    const before = tf.memory().numTensors;
    saveFlow(model, path);
    loadWeights(model, path);
    expect(tf.memory().numTensors).toBe(before);
    expect(readdirSync(folder)).toEqual(["flow.safetensors"]);
  });

  test("stays what it was if the next save fails", () => {
    saveFlow(small(), path);
    const before = readFileSync(path);
    const { config: _, ...anonymous } = affine();
    const bare = flow(standardNormal([3]), chain([affine(), { ...anonymous, name: "my map" }]));
    expect(() => saveFlow(bare, path)).toThrow(
      'the part "my map" has no config; use saveWeights and, with a flow made in the same way, loadWeights',
    );
    const deep = multiscale([affine(), chain([affine(), { ...anonymous, name: "my deep map" }])]);
    expect(() => saveFlow(flow(standardNormal([4, 4, 1]), deep), path)).toThrow(
      'the part "my deep map" has no config',
    );
    const twice = realNVP(size);
    expect(() => saveFlow(flow(standardNormal([3]), chain([twice, twice])), path)).toThrow(
      "a part may occur in it more than once",
    );
    expect(readFileSync(path)).toEqual(before);
    expect(() => saveFlow(small(), join(folder, "none", "flow.safetensors"))).toThrow(
      /flow.safetensors cannot be written \(ENOENT\): make the folder .*none first/,
    );
    // A folder that stands in the way lets the last step fail, the renaming.
    mkdirSync(join(folder, "taken", "inside"), { recursive: true });
    expect(() => saveFlow(small(), join(folder, "taken"))).toThrow();
    expect(readdirSync(folder)).toEqual(["flow.safetensors", "taken"]);
  });
});

test.each<[string, readonly number[], () => Bijection]>([
  [
    "a step of Glow of one's own",
    [2, 2, 2],
    () => chain([glowStep({ channels: 2, hidden: [4] }), glowStep({ channels: 2, hidden: [4] })]),
  ],
  [
    "steps on levels",
    [4, 4, 1],
    () => multiscale([glowStep({ channels: 4, hidden: [4] }), glowStep({ channels: 8, hidden: [4] })]),
  ],
  [
    "parts that somebody has named",
    [2],
    () =>
      chain([
        { ...actNorm({ dimensions: 2 }), name: "first" },
        { ...plu({ dimensions: 2 }), name: "second" },
      ]),
  ],
])(
  "%s is loaded from its file as it was saved, though its parts are called otherwise",
  (_name, shape, make) => {
    const model = flow(standardNormal(shape), scatter(make(), 0.1, 3));
    saveFlow(model, path);
    const loaded = loadFlow(path);
    expect(Array.from(loaded.sample(3, 7).dataSync())).toEqual(Array.from(model.sample(3, 7).dataSync()));
    // Of weights alone nothing else says what they are of.
    saveWeights(model, path);
    expect(() =>
      loadWeights(flow(standardNormal(shape), bijectionFrom(make().config as Config)), path),
    ).toThrow(/is missing/);
  },
);

test("bytes are as good as the file that they came from, and are called what one likes", () => {
  const model = small();
  saveFlow(model, path);
  const bytes = readFileSync(path);
  expect(densities(decodeFlow(bytes))).toEqual(densities(model));
  expect(() => decodeFlow(bytes.subarray(0, 300), "ada.safetensors")).toThrow(
    /^ada\.safetensors cannot be loaded: it is truncated/,
  );
  expect(() => decodeFlow(bytes.subarray(0, 300))).toThrow(/^the file cannot be loaded/);
  saveWeights(model, path);
  expect(() => decodeFlow(readFileSync(path))).toThrow(
    "decodeFlow: expected a saved flow; the file holds weights",
  );
});

test("weights alone are for a model of one's own", () => {
  const { config: _, ...own } = scatter(realNVP(size), 0.3);
  saveWeights(own, path);
  const other = realNVP(size);
  loadWeights(other, path);
  const images = [own, other].map((model) => Array.from(model.forward(x).value.dataSync()));
  expect(images[1]).toEqual(images[0]);
  expect(() => loadFlow(path)).toThrow("weights without an architecture: make the flow and use loadWeights");
});

describe("the tensors of a file", () => {
  const namesOf = (model: Weighted) => {
    saveWeights(model, path);
    return Object.keys(decodeSafetensors(readFileSync(path)).tensors);
  };

  test("are called by their place, and by what the part calls them", () => {
    expect(namesOf(affine())).toEqual(["logScale", "offset"]);
    expect(namesOf(flow(standardNormal([3]), chain([affine(), actNorm({ dimensions: 3 })])))).toEqual([
      ...["0.affine.logScale", "0.affine.offset", "1.actNorm.logScale", "1.actNorm.shift"],
      "1.actNorm.initialized",
    ]);
    expect(namesOf(chain([realNVP({ ...size, layers: 1 }), invert(affine())]))).toEqual([
      ...["0.chain.0.coupling.weights.0", "0.chain.0.coupling.biases.0", "0.chain.0.coupling.weights.1"],
      ...["0.chain.0.coupling.biases.1", "1.inverted-affine.logScale", "1.inverted-affine.offset"],
    ]);
  });

  test("have a readable name each, whatever bijection they are of", () => {
    for (const [title, { create }] of CASES) {
      const bijection = create();
      const names = namesOf(bijection);
      expect(names, title).toHaveLength(bijection.variables.length + (bijection.state?.length ?? 0));
      expect(
        names.filter((name) => /(variables|state)\.\d+$/.test(name)),
        title,
      ).toEqual([]);
    }
  });

  test("have a number where their part has not said a name, and no name twice", () => {
    const { config: _, ...bare } = affine();
    const [scale, shift] = [tf.variable(tf.scalar(0)), tf.variable(tf.scalar(1))];
    const own = chain([affine(), { ...bare, name: "my/map", variables: [scale, shift] }]);
    expect(namesOf(own)).toEqual(["0.affine.logScale", "0.affine.offset", "variables.2", "variables.3"]);
    loadWeights(own, path);
    const once = affine();
    expect(namesOf(chain([once, once]))).toEqual(["0.affine.logScale", "0.affine.offset"]);
  });

  test("had names by their order once, and are still read", () => {
    const model = flow(standardNormal([3]), scatter(realNVP({ ...size, batchNorm: true }), 0.3));
    saveFlow(model, path);
    const { tensors, metadata } = decodeSafetensors(readFileSync(path));
    const [variables, state] = [model.variables.length, model.state.length];
    const ordered = Object.values(tensors).map((tensor, i) => [
      i < variables ? `variables.${i}` : `state.${i - variables}`,
      tensor,
    ]);
    expect(ordered).toHaveLength(variables + state);
    // What the first version had for a checksum: the bytes, in the order of those names.
    const hash = createHash("sha256");
    const old = Object.fromEntries(ordered) as typeof tensors;
    for (const name of Object.keys(old).sort()) hash.update(new Uint8Array(old[name].values.buffer));
    writeFileSync(
      path,
      encodeSafetensors({
        tensors: old,
        metadata: { ...metadata, version: "1", sha256: hash.digest("hex") },
      }),
    );
    expect(densities(loadFlow(path))).toEqual(densities(model));
  });
});

describe("a file is refused, and the flow stays as it is,", () => {
  /** What loading says, after a change to a file that was well saved. */
  function refusal(change: () => void): string {
    saveFlow(small(), path);
    change();
    const model = small();
    const before = densities(model);
    const tensors = tf.memory().numTensors;
    expect(() => loadFlow(path)).toThrow(FlowFileError);
    expect(tf.memory().numTensors).toBe(tensors);
    let message = "";
    try {
      loadWeights(model, path);
    } catch (error) {
      expect(error).toBeInstanceOf(FlowFileError);
      message = (error as Error).message;
    }
    expect(densities(model)).toEqual(before);
    return message.replace(path, "file");
  }
  const rewritten =
    (edit: (file: { [part in "tensors" | "metadata"]: Record<string, never> }) => void) => () => {
      const { tensors, metadata } = decodeSafetensors(readFileSync(path));
      const file = { tensors: { ...tensors }, metadata: { ...metadata } };
      edit(file as never);
      writeFileSync(path, encodeSafetensors(file));
    };

  test("if it is missing", () => {
    expect(refusal(() => rmSync(path))).toBe("file cannot be loaded: there is no such file");
  });

  test("if it is truncated", () => {
    for (const rest of [0, 5, 300, -4]) {
      const message = refusal(() => writeFileSync(path, readFileSync(path).subarray(0, rest)));
      expect(message).toMatch(/^file cannot be loaded: it (is truncated|has \d bytes)/);
    }
  });

  test("if it is something else", () => {
    const pixel = "\x89PNG\r\n\x1a\n0000000000000000000000";
    expect(refusal(() => writeFileSync(path, pixel, "latin1"))).toContain(
      "it is not in the safetensors format",
    );
    const foreign = encodeSafetensors({ tensors: {}, metadata: { format: "pt" } });
    expect(refusal(() => writeFileSync(path, foreign))).toBe("file was not saved by saveFlow or saveWeights");
  });

  test("if a number has changed", () => {
    const flip = () => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 3] ^= 1;
      writeFileSync(path, bytes);
    };
    expect(refusal(flip)).toContain("is damaged");
  });

  test("if it is of a later version", () => {
    const later = rewritten(({ metadata }) => Object.assign(metadata, { version: "3" }));
    expect(refusal(later)).toBe(
      "file has version 3 of the format, this library reads versions 1 and 2; update it",
    );
  });

  test("if its weights are not those of the flow", () => {
    saveFlow(flow(standardNormal([3]), realNVP({ ...size, hidden: [9] })), join(folder, "other"));
    const other = small();
    const before = densities(other);
    expect(() => loadWeights(other, join(folder, "other"))).toThrow(
      "0.coupling.weights.0 is F32 [1,9] in the file and F32 [1,8] in the flow; 0.coupling.biases.0 is F32 [9]",
    );
    expect(densities(other)).toEqual(before);
    saveFlow(flow(standardNormal([3]), realNVP({ ...size, layers: 1 })), path);
    expect(() => loadWeights(other, path)).toThrow("1.coupling.weights.0 of shape [2,8] is missing");
  });

  test("if its weights are not those of its architecture", () => {
    saveFlow(small(), path);
    rewritten(({ metadata }) =>
      Object.assign(metadata, { flow: String(metadata.flow).replaceAll('"hidden":[8]', '"hidden":[7]') }),
    )();
    const before = tf.memory().numTensors;
    expect(() => loadFlow(path)).toThrow(
      "0.coupling.weights.0 is F32 [1,8] in the file and F32 [1,7] in the flow",
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test("if its architecture is unknown", () => {
    saveFlow(small(), path);
    rewritten(({ metadata }) =>
      Object.assign(metadata, { flow: String(metadata.flow).replace('"coupling"', '"novelty"') }),
    )();
    expect(() => loadFlow(path)).toThrow("expected the config of a bijection, of type");
    expect(() => loadFlow(path)).toThrow('got "novelty"');
  });
});

test("a missing path is named, before anything is written", () => {
  const model = flow(standardNormal([]), affine());
  for (const wrong of [undefined, null, 5, ""] as unknown as string[]) {
    expect(() => saveFlow(model, wrong)).toThrow(
      /saveFlow: expected the path of a file, e.g. saveFlow\(model, /,
    );
    expect(() => saveWeights(model, wrong)).toThrow(/saveWeights: expected the path of a file/);
    expect(() => loadFlow(wrong)).toThrow(/loadFlow: expected the path of a file/);
    expect(() => loadWeights(model, wrong)).toThrow(/loadWeights: expected the path of a file/);
  }
});
