/** Masks that have to be gone through several times, for answers that give up too early. */

import type { Random } from "../../random.ts";
import { countNeeded, type Masks } from "./dependence.count.ts";

/**
 * The slowest that hill climbing from many random starts has found for so many numbers and masks, and how many couplings they take. The
 * last needs more than four rounds. For three numbers or fewer, none takes more than two.
 */
export const SLOWEST: readonly { readonly rows: string; readonly takes: number }[] = [
  { rows: "10 10 10 10 10 01", takes: 6 },
  { rows: "010 010 110 010 011 100", takes: 11 },
  { rows: "1110 0011 0100", takes: 7 },
  { rows: "1011 0010 0010 1110 0011 1000", takes: 16 },
  { rows: "11011 01101 10001 01000", takes: 13 },
  { rows: "01001 01111 11001 01010 00001", takes: 17 },
  { rows: "10001 11001 11011 10101 01001 10000", takes: 21 },
  { rows: "101111 011011 001110 000011 001000", takes: 21 },
  { rows: "001101 111101 001111 101100 001001 000100", takes: 26 },
];

const readRows = (rows: string): number[][] => rows.split(" ").map((row) => Array.from(row, Number));

/** One family for each part of the places, its numbers in random order and some entries changed that cost no coupling. */
export function drawSlow(random: Random, place: number): number[][] {
  const { rows, takes } = SLOWEST[Math.min(SLOWEST.length - 1, Math.floor(place * SLOWEST.length))];
  let masks = shuffleColumns(readRows(rows), random);
  for (let change = 0; change < 12; change++) {
    const [row, column] = [random.integer(masks.length), random.integer(masks[0].length)];
    const other = masks.map((mask, k) => (k === row ? mask.with(column, 1 - mask[column]) : mask));
    if (areMasks(other) && countNeeded(other) === takes) masks = other;
  }
  return masks;
}

/** As slow as the slowest of as many numbers and masks. */
export const areSlow = (masks: Masks): boolean =>
  SLOWEST.some(({ rows, takes }) => {
    const family = readRows(rows);
    return (
      family.length === masks.length && family[0].length === masks[0].length && countNeeded(masks) >= takes
    );
  });

const areMasks = (masks: Masks): boolean => masks.every((mask) => mask.includes(0) && mask.includes(1));

function shuffleColumns(masks: Masks, random: Random): number[][] {
  const left = masks[0].map((_, i) => i);
  const order = masks[0].map(() => left.splice(random.integer(left.length), 1)[0]);
  return masks.map((mask) => order.map((i) => mask[i]));
}
