/** What the runs of wrong answers say: which of them pass more often than they may, and which checks reject nothing. */

import { subjectsOf } from "../../domain/subjects.ts";
import type { AnyExercise } from "../../exercise.ts";
import type { Kind } from "../../harness/kinds.ts";
import { countedProblems, type Problem, tally } from "../finding.ts";
import { isNumeric } from "./numeric.ts";
import type { Tried, WrongSeen } from "./wrong-answers.ts";

export interface Coverage {
  /** Misconceptions, and mutants of the author's. */
  readonly written: number;
  /** Generic mutants. */
  readonly generic: number;
  /** Generic mutants whose answers are as right as the statement asks. */
  readonly dropped: number;
}

/** @param seen One of each share. */
export function joinWrong(
  exercise: AnyExercise,
  seen: readonly WrongSeen[],
  seeds: readonly string[],
): { problems: Problem[]; coverage: Coverage } {
  const tried = joinTried(seen);
  const useful = new Set(seen.flatMap((one) => one.useful));
  const idle = exercise.checks.filter(({ name }) => !useful.has(name));
  const written = tried.filter(({ byAuthor }) => byAuthor).length;
  return {
    problems: [
      ...findUndeclared(exercise),
      ...survivors(tried, seeds),
      ...countedProblems(
        seen.flatMap(({ given }) => given),
        seeds,
      ),
      ...idle.map(({ name }) => ({
        part: "misconceptions" as const,
        problem: `no wrong answer fails the check "${name}"`,
        remedy: "write the wrong answer that it is there for, or take it out",
      })),
    ],
    coverage: { written, generic: tried.length - written, dropped: seen[0]?.dropped ?? 0 },
  };
}

/** Each wrong answer once, with the runs of all shares. */
function joinTried(seen: readonly WrongSeen[]): Tried[] {
  const byId = Map.groupBy(
    seen.flatMap(({ tried }) => tried),
    ({ id, byAuthor }) => `${byAuthor} ${id}`,
  );
  return [...byId.values()].map((parts) => ({
    ...(parts[0] as Tried),
    runs: parts.reduce((sum, { runs }) => sum + runs, 0),
    passed: parts.flatMap(({ passed }) => passed),
  }));
}

/** Whether it passed more often than it may. Three standard deviations: chance alone goes beyond once in a thousand verifications. */
function hasSurvived({ runs, passed, power = 1 }: Tried): boolean {
  return passed.length > runs * (1 - power) + 3 * Math.sqrt(runs * power * (1 - power));
}

const REGIONS =
  "give the region that it is wrong in points of its own (`strata`), and judge them by the domain; where the statement asks nothing, say so by the domain's `open`";

/** Each thing once: a region in which whatever is wrong passes is one that nobody asks in. */
function survivors(tried: readonly Tried[], seeds: readonly string[]): Problem[] {
  const survived = tried.filter(hasSurvived);
  const everyTime = new Set(survived.filter(({ runs, passed }) => passed.length === runs));
  const generic = tried.filter(({ byAuthor }) => !byAuthor);
  const places = new Set(generic.flatMap(({ where }) => where ?? []));
  const unasked = [...places].filter((place) =>
    generic.every((one) => one.where !== place || everyTime.has(one)),
  );
  const [byAuthor, made] = [tally(), tally()];
  for (const { id, where, double, passed, byAuthor: written } of survived) {
    if (where && unasked.includes(where)) continue;
    if (double && survived.some((other) => other.id === double)) continue;
    // How many points a region has, and about what the statement says nothing, stands in the domain.
    const [found, part] = written ? ([byAuthor, "checks"] as const) : ([made, "domain"] as const);
    for (const seed of passed) found.add(`${id} passes every check`, seed, { remedy: REGIONS, part });
  }
  const asked = unasked.map((place) => ({
    part: "checks" as const,
    problem: `no check looks at ${place}: whatever is wrong there passes under every seed`,
    remedy: "ask there: give the region to `strata` in one of the checks",
  }));
  return [...asked, ...countedProblems(byAuthor.counted(), seeds), ...countedProblems(made.counted(), seeds)];
}

/** What no wrong answers are made of, because its domain is missing or because it is out of reach. */
function findUndeclared(exercise: AnyExercise): Problem[] {
  // Wrong answers to it are files: see saved-flows.ts.
  if (exercise.file) return [];
  return subjectsOf(exercise).flatMap(({ name, export: of, method, kind, domain }): Problem[] => {
    if (holdsObject(kind.returns))
      return [
        {
          problem: `${name} returns an object that is no function's result by itself: no wrong answers are made of its methods`,
          remedy: "let a function of the exercise return the object itself",
        },
      ];
    if (domain || !isNumeric(kind.returns)) return [];
    if (method !== undefined && !exercise.domains?.[of]) return [];
    return [
      {
        part: "domain",
        problem: `${name} has no domain, so that nothing shows where its answers are looked at`,
        remedy:
          "declare `domains`: its regions, the error that the statement allows, and whether float32 is fair; where a function returns an object, one for each method",
      },
    ];
  });
}

const holdsObject = (kind: Kind): boolean =>
  kind.kind === "object" || (kind.kind === "record" && Object.values(kind.fields).some(holdsObject));
