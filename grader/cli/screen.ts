/**
 * The only way from the grader's commands to the terminal. All texts go through one filter, whoever wrote them, and a reader that has gone
 * away (`| head`, a closed window) costs what it would have read and nothing else.
 */

import pc from "picocolors";
import { forTerminal, type Paint, paint } from "../report/terminal/paint.ts";

type Stream = Pick<NodeJS.WriteStream, "write" | "on">;

export interface Screen {
  /** What was asked for. */
  out(text: string): void;
  /** What happens meanwhile, and what went wrong. */
  err(text: string): void;
  readonly paint: Paint;
}

/** @param color Colours, if the terminal has them. */
export function screen(
  color: boolean = pc.isColorSupported,
  { stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream } = process,
): Screen {
  const to = (stream: Stream) => {
    let open = true;
    stream.on("error", () => {
      open = false;
    });
    return (text: string) => {
      if (open) stream.write(forTerminal(text));
    };
  };
  return { out: to(stdout), err: to(stderr), paint: paint(color && pc.isColorSupported) };
}
