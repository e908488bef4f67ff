"""Reads what bench/job.ts writes, times what it asks for in turns, and prints one JSON line for each result."""
import json
import math
import os
import sys
import time

import numpy as np


def read_job(folder):
    with open(os.path.join(folder, "job.json"), encoding="utf-8") as file:
        job = json.load(file)

    def tensor(entry, dtype=np.float32):
        return np.fromfile(os.path.join(folder, entry["file"]), dtype).reshape(entry["shape"])

    return job, tensor


def timed(run, seconds):
    """Milliseconds of each run, after one that does not count: at least two, and about so many seconds of them."""
    run()
    times = []
    start = time.perf_counter()
    while len(times) < 2 or (time.perf_counter() - start < seconds and len(times) < 10_000):
        before = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - before))
    return times


def emit(**result):
    print(json.dumps({key: value for key, value in result.items() if value is not None}), flush=True)


def turn_over():
    """Waits until bench/turns.ts lets this program work again: a noisy moment is to meet all engines alike."""
    emit(measure="turn")
    if not sys.stdin.readline():
        sys.exit(1)


def run_jobs(make_engine):
    """`make_engine(workload, parameters, constants, data)` gives step(rows, rate), log_prob(x) and sample(count)."""
    for folder in sys.argv[1].split(os.pathsep):
        job, tensor = read_job(folder)
        try:
            measure(job, tensor, make_engine)
        except Exception as error:
            emit(workload=job["workload"]["name"], measure="failed", reason=f"{type(error).__name__}: {error}"[:300])


def measure(job, tensor, make_engine):
    workload = job["workload"]
    name = workload["name"]
    data = tensor(workload["data"])
    parameters = [tensor(entry) for entry in workload["parameters"]]
    constants = [tensor(entry) for entry in workload["constants"]]
    rows = tensor(workload["rows"], np.int32)
    engine = make_engine(workload, parameters, constants, data)
    rates = workload["rates"]

    def rounds(what, run):
        for _ in range(job["rounds"]):
            emit(workload=name, measure=what, ms=timed(run, job["seconds"] / job["rounds"]))
            turn_over()

    if "train" in workload["measures"]:
        before = time.perf_counter()
        losses = [engine.step(rows[0], rates[0])]
        first = 1000 * (time.perf_counter() - before)
        for k in range(1, min(5, len(rows))):
            losses.append(engine.step(rows[k], rates[k]))
        # Who starts from weights of its own has other losses.
        own = getattr(engine, "own_weights", False)
        emit(workload=name, measure="train", firstMs=first, losses=None if own else losses)
    turn_over()
    if "train" in workload["measures"]:
        count = iter(range(10**9))
        rounds("train", lambda: engine.step(rows[next(count) % len(rows)], rates[0]))
    if "logProb" in workload["measures"]:
        points = data[: workload["count"]]
        engine.log_prob(points)
        rounds("logProb", lambda: engine.log_prob(points))
    if "sample" in workload["measures"]:
        engine.sample(workload["count"])
        rounds("sample", lambda: engine.sample(workload["count"]))
    if "quality" in workload["measures"]:
        before = time.perf_counter()
        for batch, rate in zip(rows, rates):
            engine.step(batch, rate)
        elapsed = time.perf_counter() - before
        held = tensor(workload["heldOut"])
        loss = -float(np.mean(engine.log_prob(held)))
        emit(workload=name, measure="quality", loss=loss if math.isfinite(loss) else None, seconds=elapsed)
