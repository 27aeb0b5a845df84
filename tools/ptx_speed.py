#!/usr/bin/env python3
"""How fast PTX is read: the kernels of a file again and again under other names.

    tools/ptx_speed.py WARPSMITH FILE.ptx [--megabytes 8] [--runs 5]

Prints the size and the median time of `warpsmith compile` on it, the start of the process included."""

import argparse
import pathlib
import re
import statistics
import subprocess
import tempfile
import time


def repeated(text, megabytes):
    """The head of the module, and its functions until the text is that large."""
    begin = text.index(".visible")
    head, body = text[:begin], text[begin:]
    names = set(re.findall(r"\.(?:entry|func)\s+(?:\([^)]*\)\s*)?(\w+)", body))
    parts, size = [head], len(head)
    while size < megabytes * 1e6:
        part = re.sub(r"\w+", lambda m: f"{m[0]}_{len(parts)}" if m[0] in names else m[0], body)
        parts.append(part)
        size += len(part)
    return "".join(parts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("warpsmith")
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".ptx") as file:
        text = repeated(options.file.read_text(), options.megabytes)
        file.write(text)
        file.flush()
        times = []
        for _ in range(options.runs):
            begin = time.perf_counter()
            subprocess.run([options.warpsmith, "compile", file.name], check=True)
            times.append(time.perf_counter() - begin)
    seconds = statistics.median(times)
    print(f"{len(text) / 1e6:.1f} MB in {seconds:.3f} s: {len(text) / 1e6 / seconds:.0f} MB/s")


if __name__ == "__main__":
    main()
