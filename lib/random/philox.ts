/** Multipliers and key increments of Philox4x32 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"). */
const [MULTIPLIER_0, MULTIPLIER_1] = [0xd2511f53, 0xcd9e8d57];
const [KEY_STEP_0, KEY_STEP_1] = [0x9e3779b9, 0xbb67ae85];
const ROUNDS = 10;

/**
 * The block cipher Philox4x32-10: scrambles a counter under a key into four random 32-bit words.
 *
 * The same counter and key give the same words on every machine; different counters give independent words, so
 * a stream can be entered anywhere. Ten rounds pass the Crush tests; the published test vectors are checked.
 *
 * @param counter Four 32-bit words.
 * @param key Two 32-bit words.
 * @param words Receives four unsigned 32-bit words.
 */
export function philox(counter: ArrayLike<number>, key: ArrayLike<number>, words: Uint32Array): void {
  // Plain locals: V8 keeps them in registers, where a destructured array would be made anew for each block.
  let c0 = counter[0] | 0;
  let c1 = counter[1] | 0;
  let c2 = counter[2] | 0;
  let c3 = counter[3] | 0;
  let k0 = key[0] | 0;
  let k1 = key[1] | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + KEY_STEP_0) | 0;
    k1 = (k1 + KEY_STEP_1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/**
 * Upper 32 bits of the 64-bit product of two unsigned words, from four products of their halves.
 *
 * No sum here exceeds 32 bits, so `Math.imul` and `| 0` lose nothing, and all of it is integer arithmetic.
 */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = (Math.imul(a1, b0) + (Math.imul(a0, b0) >>> 16)) | 0;
  const carry = (Math.imul(a0, b1) + (middle & 0xffff)) | 0;
  return (Math.imul(a1, b1) + (middle >>> 16) + (carry >>> 16)) | 0;
}
