#!/usr/bin/env python3
"""Checks every kernel of tests/kernels against its reference and prints what became of each.

  tools/check_kernels.py [--binary build/release/warpsmith] [--compile-only] [--seconds N]
                         [--jobs N] [--nvcc] [FOLDER...]

A folder holds task.toml, reference.cu, kernel.cu and further right answers to the task, kernel_*.cu,
all written without a look at the front end; INDEX.md says which lie outside of the dialect. With
--nvcc they are compiled by nvcc instead, as a check on the kernels themselves. Prints one line a
kernel as it is done, then those that are not accepted with the reason. Exit status 0 if all inside
of the dialect are accepted.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
NVCC = ["nvcc", "-std=c++17", "-arch=sm_90", "-w", "-cubin", "-o", "/dev/null"]


def outside_of_dialect():
    """Names of the kernels that INDEX.md marks as outside: `11`, or `11/variant`."""
    text = (ROOT / "tests/kernels/INDEX.md").read_text()
    return {m.group(1) for m in re.finditer(r"^\W*(\d\d(?:/\w+)?)\b.*\boutside\b", text, re.M | re.I)}


def name_of(kernel):
    """01_gelu_half, or 01_gelu_half/vec8 of kernel_vec8.cu."""
    variant = kernel.stem.removeprefix("kernel").lstrip("_")
    return kernel.parent.name + ("/" + variant if variant else "")


def judge(args, kernel):
    """(verdict, why) of one kernel."""
    if args.nvcc:
        command = NVCC + [kernel]
    elif args.compile_only:
        command = [args.binary, "compile", kernel, "--emit", "ir"]
    else:
        command = [args.binary, "check", kernel, "--task", kernel.parent / "task.toml", "--json"]
    try:
        done = subprocess.run(["nice"] + command, capture_output=True, text=True,
                              timeout=args.seconds)
    except subprocess.TimeoutExpired:
        return "timeout", f"no verdict in {args.seconds} s"
    if args.nvcc or args.compile_only:
        why = (done.stderr or done.stdout).split("\n")[0].removeprefix(str(ROOT) + "/")
        return ("compiled" if done.returncode == 0 else "outside", why)
    try:
        result = json.loads(done.stdout)
    except json.JSONDecodeError:
        return "crashed", f"exit status {done.returncode}"
    found = [f for f in result.get("diagnostics", []) + result.get("findings", [])
             if not f.get("is_note")]
    why = found[0].get("message", "") if found else result.get("reason", result.get("error", ""))
    return result.get("verdict", "refused task"), why


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=ROOT / "build/release/warpsmith")
    parser.add_argument("--compile-only", action="store_true")
    parser.add_argument("--nvcc", action="store_true")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    folders = args.folders or sorted(p for p in (ROOT / "tests/kernels").iterdir() if p.is_dir())
    kernels = [k.resolve() for folder in folders for k in sorted(folder.glob("kernel*.cu"))]
    outside = outside_of_dialect()
    start = time.monotonic()
    inside_good = inside = 0
    bad = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for kernel, (verdict, why) in zip(kernels, pool.map(lambda k: judge(args, k), kernels)):
            name = name_of(kernel)
            good = verdict in ("accepted", "compiled")
            number = name[:2] + name[name.index("/"):] if "/" in name else name[:2]
            if number not in outside:
                inside += 1
                inside_good += good
            if not good:
                bad.append((name, verdict, number in outside, why))
            print(f"{name:40} {verdict}", flush=True)
    for name, verdict, is_outside, why in bad:
        print(f"{name}: {verdict}{' (outside of the dialect)' if is_outside else ''}: {why}")
    print(f"{inside_good} of {inside} inside of the dialect; {time.monotonic() - start:.0f} s")
    return 0 if inside_good == inside else 1


if __name__ == "__main__":
    sys.exit(main())
