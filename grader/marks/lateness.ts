/** How late somebody handed in, and what that costs. */

import { plural } from "../plural.ts";
import { keysOfAnybody } from "../roster/anybody.ts";
import { type Learner, learnerKeys } from "../roster/roster.ts";
import { type Fraction, fraction, least, multiply, ONE } from "./fraction.ts";
import type { Assignment, LateRule, Rules } from "./rules.ts";
import { durationText, timeText } from "./times.ts";

const DAY = 24 * 3_600_000;

export interface HandIn {
  /** As an instant. */
  readonly at?: number;
  /** The platform marks it as late. */
  readonly late: boolean;
  readonly attempts: number;
}

export interface Lateness {
  readonly late?: {
    readonly why: string;
    readonly of: LateRule["of"];
    /** Undefined: nothing counts any more. */
    readonly share?: Fraction;
  };
  readonly attempts?: { readonly why: string; readonly share: Fraction };
  /** Why it cannot be said yet. */
  readonly open?: string;
}

export function latenessOf(handIn: HandIn, assignment: Assignment, learner: Learner, rules: Rules): Lateness {
  return { ...lateIn(handIn, assignment, learner, rules), ...attemptsIn(handIn, rules) };
}

function lateIn({ at, late }: HandIn, assignment: Assignment, learner: Learner, rules: Rules): Lateness {
  const { due, late: rule } = assignment;
  if (!rule) return {};
  const extended = due === undefined ? undefined : deadlineOf(due, assignment, learner, rules);
  if (at === undefined || extended === undefined) {
    if (!late) return {};
    if (rule.unknown !== undefined)
      return {
        late: costOf(rule, rule.unknown, "marked as late by the platform, which tells no time: taken as"),
      };
    const remedy =
      at === undefined
        ? "give --times FILE, or late: unknown: 1 day in the course's file"
        : "give the assignment its due";
    return { open: `handed in late by the platform's mark, and nothing says how late: ${remedy}` };
  }
  const by = at - extended;
  if (by <= rule.grace) return {};
  return {
    late: costOf(rule, by, `handed in ${timeText(at, rules.zone)}, due ${timeText(extended, rules.zone)},`),
  };
}

function costOf(rule: LateRule, by: number, how: string): NonNullable<Lateness["late"]> {
  const days = Math.ceil(by / DAY);
  const base = { of: rule.of, why: `${how} ${durationText(by)} late` };
  if (rule.until !== undefined && by > rule.until) return base;
  const share = least(rule.cap, multiply(rule.perDay, fraction(days)));
  return { ...base, why: `${base.why}, which is ${plural(days, "day")} begun`, share };
}

/** The latest of those that are hers. */
function deadlineOf(due: number, { name }: Assignment, learner: Learner, { extensions }: Rules): number {
  const hers = new Set(learnerKeys(learner));
  const own = extensions.filter(
    ({ who, assignment }) =>
      (assignment === undefined || assignment === name) && keysOfAnybody(who).some((key) => hers.has(key)),
  );
  return Math.max(due, ...own.map((one) => one.due ?? due + (one.later ?? 0)));
}

function attemptsIn({ attempts }: HandIn, { attempts: rule }: Rules): Lateness {
  if (!rule || attempts <= rule.most) return {};
  const extra = attempts - rule.most;
  const share = least(ONE, multiply(rule.perExtra, fraction(extra)));
  return { attempts: { why: `${plural(attempts, "attempt")}, ${extra} more than ${rule.most}`, share } };
}
