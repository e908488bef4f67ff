/** Wrong rules for masks, in one function and in the six masks that are made by it. */

import type { Misconception } from "../../exercise.ts";
import type { Implementation } from "../../harness/kinds.ts";
import {
  checkerboardOf,
  inHalf,
  maskOf,
  onBoard,
  type Place,
  type signatures,
  squeezePlace,
  TURNS,
} from "./image-masks.domain.ts";

type Program = Implementation<typeof signatures>;
export type Wrong = Misconception<typeof signatures>;
type Rule = (place: Place, which: number) => boolean;

export const mask =
  (rule: Rule): Program["checkerboard"] =>
  (height, width, channels, which) =>
    maskOf([height, width, channels], (place) => rule(place, which));

/** The six masks by these rules. */
export const scale =
  (board: Rule, half: Rule, turns: readonly number[] = TURNS): Program["realNVPMasks"] =>
  (...size) => [
    ...turns.map((which) => maskOf(size, (place) => board(place, which))),
    ...turns.map((which) => maskOf(size, (place) => half(place, which))),
  ];

export const squeezedHalf: Rule = (place, which) => inHalf(squeezePlace(place), which);
export const opposite =
  (rule: Rule): Rule =>
  (place, which) =>
    !rule(place, which);

/** Another rule of the checkerboard, in the one function and in the six masks that are made by it. */
export const board = (id: string, explanation: string, rule: Rule): Wrong => ({
  id,
  explanation,
  implementation: { checkerboard: mask(rule) },
  variants: [{ checkerboard: mask(rule), realNVPMasks: scale(rule, squeezedHalf) }],
});

/** Another rule of the halves, which is asked of the squeezed image in the six masks. */
export const half = (id: string, explanation: string, rule: Rule): Wrong => ({
  id,
  explanation,
  implementation: { channelHalf: mask(rule) },
  variants: [
    {
      channelHalf: mask(rule),
      realNVPMasks: scale(onBoard, (place, which) => rule(squeezePlace(place), which)),
    },
  ],
});

/** The place in the flat list of an image of this shape. */
export const flat = ({ row, column, channel, width, channels }: Place): number =>
  (row * width + column) * channels + channel;

/** The same mask, with all of a channel's numbers before the next channel's. */
export const byPlanes: Program["checkerboard"] = (height, width, channels, parity) => {
  const right = checkerboardOf(height, width, channels, parity);
  const pixels = height * width;
  return right.map((_, at) => right[(at % pixels) * channels + Math.floor(at / pixels)]);
};
