#!/usr/bin/env python3
"""Runs examples and tests/kernels natively and with kernels that come another way, and compares
outputs and findings.

    tools/compare_fronts.py WARPSMITH nvrtc|nvcc|clang|printed [--last-test-size] [--seconds N]

At the first test size of each task, or the last. A program that natively takes over N seconds (20)
is left out and counted. Prints what differs, then a line of counts; exit status 1 if any differs."""

import argparse
import pathlib
import re
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def programs():
    """Candidates with their tasks, in order."""
    for task in sorted([*ROOT.glob("examples/*/task.toml"), *ROOT.glob("tests/kernels/*/task.toml")]):
        for source in sorted(task.parent.glob("*.cu")):
            if source.name != "reference.cu":
                yield source, task


def run(warpsmith, source, task, size, front, seconds):
    """What `run` prints, without its counts and times; None if it takes too long."""
    command = [warpsmith, "run", source, "--task", task, "--front", front]
    if size:
        command += ["--size", ",".join(f"{name}={value}" for name, value in size.items())]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    return re.sub(r", \d+ warp instructions, engine time .*", "", done.stdout + done.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warpsmith")
    parser.add_argument("front", choices=["nvrtc", "nvcc", "clang", "printed"])
    parser.add_argument("--last-test-size", action="store_true")
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    same = differ = slow = 0
    for source, task in programs():
        sizes = tomllib.loads(task.read_text()).get("sizes", {}).get("test", [])
        size = sizes[-1] if options.last_test_size and sizes else None
        native = run(options.warpsmith, source, task, size, "native", options.seconds)
        if native is None:
            slow += 1
            continue
        other = run(options.warpsmith, source, task, size, options.front, 4 * options.seconds)
        if native == other:
            same += 1
            continue
        differ += 1
        print(f"{source.relative_to(ROOT)} differs", flush=True)
    print(f"{same} same, {differ} differ, {slow} left out for their time")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
