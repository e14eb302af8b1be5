#!/usr/bin/env python3
"""Runs commands in turn and prints what each cost: `measure.py RUNS NAME FOLDER OUTPUT COMMAND... [-- NAME ...]`.

Before each run the OUTPUT is removed, unless its name ends in `+`: then it is kept, and the run is a
rebuild. CPU and memory are those that the kernel counts for the process and its children.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time


def run(folder, output, command):
    path = os.path.join(folder, output.rstrip("+"))
    if not output.endswith("+"):
        shutil.rmtree(path, ignore_errors=True)
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{errors.decode()}")
    return {"user": usage.ru_utime, "system": usage.ru_stime, "wall": wall, "memory": usage.ru_maxrss / 1024}


def jobs(arguments):
    while arguments:
        end = arguments.index("--") if "--" in arguments else len(arguments)
        name, folder, output, *command = arguments[:end]
        yield name, folder, output, command
        arguments = arguments[end + 1 :]


def main(runs, *arguments):
    todo = list(jobs(list(arguments)))
    seen = {name: [] for name, *_ in todo}
    for _ in range(int(runs)):
        for name, folder, output, command in todo:
            seen[name].append(run(folder, output, command))
    middle = {
        name: {key: statistics.median(one[key] for one in all_) for key in all_[0]} for name, all_ in seen.items()
    }
    first = middle[todo[0][0]]
    print(f"| {'':34} | user s | system s | wall s | peak MiB | user | wall | memory |")
    print("|---|---|---|---|---|---|---|---|")
    for name, own in middle.items():
        ratios = " | ".join(f"{own[key] / first[key]:.2f}" for key in ("user", "wall", "memory"))
        print(
            f"| {name:34} | {own['user']:.2f} | {own['system']:.2f} | {own['wall']:.2f} | {own['memory']:.0f} | {ratios} |"
        )
    print(json.dumps(middle), file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
