/** A room that is ready to load an answer. */

import { SandboxError } from "../../grading/session.ts";
import { DEFAULT_ANSWER } from "../../harness/size.ts";
import { terms } from "../conversation.ts";
import { type Room, type Rooms, type RoomWanted, startRoom } from "./rooms.ts";

/** Starting Node and TensorFlow.js, from a slow disk; the learner's own time begins after it. */
const STARTING = { computing: 60, waiting: 60, answer: DEFAULT_ANSWER };

export type Start = Extract<Parameters<Room["line"]["ask"]>[0], { op: "start" }>;

/**
 * One that an earlier exercise has left, or a fresh one. If the former an earlier exercise has left and that does not answer, that says nothing of the sandbox.
 *
 * @throws SandboxError if the sandbox cannot be started.
 */
export async function beginRoom(wanted: RoomWanted, start: Start, rooms: Rooms | undefined): Promise<Room> {
  for (let left = rooms?.take(wanted); left; left = rooms?.take(wanted)) {
    left.line.allow(terms(1));
    const answer = await left.line.ask(start, () => "while starting").catch(() => undefined);
    if (answer?.ok) return left;
    await left.line.close();
  }
  const room = await startRoom(wanted);
  try {
    room.line.allow(STARTING);
    await room.line.ask(start, () => "while starting");
    return room;
  } catch (error) {
    await room.line.close();
    throw new SandboxError(
      `the sandbox ${wanted.sandbox.tier} does not start: ${room.child.lastWords().trim() || (error as Error).message}`,
    );
  }
}
