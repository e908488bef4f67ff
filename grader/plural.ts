// The library has the same for its own messages. Every door of it loads TensorFlow.js, and submissions are read without.
/** A number with what it counts: `1 step`, `2 steps`, `3 entries`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
