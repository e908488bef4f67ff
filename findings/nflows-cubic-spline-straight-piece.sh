#!/usr/bin/env bash
# nflows 0.14 with torch 2.15.0 (PyPI): the inverse of a cubic spline is NaN on every piece that is a straight line.
#
# nflows.transforms.splines.cubic_spline inverts a piece by solving its cubic, and where the cubic coefficient is below
# a threshold (quadratic_threshold) by solving a quadratic instead. A piece whose quadratic coefficient is 0 too has no
# case of its own: the quadratic's formula divides 0 by 0, and the inverse and its log-slope are NaN, without an error.
# Parameters that are all 0 make such pieces: the first and the last of 8 pieces bend, the 6 between are straight. The
# forward direction and its log-slope are right there, so that training on the density shows nothing; drawing samples
# is what gives NaN. Double precision does not help.
#
# Matters to whoever starts a coupling of cubic splines at zero (last layer of the network 0, as is usual, so that all
# points share one plain map).
#
# Seen with nflows 0.14, torch 2.15.0 and Python 3.11, at 0.05, 0.15, ..., 0.95:
#   float32 forward: 0.0590 0.1500 0.2500 0.3500 0.4500 0.5500 0.6500 0.7500 0.8500 0.9410
#   float32 and back: 0.05 nan nan nan nan nan nan nan nan 0.95
#   float64 and back: 0.05 nan nan nan nan nan nan nan nan 0.95
#   the rational-quadratic spline of the same package, and back: 0.05 0.15 0.25 0.35 0.45 0.55 0.65 0.75 0.85 0.95
#
# Downloads some 3 GB (PyTorch). Prints what it saw; exit code 0 as long as nflows behaves so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check torch==2.15.0 numpy nflows==0.14
cat >spline.py <<'PY'
import sys

import torch
from nflows.transforms.splines import cubic_spline, rational_quadratic_spline


def show(what, values, digits):
    print(what + ":", *(f"{value:.{digits}f}" for value in values.tolist()))


def there_and_back(spline, dtype, *sizes):
    x = torch.linspace(0.05, 0.95, 10, dtype=dtype)
    parameters = [torch.zeros(10, size, dtype=dtype) for size in sizes]
    y, _ = spline(x, *parameters)
    return y, spline(y, *parameters, inverse=True)[0], x


CUBIC = (8, 8, 1, 1)
y, single, x = there_and_back(cubic_spline, torch.float32, *CUBIC)
_, double, _ = there_and_back(cubic_spline, torch.float64, *CUBIC)
_, rational, _ = there_and_back(rational_quadratic_spline, torch.float32, 8, 8, 9)
show("float32 forward", y, 4)
show("float32 and back", single, 2)
show("float64 and back", double, 2)
show("the rational-quadratic spline of the same package, and back", rational, 2)
straight = slice(1, 9)
same = (
    torch.isfinite(y).all()
    and torch.allclose(y[straight], x[straight], atol=1e-6)
    and torch.isnan(single[straight]).all()
    and torch.isnan(double[straight]).all()
    and torch.allclose(rational, x, atol=1e-6)
)
sys.exit(0 if same else 1)
PY
.venv/bin/python spline.py
