import { expect, test } from "vitest";
import { expectations } from "../expect.ts";
import { transcript } from "../transcript.ts";
import { judgeAskedFirst, judgeFittedInTurn, judgeMethodFirst } from "./in-turn.ts";

interface Model {
  mean(): number;
  other(): number;
}
const question = { input: "mean()", ask: async (of: Model) => [of.mean()] };

/** What is said of fits to 1 and then to 2, if anything. */
async function judged(fit: (data: number) => Model): Promise<string | undefined> {
  const state = expectations(transcript());
  await judgeFittedInTurn(state, {
    first: fit(1),
    fitSecond: async () => fit(2),
    questions: [question],
    tolerance: 1e-6,
  });
  return state.first?.failure.message;
}

const own = (data: number): Model => ({ mean: () => data, other: () => 0 });

test("what keeps to its own data has nothing said of it", async () => {
  expect(await judged(own)).toBeUndefined();
});

test("what the next fit changes, and what no fit changes, is found", async () => {
  let weight = 0;
  const shared = (data: number): Model => {
    weight = data;
    return { mean: () => weight, other: () => 0 };
  };
  expect(await judged(shared)).toMatch("otherwise than before");
  expect(await judged(() => own(1))).toMatch("as the first one did");
});

test("a question that has another answer when it is asked twice in a row is found", async () => {
  const tired = (data: number): Model => {
    let asked = 0;
    return { mean: () => (data === 2 ? data + asked++ : data), other: () => 0 };
  };
  expect(await judged(tired)).toMatch("when it is asked again");
});

/** Its mean is another one once the other method was asked. */
function waitingModel(): Model {
  let ready = false;
  return {
    mean: () => (ready ? 1 : 0),
    other() {
      ready = true;
      return 0;
    },
  };
}

test("a method that waits for another one is found", async () => {
  const waiting = waitingModel();
  const state = expectations(transcript());
  const others = [{ input: "other()", ask: async (of: Model) => [of.other()] }];
  await judgeAskedFirst(state, { of: waiting, question, others, tolerance: 1e-6 });
  expect(state.first?.failure).toMatchObject({ input: "mean(), asked again after other()" });
});

test("of several methods the one that is to be asked first is", async () => {
  const questions = { mean: question, other: { input: "other()", ask: async (of: Model) => [of.other()] } };
  const said = async (method: keyof Model) => {
    const state = expectations(transcript());
    await judgeMethodFirst(state, waitingModel(), method, { questions, tolerance: 1e-6 });
    return state.first?.failure.input;
  };
  expect(await said("mean")).toBe("mean(), asked again after other()");
  expect(await said("other")).toBeUndefined();
});
