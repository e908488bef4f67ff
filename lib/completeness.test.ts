/** What is registered, tested, exported and told of is the same: whoever adds one learns from here what else it takes. */

import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { calls } from "./arguments.fixture.ts";
import { CASES } from "./bijections/contract/families.ts";
import * as data from "./data/index.ts";
import { distributionTypes } from "./distributions/build.ts";
import * as figure from "./figure/index.ts";
import type { Config } from "./ground/config.ts";
import * as flowlab from "./index.ts";
import * as notebook from "./notebook/index.ts";
import { bijectionTypes, conditionerTypes, contractionTypes } from "./serialize/registry.ts";
import { transformerTypes } from "./transformers/registry.ts";

const doors: Record<string, object> = {
  flowlab,
  "flowlab/data": data,
  "flowlab/figure": figure,
  "flowlab/notebook": notebook,
};
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const exported = Object.keys(flowlab);

/** All configs in a config, by where they stand in the one around them. */
function parts(config: unknown, at = "whole"): { at: string; type: string }[] {
  if (typeof config !== "object" || config === null) return [];
  const own = "type" in config && typeof config.type === "string" ? [{ at, type: config.type }] : [];
  const inner = Object.entries(config).flatMap(([key, value]) =>
    parts(value, Array.isArray(config) ? at : key),
  );
  return [...own, ...inner];
}

/** All configs within a config. */
function innerConfigs(config: object): Config[] {
  return Object.values(config).flatMap((value) =>
    typeof value === "object" && value !== null
      ? [...("type" in value ? [value as Config] : []), ...innerConfigs(value)]
      : [],
  );
}

describe("every bijection", () => {
  const configs = CASES.map(([, { create }]) => create().config);
  const types = (where: string) =>
    sorted(
      configs
        .flatMap((config) => parts(config))
        .filter(({ at }) => at === where)
        .map(({ type }) => type),
    );

  test("that is registered is under the contract, as a whole, and the other way round", () => {
    expect(types("whole"), "cases in lib/bijections/contract/*.cases.ts").toEqual(sorted(bijectionTypes));
  });

  test("calls the length of its last axis `dimensions`, unless that can only be an image's channels", () => {
    const all = configs
      .flatMap((config) => (config ? [config, ...innerConfigs(config)] : []))
      .filter(({ type }) => bijectionTypes.includes(type));
    const named = (option: string) => all.filter((config) => option in config);
    expect(named("dimensions").map(({ type }) => type)).toContain("actNorm");
    const alone = named("channels").filter((config) => !("height" in config && "width" in config));
    expect(sorted(alone.map(({ type }) => type))).toEqual(["invertible1x1Convolution"]);
    expect(["size", "features", "length", "dim"].flatMap(named)).toEqual([]);
  });

  test("so is every transformer, every conditioner and every contraction, as a part of one", () => {
    expect(types("network"), "cases in lib/bijections/contract/*.cases.ts").toEqual(sorted(contractionTypes));
    expect(types("transformer"), "cases in lib/bijections/contract/*.cases.ts").toEqual(
      sorted(transformerTypes),
    );
    expect(types("conditioner"), "cases in lib/bijections/contract/*.cases.ts").toEqual(
      sorted(conditionerTypes),
    );
  });
});

describe("every factory", () => {
  /** Names of functions in a room that say that they return this; a long signature's answer stands on a later line. */
  function factories(room: string, answer: string): string[] {
    return globSync(`lib/${room}/**/*.ts`, { cwd: root, exclude: ["lib/bijections/{contract,building}/**"] })
      .filter(
        (file) =>
          !/\.(test|fixture)\.ts$/.test(file) &&
          basename(file) !== "registry.ts" &&
          basename(file) !== "build.ts",
      )
      .flatMap((file) =>
        readFileSync(join(root, file), "utf8")
          .split(/^export function /m)
          .slice(1),
      )
      .filter((text) => /\): (.+) \{$/m.exec(text)?.[1] === answer)
      .map((text) => /^\w+/.exec(text)?.[0] ?? "")
      .filter((name) => !HELPERS.includes(name));
  }
  const root = join(import.meta.dirname, "..");

  /** Not registered: they give another one's type, whose config says all that there is to keep. */
  const MAKERS: Record<string, () => string> = {
    reversePermutation: () => typeOf(flowlab.reversePermutation(3)),
    randomPermutation: () => typeOf(flowlab.randomPermutation(3, 1)),
    learnedPermutation: () => typeOf(flowlab.learnedPermutation(3, 1)),
    glowStep: () => typeOf(flowlab.glowStep({ channels: 2 })),
    revNetBlock: () => typeOf(flowlab.revNetBlock({ dimensions: 2, first: network(1), second: network(1) })),
    whiten: () =>
      typeOf(
        flowlab.whiten([
          [0, 1],
          [1, 0],
          [0, 0],
        ]),
      ),
    multiscale: () => typeOf(flowlab.multiscale([flowlab.squeeze()])),
  };
  const network = (size: number) => flowlab.mlp({ inputs: size, outputs: size, hidden: [2] });
  /** What factories are made with, or made again from a config with. */
  const HELPERS = [
    "linear",
    "learnedElementwise",
    "compositionOf",
    "imageConditioner",
    "vectorConditioner",
    "locationScale",
    "standardizeShape",
    "standardizeAs",
    "contractiveNetwork",
  ];

  test("of a bijection is registered under its name, or gives a type that is; and is exported", () => {
    const made = factories("bijections", "Bijection");
    expect(made.length).toBeGreaterThan(25);
    expect(
      made.filter((name) => !exported.includes(name)),
      "a line in lib/index.ts",
    ).toEqual([]);
    const unknown = made.filter((name) => !bijectionTypes.includes(name) && !(name in MAKERS));
    expect(unknown, "a line in lib/serialize/registry.ts").toEqual([]);
    for (const [name, make] of Object.entries(MAKERS)) expect(bijectionTypes, name).toContain(make());
    expect(
      bijectionTypes.filter((type) => !exported.includes(type)),
      "a line in lib/index.ts",
    ).toEqual([]);
  });

  test("of a transformer, a conditioner, a distribution or a whole flow is exported, and registered", () => {
    const called = (type: string) =>
      exported.includes(type) && type !== "affine" && type !== "piecewiseLinear"
        ? type
        : `${type}Transformer`;
    expect(sorted(factories("transformers", "Transformer"))).toEqual(sorted(transformerTypes.map(called)));
    const networks = [
      ...factories("conditioners", "Conditioner"),
      ...factories("conditioners", "AutoregressiveConditioner"),
    ];
    expect(sorted(networks)).toEqual(sorted(conditionerTypes));
    const contractions = factories("conditioners", "Contraction");
    expect(sorted(contractions)).toEqual(sorted(contractionTypes));
    expect(sorted(factories("distributions", "Distribution"))).toEqual(sorted(distributionTypes));
    const all = [
      ...networks,
      ...contractions,
      ...distributionTypes,
      ...transformerTypes.map(called),
      ...factories("flows", "Bijection"),
    ];
    expect(
      all.filter((name) => !exported.includes(name)),
      "a line in lib/index.ts",
    ).toEqual([]);
  });

  const typeOf = ({ config }: { config?: { type: string } }) => String(config?.type);
});

test("every exported function has a call with right arguments, which are then exchanged for wrong ones", () => {
  const functions = Object.values(doors)
    .flatMap((door) => Object.entries(door))
    .filter(([name, value]) => typeof value === "function" && !name.endsWith("Error"))
    .map(([name]) => name);
  expect(functions.length).toBeGreaterThan(100);
  expect(
    functions.filter((name) => !calls.has(name)),
    "a line in lib/arguments.fixture.ts",
  ).toEqual([]);
});

test("nothing of the library says TODO, as what `npm run new` wrote does until it is finished", () => {
  const files = globSync("**/*.ts", { cwd: import.meta.dirname, exclude: ["dist/**", "**/node_modules/**"] });
  expect(files.length).toBeGreaterThan(200);
  const todos = files.sort().flatMap((file) =>
    readFileSync(join(import.meta.dirname, file), "utf8")
      .split("\n")
      .flatMap((line, i) => (/\bTODO: /.test(line) ? [`lib/${file}:${i + 1} ${line.trim()}`] : [])),
  );
  expect(todos).toEqual([]);
});

describe("the README's table of the library", () => {
  const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
  const section = /\n## The library\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? "";
  const rows = [...section.matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].map(([, left, right]) => ({
    door: /`(flowlab\/\w+)`/.exec(left)?.[1] ?? "flowlab",
    names: [...right.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  }));

  test.each(Object.keys(doors))("names everything that %s exports, once, and nothing else", (door) => {
    const told = rows.filter((row) => row.door === door).flatMap(({ names }) => names);
    expect(told.length).toBeGreaterThan(5);
    expect(told.toSorted()).toEqual(Object.keys(doors[door]).toSorted());
  });
});
