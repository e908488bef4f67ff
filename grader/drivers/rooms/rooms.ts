/**
 * The rooms in which one person's exercises are answered, one after another in the same process where nothing speaks against it.
 *
 * A room is passed on if the exercise that leaves it kept to the language, changed nothing of it, printed nothing, met no trouble that
 * ended it, and holds little memory. Otherwise the next exercise has a fresh one, as every exercise of somebody else's has.
 *
 * What could a program gain by deceiving this? Its room is its author's alone, and the verdict is made outside of it, of numbers. Code of
 * one exercise that answers for another is that author's code and has to be right; what it spoils are her own later answers. Neither
 * more rights nor an expected value is in any room.
 */

import type { Limits } from "../../exercise.ts";
import { type Child, startChild } from "../../sandbox/child.ts";
import type { Sandbox } from "../../sandbox/detect.ts";
import { type Conversation, conversation, SESSION_CPU_SECONDS, terms } from "../conversation.ts";

export interface Room {
  readonly child: Child;
  readonly line: Conversation;
  readonly memoryMB: number;
}

export interface RoomWanted {
  readonly sandbox: Sandbox;
  readonly limits: Limits;
  /** What messages call the answer. */
  readonly name: string;
  readonly onOutput: ((text: string) => void) | undefined;
  readonly isDebugged: boolean;
}

export interface Rooms {
  /** One that an earlier exercise has left, if there is one that fits. */
  take(wanted: RoomWanted): Room | undefined;
  /** Takes it back if it is as it was; else it ends. @returns Whether it was. */
  giveBack(room: Room): Promise<boolean>;
  /** Nothing more is to come: the empty rooms end. */
  close(): Promise<void>;
}

/** A part of the memory that an exercise may use: so much may be gone when it begins. */
const LEFT_OF_MEMORY = 1 / 8;
/** What asking a room how it is may take. */
const LEAVING_SECONDS = 1;

export async function startRoom(wanted: RoomWanted): Promise<Room> {
  const { sandbox, limits, name, onOutput, isDebugged } = wanted;
  const { memoryMB } = limits;
  const launch = await sandbox.launch({ heapMB: memoryMB });
  const child = await startChild(launch, { memoryMB, cpuSeconds: SESSION_CPU_SECONDS }, onOutput);
  return { child, line: conversation(child, limits, name, isDebugged), memoryMB };
}

export function openRooms(): Rooms {
  let empty: Room[] = [];
  let closed = false;

  return {
    take(wanted) {
      const fits = ({ memoryMB, line, child }: Room) =>
        line.alive && child.printedBytes() === 0 && memoryMB === wanted.limits.memoryMB;
      const room = empty.find(fits);
      if (!room) return undefined;
      empty = empty.filter((other) => other !== room);
      room.line.enter(wanted.limits, wanted.name);
      return room;
    },
    async giveBack(room) {
      const kept = !closed && (await isAsBefore(room)) && !closed;
      if (kept) empty.push(room);
      else await room.line.close();
      return kept;
    },
    async close() {
      closed = true;
      const ending = empty;
      empty = [];
      await Promise.all(ending.map(({ line }) => line.close()));
    },
  };
}

async function isAsBefore({ line, child, memoryMB }: Room): Promise<boolean> {
  if (!line.alive || line.busy || child.printedBytes() > 0) return false;
  line.allow(terms(LEAVING_SECONDS));
  try {
    const mostMB = memoryMB * LEFT_OF_MEMORY;
    const answer = await line.ask({ op: "leave", mostMB }, () => "after its last answer");
    return answer.ok && answer.value === true && child.printedBytes() === 0;
  } catch {
    return false;
  }
}
