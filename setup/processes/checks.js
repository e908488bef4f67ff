/** Verifying takes longest and is seen last, as it ends. */
const CHECKS = ["types", "style", "structure", "verify"];

/** Its test files are among those of vitest, which npm test runs next. */
const TESTED_ANYWAY = "structure";

/**
 * The scripts of package.json that are quick enough for each commit.
 *
 * @param {Readonly<Record<string, string>>} scripts
 * @param {boolean} isWhole What `npm test` wants before its tests: nothing that is among them.
 * @returns {import("./side-by-side.js").Task[]}
 */
export function checkTasks(scripts, isWhole) {
  return CHECKS.filter((name) => !isWhole || name !== TESTED_ANYWAY).map((name) => ({
    name,
    command: name === "verify" ? `${scripts[name]} --quick` : scripts[name],
  }));
}
