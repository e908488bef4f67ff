/** The programs that platforms start, beside the course that they grade with. */

/** In single quotes for a shell. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Gradescope builds its image with this, once. */
export const SETUP = `#!/usr/bin/env bash
# Gradescope runs this once, when the autograder is uploaded: it needs the network, and about 2 GB of disk.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends ca-certificates curl bubblewrap util-linux
# For npm; the course brings the Node that it grades with.
curl -fsSL https://deb.nodesource.com/setup_24.x | bash -
apt-get install -y --no-install-recommends nodejs
cd "\${AUTOGRADER:-/autograder}/source/course"
npm run grade -- --help > /dev/null
`;

/** Runs for each submission. */
export const runAutograder = (exercises: readonly string[]): string => `#!/usr/bin/env bash
# Gradescope runs this for each submission; what it writes is results/results.json.
set -u
# A submission runs in a sandbox. Where the container lets no program make one, "refuse" ends without a score. "trust" runs it without:
# it could then read the checks, and write its own results.
WITHOUT_SANDBOX=refuse
AUTOGRADER="\${AUTOGRADER:-/autograder}"
results="$AUTOGRADER/results/results.json"
mkdir -p "$AUTOGRADER/results"
rm -f "$results"
record="$(mktemp -d)/record.jsonl"
set -- "$AUTOGRADER/submission" --layout one --record "$record" --export "gradescope=$results"${exercises.map((id) => ` --exercise ${quote(id)}`).join("")}
if [ "$WITHOUT_SANDBOX" = trust ]; then set -- "$@" --trust; fi
cd "$AUTOGRADER/source/course" || exit 1
node_modules/node/bin/node --conditions=flowlab:compiled grader/dist/cli/grade.js "$@"
# Without results Gradescope says that the autograder failed, which is no score of zero.
[ -s "$results" ]
`;

/** Classroom 50's runner starts this in the learner's repository. */
export const autograderPy = (exercises: readonly string[]): string => `#!/usr/bin/env python3
"""Grades a submission for Classroom 50: writes ./result.json (classroom50/result/v1).

Needs npm and, for the sandbox, bubblewrap: see runtime.json beside this file. Ends with an error, and without a result, where nothing
could be found out about the answer: that is no score of zero.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

COURSE = pathlib.Path(__file__).resolve().parent / "course"
EXERCISES = ${JSON.stringify(exercises)}
# Where no sandbox can be made, "trust" runs a submission without: it could then read the checks, and write its own result.
WITHOUT_SANDBOX = "refuse"

repository = pathlib.Path.cwd()
result = repository / "result.json"
# One that was handed in is nobody's verdict.
result.unlink(missing_ok=True)
if os.environ.get("RUNNER_ENVIRONMENT") == "github-hosted":
    # Ubuntu's AppArmor forbids the sandbox its namespaces; the machine is thrown away after this run.
    allow = ["sudo", "-n", "sysctl", "-q", "-w", "kernel.apparmor_restrict_unprivileged_userns=0"]
    subprocess.run(allow, check=False)
if not (COURSE / "node_modules").exists():
    subprocess.run(["npm", "run", "grade", "--", "--help"], cwd=COURSE, check=True, stdout=subprocess.DEVNULL)
record = pathlib.Path(tempfile.mkdtemp()) / "record.jsonl"
command = [str(COURSE / "node_modules/node/bin/node"), "--conditions=flowlab:compiled", "grader/dist/cli/grade.js"]
command += [str(repository), "--layout", "one", "--record", str(record), "--export", f"classroom50={result}"]
command += [word for exercise in EXERCISES for word in ("--exercise", exercise)]
command += ["--trust"] if WITHOUT_SANDBOX == "trust" else []
subprocess.run(command, cwd=COURSE, check=False)
sys.exit(0 if result.exists() else 1)
`;

/** The `runtime` of the assignment in Classroom 50. */
export const RUNTIME = `${JSON.stringify({ "runs-on": "ubuntu-latest", python: "3.14", node: "24", apt: ["bubblewrap"] }, undefined, 2)}\n`;
