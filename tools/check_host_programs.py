#!/usr/bin/env python3
"""Compares host programs run by warpsmith with the same programs compiled by g++.

tests/golden/run/host_*.cu have a main() and use nothing of CUDA. Each is compiled by g++ as C++17 and
run; what it prints and whether it fails must be what `warpsmith run` shows. Exits with 1 on a difference.

usage: check_host_programs.py WARPSMITH [FILE...]
"""
import pathlib
import subprocess
import sys
import tempfile


def main() -> int:
    warpsmith = sys.argv[1]
    root = pathlib.Path(__file__).resolve().parent.parent
    files = [pathlib.Path(f) for f in sys.argv[2:]]
    files = files or sorted((root / "tests/golden/run").glob("host_*.cu"))
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program"
        for file in files:
            build = subprocess.run(
                ["g++", "-std=c++17", "-w", "-x", "c++", str(file), "-o", str(program)],
                capture_output=True, text=True, check=False)
            if build.returncode != 0:
                print(f"{file.name}: g++ does not take it: {build.stderr.strip()}")
                wrong += 1
                continue
            theirs = subprocess.run([str(program)], capture_output=True, text=True, check=False)
            ours = subprocess.run([warpsmith, "run", str(file)], capture_output=True, text=True,
                                  check=False)
            # The last line is about the run itself.
            shown = [line for line in ours.stdout.splitlines() if not line.startswith("main(): ")]
            same = shown == theirs.stdout.splitlines()
            if not same or (ours.returncode == 0) != (theirs.returncode == 0):
                wrong += 1
                print(f"{file.name}: differs")
                for line in ours.stderr.splitlines():
                    print("  " + line)
                for a, b in zip(shown, theirs.stdout.splitlines()):
                    if a != b:
                        print(f"  warpsmith: {a}\n  g++:       {b}")
    print(f"{len(files) - wrong} programs as with g++, {wrong} not")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
