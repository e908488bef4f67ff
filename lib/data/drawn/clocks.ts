import { polar, toSegment } from "./distance.ts";
import { blend, coverage, grey, hsl, type Painter } from "./paint.ts";

/** The hour that has begun: the labels' meanings, by number. */
export const HOURS = ["12", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];

/** A clock whose hands agree: the short one stands as far between two hours as the long one has gone around. */
export const clock: Painter = (stream, blur) => {
  const [time, u, v, w, hue] = stream.uniform(5);
  const hours = 12 * time;
  const radius = 0.76 + 0.1 * w;
  const centre = [0.2 * (u - 0.5), 0.2 * (v - 0.5)] as const;
  const tip = (turn: number, length: number) => polar(centre, [turn], [length * radius])[0];
  const [hour, minute] = [tip(time, 0.46), tip(hours % 1, 0.76)];
  const ticks = Array.from({ length: 12 }, (_, i) => [tip(i / 12, 0.84), tip(i / 12, 0.9)] as const);
  const [wall, rim] = [hsl(hue, 0.4, 0.3), hsl(hue + 0.5, 0.5, 0.75)];
  const picture = (x: number, y: number) => {
    const d = Math.hypot(x - centre[0], y - centre[1]) - radius;
    const hands = Math.min(
      toSegment(x, y, centre, hour) - 0.085,
      toSegment(x, y, centre, minute) - 0.05,
      ...ticks.map(([from, to]) => toSegment(x, y, from, to) - 0.025),
    );
    const dial = blend(blend(wall, rim, coverage(d, blur)), grey(0.95), coverage(d + 0.08, blur));
    return blend(dial, grey(0.05), coverage(hands, blur));
  };
  return { picture, label: Math.floor(hours) };
};
