/**
 * A class that hands in saved flows, graded by the real command line in the real sandbox: right ones, spoilt ones, and what is made to harm
 * or to deceive. Each gets what it deserves, at this exercise alone, and nothing is a fault of the grader.
 */

import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { decodeSafetensors, encodeSafetensors } from "flowlab";
import { expect } from "vitest";
import { exerciseById } from "../course.ts";
import type { FileAnswer } from "../exercise.ts";
import type { ExerciseResult } from "../grading/result.ts";
import { needingSandbox } from "../sandbox/tiers.fixture.ts";
import { rightFile } from "../verify/part.ts";
import { gradeFolder, RIGHT } from "./grade.fixture.ts";

const ID = "09.capstone";
const exercise = exerciseById(ID);
const file = exercise.file as FileAnswer;
const right = readFileSync(rightFile({ ...exercise, file }));
const STUB = 'export async function trainGlow(): Promise<void> {\n  throw new Error("Not yet solved");\n}\n';

/** The right file with another description of its layers. */
function redescribe(change: (architecture: string) => string): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(right);
  return encodeSafetensors({ tensors, metadata: { ...metadata, flow: change(metadata.flow) } });
}

const spoilt = (id: string): Uint8Array => {
  const found = file.spoilt.find((one) => one.id === id);
  if (!found) throw new Error(`no spoilt file is called ${id}`);
  return found.spoil(right);
};

/** By person: the file, the points that it deserves, and what is said. */
const CLASS: Readonly<Record<string, readonly [content: Uint8Array, points: number, says: RegExp]>> = {
  right: [right, 5, /3\.\d\d bits per dimension/],
  half: [spoilt("half way"), 3, /at most 4 was asked for; that is 0\.\d+ too many/],
  cheat: [spoilt("what float32 rounds away is blown up"), 0, /above that of the map/],
  // Within what is read, and more than there is memory: 1024 × 1024 × 9 weights in each of 500 steps.
  greedy: [
    redescribe((text) =>
      text.replace(
        /"bijection":.*$/s,
        () =>
          `"bijection":${JSON.stringify({
            ...{
              type: "glow",
              height: 16,
              width: 16,
              channels: 1,
              levels: 1,
              steps: 500,
              hidden: [1024, 1024],
            },
            ...{ convolution: "plu", learnedPrior: true, context: 0, seed: 0 },
          })}}`,
      ),
    ),
    0,
    /memory|computed for/,
  ],
  channels: [spoilt("a thousand million channels"), 0, /at most 1024 is read/],
  // As many layers as are read: each of them is cheap, and the flow is the right one.
  patient: [
    redescribe((text) =>
      text.replace(
        '"bijection":{"type":"chain","parts":[',
        (begin) => begin + '{"type":"leakyRelu","slope":1},'.repeat(500),
      ),
    ),
    0,
    /is missing|in the flow/,
  ],
  large: [
    new Uint8Array(200_000),
    0,
    /has 196 kB; at most 128 kB are read\. .*fewer hidden channels.* hand in what it saves/,
  ],
  picture: [spoilt("a picture"), 0, /not in the safetensors format/],
};

/** Who answers another exercise as well. */
const BESIDE = ["greedy", "large", "picture"];

const said = ({ checks }: ExerciseResult): string =>
  checks
    .map(({ found, failure }) => [found, failure?.message, failure?.hint].filter((text) => text).join(" "))
    .join("\n");

const sandboxed = await needingSandbox();
sandboxed.describe("a class that hands in saved flows", () => {
  const { put, root, read, grade, results } = gradeFolder();
  sandboxed.test(
    "gets what each file deserves, in one run, and other answers keep their points",
    async () => {
      for (const [who, [content]] of Object.entries(CLASS)) {
        await put(`class/${who}/capstone.safetensors`, content);
        if (BESIDE.includes(who)) await put(`class/${who}/16-1-square.ts`, RIGHT);
      }
      await put("class/nothing/exercises/09-glow/capstone.ts", STUB);
      await put("class/forgotten/exercises/09-glow/capstone.ts", STUB.replace("throw", "// throw"));
      for (const who of ["link", "folder"]) mkdirSync(join(root(), "class", who));
      symlinkSync(rightFile({ ...exercise, file }), join(root(), "class/link/capstone.safetensors"));
      await put("class/folder/capstone.safetensors/readme.txt", "x");
      const run = await grade([
        "class",
        "--json",
        "out.json",
        "--html",
        "html",
        "--seed",
        "flows",
        "--layout",
        "folders",
      ]);
      expect(run.code, run.err).toBe(3);
      const { submissions } = await results("out.json");
      const of = (who: string) => submissions.find(({ submission }) => submission === `class/${who}`)!;
      expect(submissions.filter(({ graderFault }) => graderFault)).toEqual([]);
      const result = (who: string) => of(who).exercises.find(({ exercise }) => exercise === ID)!;
      for (const [who, [, points, says]] of Object.entries(CLASS)) {
        expect([who, result(who).points]).toEqual([who, points]);
        expect(said(result(who)), who).toMatch(says);
      }
      for (const who of BESIDE)
        expect(of(who).exercises.find(({ exercise }) => exercise === "16.1")?.status, who).toBe("passed");
      expect(result("nothing")).toMatchObject({ points: 0, status: "unsolved" });
      expect(said(result("forgotten"))).toMatch(/capstone\.safetensors was not handed in/);
      expect(said(result("link"))).toMatch(/is a link and was not followed/);
      expect(of("folder").problem).toMatch(/in a folder that is called like a saved flow/);
      const pages = readdirSync(join(root(), "html"), { recursive: true, encoding: "utf8" });
      const page = pages.find((name) => /right.*\.html$/.test(name)) ?? "no page";
      expect(await read(join("html", page))).toMatch(/200 new faces take 3\.\d\d bits per dimension\./);
      expect(of("right").sources?.find(({ exerciseId }) => exerciseId === ID)?.code).toMatch(
        /SHA-256 [0-9a-f]{64}/,
      );
      // The same seed draws the same faces.
      const again = await grade([
        "class/right/capstone.safetensors",
        "--json",
        "again.json",
        "--seed",
        "flows",
      ]);
      expect(again.code, again.err).toBe(0);
      const { submissions: second } = await results("again.json");
      expect(said(second[0]!.exercises[0]!)).toBe(said(result("right")));
    },
  );
});
