#!/usr/bin/env python3
"""Is every operation of src/ir/ops.def held against something apart from the engine?

    tools/check_operations.py TABLES_DIR

An operation counts as covered if a template of a conformance table (TABLES_DIR/*.txt) has an
instruction of its spelling, or if tests/operations.txt names a template that is in a table, or a
test that is there and whose file has the spelling. Prints what is covered by what; exit status 1 if
an operation is not covered, or if the list names what is not there."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROW = re.compile(r'^OP\((\w+),\s*"([\w.]+)"', re.MULTILINE)


def operations():
    """Names and PTX spellings, in order."""
    return ROW.findall((ROOT / "src/ir/ops.def").read_text())


def templates(folder):
    """Every template, with the file it is in."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text().splitlines():
            if line.startswith("== "):
                found.setdefault(line[3:], path.name)
    return found


def instructions(template):
    """The dotted words that stand where an instruction may: at the start, behind ; : { } or @p."""
    return re.findall(r"(?:^|[;:{}]|@!?[%\w{}]+)\s*([a-z]\w*(?:\.[\w:]+)*)(?=[\s;])", template)


def spells(instruction, spelling):
    """Whether an instruction has the words of the spelling, in order; others may lie between."""
    have, want = instruction.split("."), spelling.split(".")
    if have[0] != want[0] and not (have[0] == "barrier" and want[0] == "bar"):
        return False
    position = 1
    for word in want[1:]:
        if word not in have[position:]:
            return False
        position = have.index(word, position) + 1
    return True


def listed():
    """(operation, kind, what) of tests/operations.txt."""
    rows = []
    for line in (ROOT / "tests/operations.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            rows.append(line.split(None, 2))
    return rows


def test_fault(what, spelling):
    """What is wrong with `FILE NAME [WORD]`: the file has to have the test, and the word."""
    path, name, *word = what.split()
    file = ROOT / path
    if not file.is_file():
        return f"{path} is not there"
    text = file.read_text()
    if f"TEST({name.replace('.', ', ')})" not in text:
        return f"{path} has no test {name}"
    word = word[0] if word else spelling
    return None if word in text else f"{path} does not have `{word}`"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    known = templates(pathlib.Path(sys.argv[1]))
    if not known:
        sys.exit(f"no tables in {sys.argv[1]}")
    spelled = {word: file for text, file in reversed(known.items()) for word in instructions(text)}
    names = dict(operations())
    faults, by = [], {}
    for operation, kind, what in listed():
        fault = None
        if operation not in names:
            fault = "is no operation"
        elif operation in by:
            fault = "is listed twice"
        elif kind == "template":
            fault = None if what in known else f"no table has `{what}`"
        elif kind == "test":
            fault = test_fault(what, names.get(operation))
        else:
            fault = f"`{kind}` is neither template nor test"
        if fault:
            faults.append(f"tests/operations.txt: {operation}: {fault}")
        by[operation] = "tables" if kind == "template" else "tests"
    for operation, spelling in names.items():
        if operation in by:
            continue
        if any(spells(word, spelling) for word in spelled):
            by[operation] = "tables"
        else:
            faults.append(f"{operation} ({spelling}) is in no table and no test is named for it")
    counts = {kind: sum(v == kind for v in by.values()) for kind in ("tables", "tests")}
    print(
        f"{len(names)} operations: {counts['tables']} in tables, {counts['tests']} in named tests,"
        f" {len(faults)} faults; {len(known)} templates"
    )
    print("".join(f"{fault}\n" for fault in faults), end="")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
