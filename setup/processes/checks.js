/** Verifying takes longest and is seen last, as it ends. */
const CHECKS = ["types", "style", "structure", "verify"];

/**
 * The scripts of package.json that are quick enough for each commit.
 *
 * @param {Readonly<Record<string, string>>} scripts
 * @param {boolean} isWhole Verifies exercises under a quarter of the seeds instead of a tenth.
 * @returns {import("./side-by-side.js").Task[]}
 */
export function checkTasks(scripts, isWhole) {
  return CHECKS.map((name) => ({
    name,
    command: name === "verify" ? `${scripts[name]} ${isWhole ? "--quarter" : "--quick"}` : scripts[name],
  }));
}
