/** What a course's rules make of graded points, exactly, with a line for each step that a learner can follow. */

import { plural } from "../plural.ts";
import type { SubmissionSummary } from "../record/summary.ts";
import {
  add,
  compare,
  divide,
  type Fraction,
  fraction,
  fractionText,
  least,
  multiply,
  subtract,
  sum,
  ZERO,
} from "./fraction.ts";
import { type HandIn, type Lateness, latenessOf } from "./lateness.ts";
import type { Mark, Part } from "./mark.ts";
import type { Adjust } from "./marks.ts";
import type { Assignment, Rules } from "./rules.ts";

/** Of one exercise, in the points that it counts. */
interface Counted {
  readonly part: Part;
  readonly points: Fraction;
  readonly maxPoints: Fraction;
}

/** Of one assignment. */
interface Subtotal {
  readonly assignment: Assignment;
  readonly points: Fraction;
  readonly maxPoints: Fraction;
  readonly penalty: Fraction;
}

/** @param handedIn When somebody handed in a submission, and what else is known of it. */
export function applyRules(
  rules: Rules,
  handedIn: (mark: Mark, summary: SubmissionSummary) => HandIn,
): Adjust {
  return (mark, summaries) => {
    const account: string[] = [];
    const open = [...mark.open];
    const counted = mark.parts.map((part) => countPart(part, rules, account));
    const all = assignmentsOf(rules, counted).map(({ assignment, parts }): Subtotal => {
      const kept = dropLowest(parts, assignment.drop, nameOf(assignment), account);
      const late = new Map<number | undefined, Lateness>();
      for (const { part } of kept) {
        if (part.submission === undefined || late.has(part.submission)) continue;
        const summary = summaries[mark.submissions.indexOf(part.submission)] as SubmissionSummary;
        late.set(part.submission, latenessOf(handedIn(mark, summary), assignment, mark.learner, rules));
      }
      let penalty = ZERO;
      for (const [submission, lateness] of late) {
        const theirs = kept.filter(({ part }) => part.submission === submission);
        penalty = add(penalty, deduct(theirs, lateness, nameOf(assignment), { account, open }));
      }
      const points = sum(kept.map((one) => one.points));
      return {
        assignment,
        points: subtract(points, penalty),
        maxPoints: sum(kept.map((one) => one.maxPoints)),
        penalty,
      };
    });
    const kept = dropAssignments(all, rules.dropAssignments, account);
    const total = sum(kept.map(({ points }) => points));
    const most = sum(kept.map(({ maxPoints }) => maxPoints));
    const scale = rules.points && most.over > 0n ? divide(rules.points, most) : undefined;
    const [final, maxFinal] = scale ? [multiply(total, scale), rules.points as Fraction] : [total, most];
    if (scale && compare(most, maxFinal) !== 0)
      account.push(`${text(total)} of ${text(most)} count as ${text(final)} of ${text(maxFinal)}`);
    const penalty = sum(kept.map((one) => one.penalty));
    if (mark.submissions.length === 0)
      return {
        ...mark,
        final: ZERO,
        maxFinal,
        account: rules.missing === "zero" && open.length === 0 ? ["Nothing was handed in: 0"] : [],
      };
    return { ...mark, final, maxFinal, open, account, penalty: scale ? multiply(penalty, scale) : penalty };
  };
}

const text = (value: Fraction): string => fractionText(value);
const nameOf = ({ name }: Assignment): string => (name === "" ? "" : `${name}: `);
const percent = (share: Fraction): string => `${fractionText(multiply(share, fraction(100)))}%`;

function countPart(part: Part, { exercises }: Rules, account: string[]): Counted {
  const rule = exercises.get(part.exercise);
  if (!rule || part.maxPoints.over === 0n) return { part, points: part.points, maxPoints: part.maxPoints };
  const weight = "weight" in rule ? rule.weight : divide(rule.points, part.maxPoints);
  const points = multiply(part.points, weight);
  const maxPoints = multiply(part.maxPoints, weight);
  if (part.status !== "absent" && compare(maxPoints, part.maxPoints) !== 0)
    account.push(
      `${part.exercise}: ${text(part.points)} of ${text(part.maxPoints)} count as ${text(points)} of ${text(maxPoints)}`,
    );
  return { part, points, maxPoints };
}

function assignmentsOf({ assignments }: Rules, counted: readonly Counted[]) {
  const named = new Set(assignments.flatMap(({ exercises }) => exercises ?? []));
  const rest: Assignment = { name: "", drop: 0 };
  const all = assignments.some(({ exercises }) => exercises === undefined)
    ? assignments
    : [...assignments, rest];
  return all.flatMap((assignment) => {
    const { exercises } = assignment;
    const parts = counted.filter(({ part }) =>
      exercises ? exercises.includes(part.exercise) : !named.has(part.exercise),
    );
    return parts.length > 0 ? [{ assignment, parts }] : [];
  });
}

/** By the share of its points; of equal ones the one that counts more. One is always left. */
function dropLowest(parts: readonly Counted[], drop: number, name: string, account: string[]): Counted[] {
  const many = Math.min(drop, parts.length - 1);
  if (many < 1) return [...parts];
  const order = parts.toSorted((a, b) => compareShares(a, b) || compare(b.maxPoints, a.maxPoints));
  const dropped = new Set(order.slice(0, many));
  const shown = [...dropped].map(
    ({ part, points, maxPoints }) => `${part.exercise} (${text(points)} of ${text(maxPoints)})`,
  );
  account.push(`${name}the lowest ${many === 1 ? "does" : `${many} do`} not count: ${shown.join(", ")}`);
  return parts.filter((part) => !dropped.has(part));
}

function compareShares(
  a: Pick<Counted, "points" | "maxPoints">,
  b: Pick<Counted, "points" | "maxPoints">,
): number {
  // What counts nothing is lost last.
  const share = ({ points, maxPoints }: Pick<Counted, "points" | "maxPoints">) =>
    maxPoints.over === 0n ? fraction(1) : divide(points, maxPoints);
  return compare(share(a), share(b));
}

function dropAssignments(all: readonly Subtotal[], drop: number, account: string[]): Subtotal[] {
  const many = Math.min(drop, all.length - 1);
  if (many < 1) return [...all];
  const order = all.toSorted((a, b) => compareShares(a, b) || compare(b.maxPoints, a.maxPoints));
  const dropped = new Set(order.slice(0, many));
  const shown = [...dropped].map(
    ({ assignment, points, maxPoints }) =>
      `${assignment.name || "the rest"} (${text(points)} of ${text(maxPoints)})`,
  );
  account.push(
    `The lowest ${plural(many, "assignment does", "assignments do").replace(/^1 /, "")} not count: ${shown.join(", ")}`,
  );
  return all.filter((one) => !dropped.has(one));
}

/** @returns What is taken off the points of one submission in one assignment. */
function deduct(
  parts: readonly Counted[],
  { late, attempts, open }: Lateness,
  name: string,
  said: { readonly account: string[]; readonly open: string[] },
): Fraction {
  if (open !== undefined) said.open.push(`${name}${open}`);
  const earned = sum(parts.map(({ points }) => points));
  const best = sum(parts.map(({ maxPoints }) => maxPoints));
  let taken = ZERO;
  if (late) {
    const basis = late.of === "earned" ? earned : best;
    const off = late.share === undefined ? earned : least(earned, multiply(basis, late.share));
    const how =
      late.share === undefined
        ? "nothing counts any more"
        : `${percent(late.share)} of ${text(basis)} is ${text(off)} off`;
    said.account.push(`${name}${late.why}: ${how}`);
    taken = off;
  }
  if (attempts) {
    const left = subtract(earned, taken);
    const off = multiply(left, attempts.share);
    said.account.push(
      `${name}${attempts.why}: ${percent(attempts.share)} of ${text(left)} is ${text(off)} off`,
    );
    taken = add(taken, off);
  }
  return taken;
}
