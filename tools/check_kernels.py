#!/usr/bin/env python3
"""Checks every kernel of tests/kernels against its reference and prints what became of each.

  tools/check_kernels.py [--binary build/release/warpsmith] [--compile-only] [--seconds N] [FOLDER...]

A folder holds task.toml, kernel.cu and reference.cu, written without a look at the front end;
INDEX.md says which lie outside of the dialect. Exit status 0 if all inside of it are accepted.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def outside_of_dialect():
    """Numbers of the kernels that INDEX.md marks as outside."""
    text = (ROOT / "tests/kernels/INDEX.md").read_text()
    return {m.group(1) for m in re.finditer(r"^\W*(\d\d)\b.*\boutside\b", text, re.M | re.I)}


def judge(binary, folder, compile_only, seconds):
    """(verdict, why) of one kernel."""
    kernel = folder / "kernel.cu"
    command = [binary, "compile", kernel, "--emit", "ir"] if compile_only else [
        binary, "check", kernel, "--task", folder / "task.toml", "--json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return "timeout", f"no verdict in {seconds} s"
    if compile_only:
        return ("compiled" if done.returncode == 0 else "outside", done.stderr.split("\n")[0])
    try:
        result = json.loads(done.stdout)
    except json.JSONDecodeError:
        return "crashed", f"exit status {done.returncode}"
    found = result.get("diagnostics", []) + result.get("findings", [])
    why = found[0].get("message", "") if found else result.get("reason", result.get("error", ""))
    return result.get("verdict", "refused task"), why


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=ROOT / "build/release/warpsmith")
    parser.add_argument("--compile-only", action="store_true")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    args = parser.parse_args()
    folders = args.folders or sorted(p for p in (ROOT / "tests/kernels").iterdir() if p.is_dir())
    outside = outside_of_dialect()
    inside_good = inside = 0
    for folder in folders:
        verdict, why = judge(args.binary, folder, args.compile_only, args.seconds)
        good = verdict in ("accepted", "compiled")
        if folder.name[:2] not in outside:
            inside += 1
            inside_good += good
        print(f"{folder.name:32} {verdict:10} {'' if good else why[:120]}", flush=True)
    print(f"{inside_good} of {inside} inside of the dialect")
    return 0 if inside_good == inside else 1


if __name__ == "__main__":
    sys.exit(main())
