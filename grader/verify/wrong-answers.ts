/** Every wrong answer, an author's and the generic ones, has to be rejected under every seed; worthless ones by every check. */

import { type Domain, numbersOf } from "../domain/domain.ts";
import { inProcessSession } from "../drivers/in-process.ts";
import type { AnyExercise, Check } from "../exercise.ts";
import type { Session } from "../grading/session.ts";
import { type Call, transcript } from "../grading/transcript.ts";
import type { FunctionKind, Kind } from "../harness/kinds.ts";
import { differs, probes } from "./difference.ts";
import { type Problem, tally } from "./finding.ts";
import { keptAnswers } from "./kept-answers.ts";
import { type AnyDomain, alteredSession, mapNumbers, roundedSession } from "./mutant.ts";
import { genericMutants } from "./mutants.ts";
import { passes, type Rejection, rejecting } from "./quick.ts";
import { type Numbers, sameNumbers } from "./same-numbers.ts";

export interface Coverage {
  /** Misconceptions, and mutants of the author's. */
  readonly written: number;
  /** Generic mutants. */
  readonly generic: number;
  /** Generic mutants whose answers are as right as the statement asks. */
  readonly dropped: number;
}

type Provided = Record<string, unknown>;

interface Wrong {
  readonly id: string;
  open(): Promise<Session>;
  /** The function and the region where alone it is wrong. */
  readonly where?: string;
  /** The same in double precision, where it is in float32. */
  readonly double?: string;
  /** Each answer depends on its own call alone. */
  readonly remembersNothing?: true;
  /** In how many of the runs it has to be rejected; all, unless the domain says that chance plays a part. */
  readonly power?: number;
}

export async function wrongAnswers(
  exercise: AnyExercise,
  solution: Provided,
  seeds: readonly string[],
): Promise<{ problems: Problem[]; coverage: Coverage }> {
  const right = keptAnswers(await inProcessSession(solution, exercise.signatures), alike(exercise));
  const written = writtenOnes(exercise, solution);
  const { kept, dropped } = await genericOnes(exercise, solution, right);
  const useful = new Set<Check>();
  const passed: Survivor[] = [];
  const numbers = sameNumbers();
  for (const wrong of [...written, ...kept])
    passed.push(...(await tryOut(exercise, wrong, seeds, numbers, useful)));
  const idle: Check[] = [];
  for (const check of exercise.checks) {
    if (!useful.has(check) && !(await failsSome(exercise, check, [...written, ...kept], seeds[0])))
      idle.push(check);
  }
  return {
    problems: [
      ...findUndeclared(exercise),
      ...survivors(passed, written, kept, seeds.length),
      ...(await findGivenAway(exercise, right, seeds, numbers)),
      ...idle.map(({ name }) => ({
        part: "misconceptions" as const,
        problem: `no wrong answer fails the check "${name}"`,
        remedy: "write the wrong answer that it is there for, or take it out",
      })),
    ],
    coverage: { written: written.length, generic: kept.length, dropped },
  };
}

interface Survivor {
  readonly wrong: Wrong;
  readonly seeds: readonly string[];
}

/** @returns It, if it passed more often than it may. */
async function tryOut(
  exercise: AnyExercise,
  wrong: Wrong,
  seeds: readonly string[],
  numbers: Numbers,
  useful: Set<Check>,
): Promise<Survivor[]> {
  let before: Rejection | undefined;
  const passed: string[] = [];
  for (const seed of seeds) {
    const rejection = await rejecting(exercise, wrong.open, seed, before, numbers);
    if (!rejection) passed.push(seed);
    else {
      useful.add(rejection.check);
      before = wrong.remembersNothing ? rejection : { check: rejection.check };
    }
  }
  // Three standard deviations: chance alone goes beyond once in a thousand verifications.
  const n = seeds.length;
  const { power = 1 } = wrong;
  const excused = n * (1 - power) + 3 * Math.sqrt(n * power * (1 - power));
  return passed.length > excused ? [{ wrong, seeds: passed }] : [];
}

const REGIONS =
  "give the region that it is wrong in points of its own (`strata`), and judge them by the domain; where the statement asks nothing, say so by the domain's `open`";

/** Each thing once: a region in which whatever is wrong passes is one that nobody asks in. */
function survivors(
  passed: readonly Survivor[],
  written: readonly Wrong[],
  kept: readonly Wrong[],
  seeds: number,
): Problem[] {
  const everyTime = new Set(passed.filter((one) => one.seeds.length === seeds).map(({ wrong }) => wrong.id));
  const places = new Set(kept.flatMap(({ where }) => where ?? []));
  const unasked = [...places].filter((place) =>
    kept.every(({ where, id }) => where !== place || everyTime.has(id)),
  );
  const byAuthor = tally(seeds);
  const made = tally(seeds);
  for (const { wrong, seeds } of passed) {
    if (wrong.where && unasked.includes(wrong.where)) continue;
    if (wrong.double && passed.some((other) => other.wrong.id === wrong.double)) continue;
    const found = written.includes(wrong) ? byAuthor : made;
    for (const seed of seeds) found.add(`${wrong.id} passes every check`, seed, REGIONS);
  }
  const asked = unasked.map((place) => ({
    part: "checks" as const,
    problem: `no check looks at ${place}: whatever is wrong there passes under every seed`,
    remedy: "ask there: give the region to `strata` in one of the checks",
  }));
  return [
    ...asked,
    ...byAuthor.findings().map((problem): Problem => ({ ...problem, part: "checks" })),
    // How many points a region has, and about what the statement says nothing, stands in the domain.
    ...made.findings().map((problem): Problem => ({ ...problem, part: "domain" })),
  ];
}

async function failsSome(exercise: AnyExercise, check: Check, wrong: readonly Wrong[], seed: string) {
  for (const { open } of wrong) if (!(await passes(exercise, check, await open(), seed))) return true;
  return false;
}

function writtenOnes(exercise: AnyExercise, solution: Provided): Wrong[] {
  const provide = (id: string, implementation: object): Wrong => ({
    id,
    open: () => inProcessSession({ ...solution, ...implementation }, exercise.signatures),
  });
  return [
    ...exercise.misconceptions.map(({ id, implementation }) =>
      provide(`misconception "${id}"`, implementation),
    ),
    ...(exercise.mutants ?? []).map(({ id, implementation }) => provide(`mutant "${id}"`, implementation)),
  ];
}

/** Those that differ from the right answer; once more in float32 where that is a fair arithmetic. */
async function genericOnes(exercise: AnyExercise, solution: Provided, right: Session) {
  const domains = (exercise.domains ?? {}) as Record<string, Domain<readonly unknown[]>>;
  const fair = new Set(Object.keys(domains).filter((name) => domains[name].float32));
  const kept: Wrong[] = overwriting(exercise, solution);
  let dropped = 0;
  const probed = new Map<string, Awaited<ReturnType<typeof probes>>>();
  for (const [name, domain] of Object.entries(domains)) probed.set(name, await probes(right, name, domain));
  const answers = (name: string): number[] =>
    (probed.get(name) ?? []).flatMap(({ calls }) => calls.flatMap(({ right }) => numbersOf(right) ?? []));
  for (const mutant of genericMutants(exercise, answers)) {
    const name = mutant.function;
    const domain = domains[name];
    for (const float32 of fair.has(name) ? [false, true] : [false]) {
      if (!(await differs(mutant, right, domain, probed.get(name) ?? [], float32))) {
        dropped += 1;
        continue;
      }
      const alter = () => alteredSession(right, name, mutant.alter());
      kept.push({
        id: `${name}, ${mutant.id}${float32 ? ", in float32" : ""},`,
        ...(float32 && { double: `${name}, ${mutant.id},` }),
        ...(mutant.region !== undefined && { where: `${name} where ${mutant.region}` }),
        ...(!mutant.remembers && !domain.sees && { remembersNothing: true }),
        open: async () => (float32 ? roundedSession(alter(), fair) : alter()),
        ...(domain.sees && { power: domain.sees.power }),
      });
    }
  }
  return { kept, dropped };
}

/** Right answers that leave another array behind than they were given. */
function overwriting(exercise: AnyExercise, solution: Provided): Wrong[] {
  return Object.entries(exercise.signatures as Record<string, FunctionKind>).flatMap(
    ([name, { parameters }]) =>
      parameters.flatMap(({ name: parameter, of }, i) => {
        if (of.kind !== "vector" || typeof solution[name] !== "function") return [];
        const run = solution[name] as (...inputs: unknown[]) => unknown;
        const changing = async (...inputs: unknown[]) => {
          const answer = await run(...inputs);
          (inputs[i] as number[]).sort((a, b) => b - a).push(0);
          return answer;
        };
        return [
          {
            id: `${name}, which overwrites ${parameter},`,
            open: () => inProcessSession({ ...solution, [name]: changing }, exercise.signatures),
          },
        ];
      }),
  );
}

/** Functions that give the same answer to the same call, and nothing that lives on. */
function alike({ signatures, domains = {} }: AnyExercise): ReadonlySet<string> {
  const all = Object.entries(signatures as Record<string, FunctionKind>);
  const chance = (name: string) => (domains as Record<string, AnyDomain>)[name]?.sees !== undefined;
  return new Set(all.flatMap(([name, { returns }]) => (numeric(returns) && !chance(name) ? [name] : [])));
}

const NUMERIC: readonly Kind["kind"][] = ["number", "vector", "matrix", "tensor"];
const numeric = (kind: Kind): boolean =>
  NUMERIC.includes(kind.kind) || (kind.kind === "record" && Object.values(kind.fields).every(numeric));

function findUndeclared(exercise: AnyExercise): Problem[] {
  return Object.entries(exercise.signatures as Record<string, FunctionKind>)
    .filter(([name, { returns }]) => numeric(returns) && !exercise.domains?.[name])
    .map(([name]) => ({
      part: "domain" as const,
      problem: `${name} has no domain, so that nothing shows where its answers are looked at`,
      remedy:
        "declare `domains`: its regions, the error that the statement allows, and whether float32 is fair",
    }));
}

/** What answers without looking at the question must not get a single point. */
async function findGivenAway(
  exercise: AnyExercise,
  right: Session,
  seeds: readonly string[],
  numbers: Numbers,
): Promise<Problem[]> {
  const given = tally(seeds.length);
  const memory = await remember(exercise, right, "another run");
  const constant = (value: number): Session => ({
    ...right,
    call: async (target, inputs) => sayInstead(await right.call(target, inputs), value),
  });
  const asked = await findQuestions(exercise, right, seeds[0]);
  const memorizing = "what remembers the questions of another run";
  const worthless: [string, Session][] = [
    [memorizing, memory],
    ...[0, 1, -1, 0.5, 1e-10, Number.NaN, Number.POSITIVE_INFINITY].map((value): [string, Session] => [
      `the answer ${value} to everything`,
      constant(value),
    ]),
  ];
  for (const [what, session] of worthless) {
    for (const check of exercise.checks.filter(({ points }) => points > 0)) {
      // Where only one thing can be asked, as in a derivation or a computation by hand, it may be known.
      if (what === memorizing && !asked.has(check)) continue;
      for (const seed of seeds) {
        if (await passes(exercise, check, session, seed, { numbers }))
          given.add(
            `${what} passes "${check.name}"`,
            seed,
            "ask at fresh points, and also where the answer is another",
          );
      }
    }
  }
  return given.findings().map((problem): Problem => ({ ...problem, part: "checks" }));
}

/** The plain answer with the value for each of its numbers, or for each text or line. */
function sayInstead(plain: unknown, value: number): unknown {
  if (typeof plain === "string") return `${value}`;
  const isDerivation = Array.isArray(plain) && typeof plain[0] === "string";
  return isDerivation ? plain.map(() => `${value}`) : mapNumbers(plain, () => value);
}

/** The checks that call something with arguments. */
async function findQuestions(exercise: AnyExercise, right: Session, seed: string): Promise<Set<Check>> {
  const found = new Set<Check>();
  for (const check of exercise.checks) {
    const log = transcript();
    await passes(exercise, check, right, seed, { log });
    if (log.calls.some(({ inputs }) => inputs.length > 0)) found.add(check);
  }
  return found;
}

/** Right where another run has asked the same, and nothing to the point elsewhere. */
async function remember(exercise: AnyExercise, right: Session, seed: string): Promise<Session> {
  const key = ({ target, inputs }: Pick<Call, "target" | "inputs">) => JSON.stringify([target, inputs]);
  const known = new Set<string>();
  for (const check of exercise.checks) {
    const log = transcript();
    await passes(exercise, check, right, seed, { log });
    for (const call of log.calls) known.add(key(call));
  }
  return {
    ...right,
    async call(target, inputs) {
      const answer = await right.call(target, inputs);
      return known.has(key({ target, inputs })) ? answer : mapNumbers(answer, (v) => 2 * v + 1);
    },
  };
}
