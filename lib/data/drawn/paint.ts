import type { Random } from "../../random/random.ts";

/** Red, green and blue from 0 to 1. */
export type Colour = readonly [number, number, number];

/** The colour of the point (x, y); both run from −1 to 1, y downwards. */
export type Picture = (x: number, y: number) => Colour;

/** A picture and what it shows, as a number that the set's names belong to. */
export interface Drawing {
  readonly picture: Picture;
  readonly label: number;
}

/** Draws one picture from random numbers; `blur` is the width of a pixel, over which edges are softened. */
export type Painter = (stream: Random, blur: number) => Drawing;

/** How much of a pixel a shape covers, whose edge is at this signed distance (negative inside). */
export function coverage(distance: number, blur: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance / blur));
}

/** `over` painted onto `under` with an opacity from 0 to 1. */
export function blend(under: Colour, over: Colour, opacity: number): Colour {
  return [0, 1, 2].map((i) => under[i] + (over[i] - under[i]) * opacity) as unknown as Colour;
}

/** A colour of this hue (0 to 1, around the circle), with saturation and lightness from 0 to 1. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (n: number) => {
    const k = (n + 12 * (((hue % 1) + 1) % 1)) % 12;
    return lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return [part(0), part(8), part(4)];
}

/** A grey of this lightness, from 0 to 1. */
export const grey = (lightness: number): Colour => [lightness, lightness, lightness];
