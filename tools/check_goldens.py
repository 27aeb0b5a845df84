#!/usr/bin/env python3
"""Lists the kinds of src/diag/diagnostics.def that no golden test expects. Exit 1 if there are any.

A kind counts as covered when the expected output of a golden contains its kebab-case name: in
brackets in text (`error: ... [unknown-name]`), or as the id in JSON ("unknown-name")."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\s*DIAG\(\s*(\w+)\s*,", re.MULTILINE)
EXPECTED = re.compile(r"^(//|#) (STDOUT|STDERR):$", re.MULTILINE)
ID = re.compile(r'[\["]([a-z0-9]+(?:-[a-z0-9]+)*)[\]"]')


def kebab(name):
    """UnknownName -> unknown-name; the same rule as diag::KebabCase."""
    return re.sub(r"(?<!^)([A-Z])", r"-\1", name).lower()


def main():
    table = ROOT / "src/diag/diagnostics.def"
    kinds = ROW.findall(table.read_text()) if table.exists() else []
    covered = set()
    for path in (ROOT / "tests/golden").rglob("*"):
        if path.is_file():
            text = path.read_text(errors="replace")
            start = EXPECTED.search(text)
            if start:
                covered.update(ID.findall(text[start.start():]))
    missing = [name for name in kinds if kebab(name) not in covered]
    for name in missing:
        print(f"no golden covers {name} [{kebab(name)}]")
    print(f"diagnostics: {len(kinds) - len(missing)} of {len(kinds)} covered")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
