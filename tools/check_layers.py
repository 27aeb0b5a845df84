#!/usr/bin/env python3
"""Checks includes against the floors: check_layers.py src layers.txt. Exit 1 names each upward one."""

import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)")')
GENERATED = ("registry/", "embed/", "version.h")


def read_layers(path):
    """Returns ({folder: allowed folders}, [(include prefix, allowed paths)])."""
    floors, only = {}, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        match = re.fullmatch(r"only (\S+):\s+(.+)", line)
        if match:
            only.append((match[1], match[2].split()))
            continue
        match = re.fullmatch(r"([a-z]+):\s*(.*)", line)
        if not match:
            sys.exit(f"{path}:{number}: neither `folder: folders` nor `only PREFIX: paths`")
        floors[match[1]] = set(floors) if match[2] == "all above" else set(match[2].split())
        unknown = floors[match[1]] - set(floors)
        if unknown:
            sys.exit(f"{path}:{number}: {', '.join(sorted(unknown))} not on a line above")
    return floors, only


def below(name, path):
    return name == path or name.startswith(path + "/")


def check_file(file, name, floors, only):
    """Yields (line, message) for each include of `file` (`name` is relative to the repository)."""
    parts = name.split("/")
    folder = parts[1] if parts[0] == "src" else None
    for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        header = match[1] or match[2]
        for prefix, paths in only:
            if header.startswith(prefix) and not any(below(name, path) for path in paths):
                yield number, f"{header} may be included only in {' '.join(paths)}"
        if match[1] or folder is None or header.startswith(GENERATED):
            continue
        if header.startswith("tests/"):
            if not name.endswith(("_test.cc", "_test.h")):
                yield number, f"{header}: tests/ is for *_test.cc and *_test.h"
            continue
        first = header.split("/")[0]
        if "/" not in header or first not in floors:
            yield number, f"{header}: write includes relative to src, as folder/file.h"
        elif first != folder and first not in floors[folder]:
            yield number, f"{header}: {folder} may not include {first}"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    src, layers = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    floors, only = read_layers(layers)
    root, problems, count = src.resolve().parent, 0, 0
    for top in ("src", "tests", "bench", "gpu", "compat"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc", ".def", ".inc") or "golden" in file.parts[:-2]:
                continue
            name = file.relative_to(root).as_posix()
            if top == "src" and (name.count("/") < 2 or name.split("/")[1] not in floors):
                print(f"{name}: no folder of {layers}")
                problems += 1
                continue
            count += 1
            for number, message in check_file(file, name, floors, only):
                print(f"{name}:{number}: {message}")
                problems += 1
    print(f"floors: {count} files, {problems} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
