import { checkHas } from "../../ground/arguments/check-options.ts";
import type { Config } from "../../ground/config.ts";
import type { Bijection } from "../bijection.ts";

/** @throws TypeError if one of the two is missing, or something else. */
export function checkSteering(who: string, transformer: unknown, conditioner: unknown): void {
  checkHas(
    who,
    transformer,
    ["forward", "inverse", "parameters"],
    "a transformer, such as affineTransformer()",
  );
  checkHas(who, conditioner, ["apply", "variables"], "a conditioner, such as mlp({ inputs: 1, outputs: 2 })");
}

/**
 * The config of a bijection that a transformer and a conditioner make, if both have one; else which of them has none.
 *
 * @param configOf Puts the two configs together.
 */
export function describeSteering(
  transformer: { readonly config?: Config },
  conditioner: { readonly config?: Config },
  configOf: (parts: { transformer: Config; conditioner: Config }) => Config,
): Pick<Bijection, "config" | "lacking"> {
  const parts = { transformer: transformer.config, conditioner: conditioner.config };
  if (!parts.conditioner) return { lacking: "conditioner" };
  if (!parts.transformer) return { lacking: "transformer" };
  return { config: configOf({ transformer: parts.transformer, conditioner: parts.conditioner }) };
}
