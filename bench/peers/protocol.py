"""Reads what bench/job.ts writes, times what it asks for, and prints one JSON line for each result."""
import json
import math
import os
import sys
import time

import numpy as np


def read_job():
    folder = sys.argv[1]
    with open(os.path.join(folder, "job.json"), encoding="utf-8") as file:
        job = json.load(file)

    def tensor(entry, dtype=np.float32):
        return np.fromfile(os.path.join(folder, entry["file"]), dtype).reshape(entry["shape"])

    return job, tensor


def timed(run, seconds, least):
    """Milliseconds of each run: at least so many, and about so many seconds of them."""
    times = []
    start = time.perf_counter()
    while len(times) < least or (time.perf_counter() - start < seconds and len(times) < 10_000):
        before = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - before))
    return times


def emit(**result):
    print(json.dumps({key: value for key, value in result.items() if value is not None}), flush=True)


def run_job(make_engine):
    """`make_engine(workload, parameters, constants, data)` gives step(rows, rate), log_prob(x) and sample(count)."""
    job, tensor = read_job()
    for workload in job["workloads"]:
        try:
            measure(job, workload, tensor, make_engine)
        except Exception as error:  # one that fails must not take the others along
            emit(workload=workload["name"], measure="failed", reason=f"{type(error).__name__}: {error}"[:300])


def measure(job, workload, tensor, make_engine):
    name, seconds = workload["name"], job["seconds"]
    data = tensor(workload["data"])
    parameters = [tensor(entry) for entry in workload["parameters"]]
    constants = [tensor(entry) for entry in workload["constants"]]
    rows = tensor(workload["rows"], np.int32)
    engine = make_engine(workload, parameters, constants, data)
    rates = workload["rates"]
    if "train" in workload["measures"]:
        before = time.perf_counter()
        losses = [engine.step(rows[0], rates[0])]
        first = 1000 * (time.perf_counter() - before)
        for k in range(1, min(5, len(rows))):
            losses.append(engine.step(rows[k], rates[k]))
        count = iter(range(10**9))
        times = timed(lambda: engine.step(rows[next(count) % len(rows)], rates[0]), seconds, 5)
        emit(workload=name, measure="train", ms=times, firstMs=first, losses=losses)
    if "logProb" in workload["measures"]:
        points = data[: workload["count"]]
        engine.log_prob(points)
        emit(workload=name, measure="logProb", ms=timed(lambda: engine.log_prob(points), seconds, 3))
    if "sample" in workload["measures"]:
        engine.sample(workload["count"])
        emit(workload=name, measure="sample", ms=timed(lambda: engine.sample(workload["count"]), seconds, 3))
    if "quality" in workload["measures"]:
        before = time.perf_counter()
        for batch, rate in zip(rows, rates):
            engine.step(batch, rate)
        elapsed = time.perf_counter() - before
        held = tensor(workload["heldOut"])
        loss = -float(np.mean(engine.log_prob(held)))
        emit(workload=name, measure="quality", loss=loss if math.isfinite(loss) else None, seconds=elapsed)
