/** `npm run grade -- copy`: a gradebook from one place to another, as from a folder to a server. */

import { Command } from "commander";
import { copyGradebook } from "../../gradebook/copy.ts";
import { plural } from "../../plural.ts";
import { EXIT } from "../exit-codes.ts";
import type { Screen } from "../screen.ts";
import { reachDatabase } from "./reach.ts";

/** @returns The exit code. */
export async function copyCommand(argv: readonly string[], { out, err }: Screen): Promise<number> {
  const command = new Command("grade copy")
    .description(
      "Copies a gradebook, whole, to a place that holds none: to a server, from one, or as a backup.",
    )
    .argument("<from>", "a folder, or postgres://user@host/name")
    .argument("<to>", "a folder, or postgres://user@host/name")
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err })
    .parse([...argv], { from: "user" });
  const [from = "", to = ""] = command.args;
  const source = await reachDatabase(from, { err });
  try {
    const target = await reachDatabase(to, { err });
    try {
      const copied = await copyGradebook(source, target);
      const parts = [
        plural(copied.run, "run"),
        plural(copied.submission, "submission"),
        plural(copied.result, "result"),
      ];
      out(
        `copied to ${target.name}: ${parts.join(", ")}. The same grade command goes on there: --database ${target.name}\n`,
      );
      return EXIT.graded;
    } finally {
      if (!target.isHalted()) await target.close();
    }
  } finally {
    if (!source.isHalted()) await source.close();
  }
}
