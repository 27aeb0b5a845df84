#!/usr/bin/env python3
"""The winners of `optimize`, compiled by NVRTC: does their PTX give what the reference gives?

    tools/check_winners.py WARPSMITH [--winners DIR] [--seconds N] [--only NAME,...] [--front FRONT]

The winner of each example is DIR/EXAMPLE/best.cu where it is there, else `optimize` searches N
seconds for one (20). `run --front nvrtc --compare` then runs it at each test size of the task,
every check on, within the task's tolerance. Prints a table; exit status 1 if a winner differs, is faulty
or is not there, 2 where there is no NVRTC."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent


def winner_of(options, example, work):
    """The path of a winner; or None, and why there is none."""
    if options.winners and (options.winners / example / "best.cu").is_file():
        return options.winners / example / "best.cu", None
    out = work / example
    command = [options.warpsmith, "optimize", ROOT / "examples" / example, "--kb", "none"]
    command += ["--budget", f"{options.seconds}s", "-o", out]
    done = subprocess.run(command, capture_output=True, text=True)
    best = out / "best.cu"
    if best.is_file():
        return best, None
    lines = (done.stderr or done.stdout).strip().splitlines() or ["no output"]
    return None, lines[-1]


def size_text(size):
    return ",".join(f"{name}={value}" for name, value in size.items())


def compare(warpsmith, source, example, size, front):
    """What is wrong at a size, or nothing; elements compared, worst error in tolerances."""
    command = [warpsmith, "run", source, "--task", ROOT / "examples" / example, "--json"]
    command += ["--front", front, "--compare"]
    command += ["--size", size_text(size)]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no output"]
        return lines[0], 0, 0
    result = report.get("comparison")
    if result is None:
        said = [*report.get("findings", []), *report.get("diagnostics", [])]
        return said[0]["message"] if said else report["status"], 0, 0
    fault = f"{result['wrong']} elements are wrong" if result["wrong"] else None
    if not fault and report["findings"]:
        notes = all(finding["note"] for finding in report["findings"])
        fault = None if notes else report["findings"][0]["message"]
    return fault, result["elements"], result["worst_error_ratio"]


def check(warpsmith, source, example, front):
    """Prints a line about a winner at all test sizes; whether it is right at all of them."""
    task = tomllib.loads((ROOT / "examples" / example / "task.toml").read_text())
    sizes = task["sizes"]["test"]
    begin = time.monotonic()
    faults, elements, worst = [], 0, 0
    for size in sizes:
        fault, compared, ratio = compare(warpsmith, source, example, size, front)
        elements, worst = elements + compared, max(worst, ratio)
        if fault:
            faults.append(f"  at {size_text(size)}: {fault}")
    seconds = time.monotonic() - begin
    right = f"{len(sizes) - len(faults)} of {len(sizes)}"
    print(f"{example:<17} {right:>11} {elements:>9} {worst:>16.3f} {seconds:>5.0f}", flush=True)
    print("".join(f"{fault}\n" for fault in faults), end="", flush=True)
    return not faults


def has_nvrtc(warpsmith):
    source = 'extern "C" __global__ void k() {} int main() { k<<<1, 1>>>(); return 0; }'
    with tempfile.NamedTemporaryFile("w", suffix=".cu") as file:
        file.write(source)
        file.flush()
        return subprocess.run(
            [warpsmith, "run", file.name, "--front", "nvrtc"], capture_output=True
        ).returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warpsmith")
    parser.add_argument("--winners", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--only", help="examples, with commas between them")
    parser.add_argument("--front", default="nvrtc", choices=["native", "nvrtc", "printed"])
    options = parser.parse_args()
    if options.front == "nvrtc" and not has_nvrtc(options.warpsmith):
        print("NVRTC was not found, or does not compile an empty kernel")
        sys.exit(2)
    examples = sorted(path.parent.name for path in ROOT.glob("examples/*/task.toml"))
    if options.only:
        examples = [name for name in examples if name in options.only.split(",")]
    right = 0
    print(f"{'example':<17} {'sizes right':>11} {'elements':>9} {'error/tolerance':>16} {'s':>5}")
    with tempfile.TemporaryDirectory() as work:
        for example in examples:
            source, why = winner_of(options, example, pathlib.Path(work))
            if source is None:
                print(f"{example:<17} no winner: {why}", flush=True)
            else:
                right += check(options.warpsmith, source, example, options.front)
    print(f"{right} of {len(examples)} winners give the reference's results")
    sys.exit(0 if right == len(examples) else 1)


if __name__ == "__main__":
    main()
