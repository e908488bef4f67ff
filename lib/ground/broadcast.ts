/** Whether a tensor of this shape can be broadcast to exactly the other shape: no axis of the other grows. */
export function broadcastsTo(shape: readonly number[], target: readonly number[]): boolean {
  const offset = target.length - shape.length;
  return offset >= 0 && shape.every((length, axis) => length === target[offset + axis] || length === 1);
}
