/** Files that nobody would guess and that are right all the same: the course's own flow, with layers that change nothing of its density. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  affine,
  type Bijection,
  chain,
  decodeFlow,
  flow,
  invert,
  leakyRelu,
  logit,
  permutation,
  saveFlow,
  sigmoid,
  squeeze,
  standardNormal,
} from "flowlab";
import { afterAll, expect, test } from "vitest";
import { savedFlowSession } from "../../drivers/saved-flow.ts";
import { gradeExercise } from "../../grading/grade-exercise.ts";
import { cardHTML } from "../../report/card/card.ts";
import { cardText } from "../../report/card/card-text.ts";
import { rightFile } from "../../verify/part.ts";
import { capstone } from "./capstone.ts";

const folder = mkdtempSync(join(tmpdir(), "flowlab-capstone-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = capstone.file;
if (!file) throw new Error("the capstone asks for a file");
const right = readFileSync(rightFile({ ...capstone, file }));

function remade(around: (own: Bijection) => Bijection): Uint8Array {
  const original = decodeFlow(right);
  const path = join(folder, "remade.safetensors");
  saveFlow(flow(standardNormal([16, 16, 1]), around(original.bijection)), path);
  original.dispose();
  return readFileSync(path);
}

const grade = async (bytes: Uint8Array) =>
  gradeExercise(capstone, () => savedFlowSession(capstone, { name: "capstone.safetensors", bytes }), {
    seed: "unusual",
  });
/** Shown to two digits, of the two checks that count them. */
const bitsIn = ({ checks }: Awaited<ReturnType<typeof grade>>): number[] =>
  checks.flatMap(({ found }) => /([\d.]+) bits/.exec(found ?? "")?.[1] ?? []).map(Number);

const own = await grade(right);

test("what is measured once is not counted, and what to look at is told point by point", async () => {
  const low = await grade(remade((map) => chain([affine({ scale: 0.1 }), map])));
  const [html, text] = [cardHTML(low), cardText(low)];
  expect(text).toMatch(/200 new faces take \d+\.\d\d bits per dimension; at most 5 was asked for/);
  expect(text).not.toMatch(/tests of this check/);
  expect(html.match(/<li>/g)).toHaveLength(4);
  expect(text.match(/^ +[-•·] /gm)).toHaveLength(4);
});

test.each<[string, (own: Bijection) => Bijection]>([
  ["chains in chains", (own) => chain([chain([chain([own])]), leakyRelu(1)])],
  ["a latent that is turned round", (own) => chain([affine({ scale: -1 }), own])],
  [
    "pixels that change places",
    (own) => chain([invert(squeeze()), permutation([3, 0, 2, 1]), squeeze(), own]),
  ],
  ["a logit and its inverse", (own) => chain([own, logit(), sigmoid()])],
  [
    "a scale that is taken back later",
    (own) => chain([affine({ scale: 1e-3 }), affine({ scale: 1e3 }), own]),
  ],
  ["an inverse of an inverse", (own) => invert(invert(own))],
])("%s: every point, and the same bits", async (_what, around) => {
  const result = await grade(remade(around));
  expect([result.points, result.status]).toEqual([own.points, "passed"]);
  const [bits, usual] = [bitsIn(result), bitsIn(own)];
  expect([bits.length, usual.length]).toEqual([2, 2]);
  for (const [i, value] of bits.entries())
    expect(Math.abs(value - (usual[i] as number))).toBeLessThanOrEqual(0.011);
});
