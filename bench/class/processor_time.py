"""Runs a command and prints as JSON what it cost: the processor time of it and of all that it started.

A sandbox is ended from outside, all of it at once, and what its inner processes have used then belongs to whoever takes over the orphans.
That is this process (PR_SET_CHILD_SUBREAPER, Linux); the shell's `time` would miss it.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
    sys.exit("prctl(PR_SET_CHILD_SUBREAPER) was refused: this needs Linux")
started = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
code, peak, seconds = None, 0, 0.0
while True:
    try:
        pid, status, used = os.wait4(-1, 0)
    except ChildProcessError:
        break
    if pid == child.pid:
        code, peak = os.waitstatus_to_exitcode(status), used.ru_maxrss * 1024
        seconds = time.monotonic() - started
every = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "code": code,
            "seconds": seconds,
            "processorSeconds": every.ru_utime + every.ru_stime,
            "peakBytes": peak,
        }
    )
)
