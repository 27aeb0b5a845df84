#!/usr/bin/env python3
"""Runs the whole programs of tests/programs, which check their own results.

    tools/check_programs.py BINARY [--front auto|native|nvrtc|nvcc|clang] [--only WORD] [--json]

One line a program: what became of it, how long it took, and why. `passed`: it printed PASS, and no
check found anything. `refused`: it does not compile, the first reason beside it. The last line counts.
Exit status 1 if a program ran and was wrong, had a finding, or took longer than its time.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "tests" / "programs"


def reason(text):
    """The first error or finding, or the other compiler's."""
    for line in text.splitlines():
        if line.startswith(("note: kernels compiled by", "error: NVRTC: NVRTC_", "error: clang: In file")):
            continue
        if " error: " in line or "finding: " in line or line.startswith("error: "):
            return re.sub(r"^\S*/", "", line)[:160]
    return ""


def run(binary, path, front, seconds):
    begin = time.monotonic()
    try:
        done = subprocess.run([binary, "run", path.name, "--front", front], cwd=path.parent,
                              capture_output=True, text=True, timeout=seconds, errors="replace")
    except subprocess.TimeoutExpired:
        return {"result": "slow", "seconds": seconds, "why": f"more than {seconds} s", "path": front}
    out = {"seconds": round(time.monotonic() - begin, 2), "path": front}
    note = re.search(r"^note: kernels compiled by (\w+)", done.stderr, re.M)
    if front == "auto":
        out["path"] = note.group(1).lower() if note else "native"
    text = done.stdout + done.stderr
    ran = re.search(r"^main\(\): ", done.stdout, re.M)
    if done.returncode == 0 and re.search(r"^PASS", done.stdout, re.M):
        return out | {"result": "passed", "why": ""}
    if done.returncode not in (0, 1):
        return out | {"result": "failed", "why": reason(text) or f"exit status {done.returncode}"}
    if not ran:
        return out | {"result": "refused", "why": reason(text)}
    if re.search(r"^FAIL", done.stdout, re.M):
        return out | {"result": "wrong", "why": reason(text) or "its own check failed"}
    return out | {"result": "finding", "why": reason(text)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("--front", default="auto", choices=["auto", "native", "nvrtc", "nvcc", "clang"])
    parser.add_argument("--only", default="")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    counts, paths = {}, {}
    for path in sorted(FOLDER.glob("*.cu")):
        if options.only not in path.name:
            continue
        out = run(binary, path, options.front, options.seconds)
        counts[out["result"]] = counts.get(out["result"], 0) + 1
        if out["result"] == "passed":
            paths[out["path"]] = paths.get(out["path"], 0) + 1
        if options.json:
            print(json.dumps({"program": path.stem} | out), flush=True)
        else:
            print(f"{path.stem:28} {out['result']:8} {out['path']:7} {out['seconds']:7.2f} s  "
                  f"{out['why']}", flush=True)
    total = sum(counts.values())
    by = ", ".join(f"{n} {r}" for r, n in sorted(counts.items()))
    print(f"{total} programs: {by} ({', '.join(f'{n} {p}' for p, n in sorted(paths.items()))})")
    return 1 if set(counts) & {"wrong", "finding", "slow", "failed"} else 0


if __name__ == "__main__":
    sys.exit(main())
