import type { tf } from "../../engine/tf.ts";
import type { Direction } from "./case.ts";
import { apply, parametersOf, rowsOf, type Subject } from "./subject.ts";

/** Of a variable that holds several events, so many are tried. */
const MOST = 8;

/**
 * Events at which a formula may divide by 0 or have no slope, whatever its author thinks of: 0; a point with one number 0; every event
 * among the variables, which may be a centre, and its opposite; what the case names. In the inverse direction, their images, too.
 */
export function singularEvents(s: Subject, direction: Direction): number[][] {
  const named = s.case.singular?.(parametersOf(s.bijection)) ?? {};
  const z = [...(named.z ?? []), ...within(s.case.extremeZ, guesses(s, "forward"))];
  if (direction === "forward") return z;
  const images = s.bijection.forwardKind === "none" ? [] : rowsOf(apply(s, "forward", z).value);
  return [...(named.x ?? []), ...images, ...within(s.case.extremeX, guesses(s, "inverse"))];
}

/** Of one number each, too: an elementwise map may have its kink wherever its variables are. */
function guesses(s: Subject, direction: Direction): number[][] {
  const [point] = s.inputs[direction];
  const stored = s.bijection.variables.flatMap((variable) => eventsIn(variable, s.event[direction]));
  return [point.map(() => 0), point.with(0, 0), ...stored, ...stored.map((event) => event.map((v) => -v))];
}

function eventsIn(variable: tf.Variable, event: readonly number[]): number[][] {
  const { shape } = variable;
  const isEvents =
    shape.length >= event.length && event.every((length, i) => shape.at(i - event.length) === length);
  if (!isEvents || variable.size === 0) return [];
  const values = Array.from(variable.dataSync());
  const size = event.reduce((product, length) => product * length, 1);
  const count = Math.min(MOST, values.length / size);
  return Array.from({ length: count }, (_, i) => values.slice(i * size, (i + 1) * size));
}

/** The extreme inputs are the ends of the domain. */
function within(extremes: readonly number[], events: readonly number[][]): number[][] {
  const [low, high] = [Math.min(...extremes), Math.max(...extremes)];
  return events.filter((event) => event.every((v) => v >= low && v <= high));
}
