#!/usr/bin/env python3
"""Runs clang-tidy with the checks of .clang-tidy; warnings are errors. `ninja tidy` calls it.

    tools/tidy.py BUILD_FOLDER [FILE...]      default: every source of src/ and tests/

BUILD_FOLDER holds compile_commands.json. A file that passed is passed over until it, a header of the
project that it includes, or .clang-tidy changes. Exit status 0 if nothing is left to mend."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
CLANG_TIDY = os.environ.get("CLANG_TIDY", "clang-tidy")


def commands(build, work):
    """Compile commands that clang understands: without ccache and g++'s precompiled headers, whose
    text is included instead."""
    fresh = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        words = shlex.split(entry["command"])
        compiler = next(i for i, word in enumerate(words) if re.search(r"(\+\+|c\+\+|clang)$", word))
        words = [word for word in words[compiler:] if word not in ("-fpch-preprocess", "-Winvalid-pch",
                                                                   "-Wno-restrict")]
        for i, word in enumerate(words):
            if word.endswith("cmake_pch.hxx"):
                copy = work / (pathlib.Path(word).parent.name + ".h")
                shutil.copyfile(word, copy)
                words[i] = str(copy)
        file = pathlib.Path(entry["file"])
        if file.suffix == ".cc" and file.is_relative_to(ROOT) and not file.is_relative_to(build):
            fresh[file] = {"directory": entry["directory"], "file": str(file), "arguments": words}
    (work / "compile_commands.json").write_text(json.dumps(list(fresh.values())))
    return sorted(fresh)


def closure(file, build, seen):
    """The file and all headers of the project that it includes."""
    if file in seen or not file.exists():
        return
    seen.add(file)
    for name in INCLUDE.findall(file.read_text(errors="replace")):
        for folder in (ROOT / "src", ROOT, build / "generated", file.parent):
            if (folder / name).exists():
                closure((folder / name).resolve(), build, seen)
                break


def digest(file, build):
    seen = set()
    closure(file, build, seen)
    seen.add(ROOT / ".clang-tidy")
    total = hashlib.sha256()
    for path in sorted(seen):
        total.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if shutil.which(CLANG_TIDY) is None:
        print("clang-tidy is not installed (Debian package clang-tidy)", file=sys.stderr)
        sys.exit(2)
    build = pathlib.Path(sys.argv[1]).resolve()
    work = build / "tidy"
    work.mkdir(exist_ok=True)
    known = commands(build, work)
    files = [pathlib.Path(name).resolve() for name in sys.argv[2:]] or known
    passed_file = work / "passed.json"
    passed = json.loads(passed_file.read_text()) if passed_file.exists() else {}
    digests = {file: digest(file, build) for file in files}
    waiting = [file for file in files if passed.get(str(file)) != digests[file]]
    print(f"clang-tidy: {len(files)} files, {len(files) - len(waiting)} unchanged since they passed")

    def tidy(file):
        return file, subprocess.run([CLANG_TIDY, "--quiet", "-p", str(work), str(file)],
                                    capture_output=True, text=True, check=False)

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for file, result in pool.map(tidy, waiting):
            if result.returncode == 0:
                passed[str(file)] = digests[file]
                passed_file.write_text(json.dumps(passed))
                continue
            failed += 1
            print(result.stdout.strip() or result.stderr.strip(), flush=True)
    print(f"clang-tidy: {failed} of {len(files)} files have warnings")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
