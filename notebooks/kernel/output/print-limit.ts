import { AsyncLocalStorage } from "node:async_hooks";

/** So many characters a line may have on average, where lines are limited. */
const LINE_LENGTH = 200;

/** What may be printed by some code of a cell: hundreds of lines of it would hide what the cell itself shows. */
export interface PrintLimit {
  /** The limit applies to what this starts, also later on. */
  within<T>(run: () => T): T;
  /** Says how many lines were left out, if any were. */
  done(): void;
}

interface Left {
  /** The part of a text that is still printed. */
  take(text: string): string;
}

const limits = new AsyncLocalStorage<Left>();

/** What is printed of a text that the running code writes. */
export const takePrintable = (text: string): string => limits.getStore()?.take(text) ?? text;

const linesOf = (text: string): number => text.split("\n").length - 1;

/** @param say Prints where the code prints. */
export function createPrintLimit(lines: number, say: (text: string) => void): PrintLimit {
  let left = lines;
  let room = lines * LINE_LENGTH;
  let more = 0;
  let endsOpen = false;

  function take(text: string): string {
    let end = 0;
    while (left > 0 && end < text.length) {
      const next = text.indexOf("\n", end) + 1 || text.length;
      if (next > room) {
        left = 0;
        break;
      }
      if (text[next - 1] === "\n") left -= 1;
      end = next;
    }
    room -= end;
    const rest = text.slice(end);
    more += linesOf(rest);
    if (rest !== "") endsOpen = !rest.endsWith("\n");
    return text.slice(0, end);
  }

  return {
    within: (run) => limits.run({ take }, run),
    done() {
      const count = more + (endsOpen ? 1 : 0);
      if (count > 0) say(`… and ${count} more ${count === 1 ? "line" : "lines"}, printed while checking\n`);
    },
  };
}
