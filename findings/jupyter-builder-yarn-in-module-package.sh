#!/usr/bin/env bash
# jupyter_builder 1.3.0 (PyPI, part of JupyterLab 4.6): its yarn fails in a virtual environment inside a Node package
# of type module.
#
# The package brings yarn as yarn.js, which is CommonJS, and has no package.json beside it. Node then asks the nearest
# package.json above, and that may be the one of the project that the environment lies in. `jupyter labextension list`
# prints "Fail to get yarn configuration" and a stack trace; `jlpm` does not run at all.
#
# Matters to anybody who keeps .venv in the folder of an ES module package. {"type":"commonjs"} in .venv/package.json
# is a remedy, and would be one beside yarn.js.
#
# Seen with jupyter_builder 1.3.0, JupyterLab 4.6.6, Python 3.11, Node.js 20 and 24:
#   without a package: jlpm 3.5.0
#   in a package of type module: Error: Dynamic require of "util" is not supported
#   with .venv/package.json: jlpm 3.5.0
#
# Prints what it saw; exit code 0 as long as it behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check jupyterlab==4.6.6
jlpm() { (.venv/bin/jlpm --version 2>&1 || true) | grep -E '^([0-9.]+|Error: .*)$' | head -n 1; }

plain=$(jlpm)
echo "without a package: jlpm $plain"
echo '{ "type": "module" }' >package.json
inside=$(jlpm)
echo "in a package of type module: $inside"
echo '{ "type": "commonjs" }' >.venv/package.json
mended=$(jlpm)
echo "with .venv/package.json: jlpm $mended"
[[ $inside == Error:* && $mended == "$plain" ]]
