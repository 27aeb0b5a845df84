#!/usr/bin/env python3
"""Plants every fault of tests/mutation in programs that are right, has the judge look for them, and
prints what it found.

  tools/mutation.py [--binary build/release/ws_mutate] [--results build/mutation] [--jobs N]
                    [--per-operator N] [--epsilon E] [--report] [PROGRAM...]

Programs are the naive examples, tests/faults/optimised and tests/mutation/winners (a file NAME.cu is
of examples/NAME). Build the binary with `ninja -C build/release ws_mutate`. One process per core runs
at the lowest priority; results are kept as JSON lines, so that a run that was cut off goes on where it
stopped. Survivors are looked up in tests/mutation/survivors.txt; one that is not there, or a hole,
makes the exit status 1.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = ["equivalent", "tolerance", "beyond-task", "undefined", "hole"]


def programs():
    """(task folder, program) of all, as paths relative to the root."""
    found = []
    for task in sorted((ROOT / "examples").iterdir()):
        if not (task / "task.toml").exists():
            continue
        candidates = [task / "naive.cu"]
        candidates += [ROOT / f"tests/{folder}/{task.name}.cu"
                       for folder in ("faults/optimised", "mutation/winners")]
        found += [(task.relative_to(ROOT), c.relative_to(ROOT)) for c in candidates if c.exists()]
    return found


def result_file(results, program):
    return results / (str(program).replace("/", "_") + ".jsonl")


def run(args, task, program):
    """Judges what has no result yet; the error if there is one."""
    done = subprocess.run(
        ["nice", "-n", "19", args.binary, "--per-operator", str(args.per_operator),
         "--epsilon", str(args.epsilon), "--out", result_file(args.results, program), task, program],
        cwd=ROOT, capture_output=True, text=True)
    return done.stderr.strip() if done.returncode != 0 else None


def read_results(args, chosen):
    rows = []
    for _, program in chosen:
        file = result_file(args.results, program)
        for line in file.read_text().splitlines() if file.exists() else []:
            try:
                rows.append(json.loads(line))
            except json.JSONDecodeError:
                pass  # cut off
    return rows


def read_survivors():
    """(program, operator, before, after) -> (class, reason); tests/mutation/survivors.h."""
    rows = {}
    head, parts = None, {}
    lines = (ROOT / "tests/mutation/survivors.txt").read_text().splitlines()
    for line in lines + ["end of file"]:
        if not line or line.startswith("#"):
            continue
        if line[0] in "-+=" and line[1:2] in (" ", ""):
            parts[line[0]] = line[2:]
            continue
        if head:
            kind, program, op = head
            rows[program, op, parts.get("-", ""), parts.get("+", "")] = kind, parts.get("=", "")
        head, parts = line.split(), {}
    return rows


def report(rows, survivors):
    """Prints the tables; the number of survivors without a reason and of holes."""
    bad = 0
    table = collections.defaultdict(collections.Counter)
    whys = collections.Counter()
    for row in rows:
        column = row["verdict"]
        if column == "rejected":
            column = row["rung"]
            whys[row["rung"], row["why"]] += 1
        elif column == "accepted":
            key = row["program"], row["operator"], row["before"], row["after"]
            kind, _ = survivors.get(key, ("unexplained", ""))
            column = kind
            if kind in ("unexplained", "hole"):
                bad += 1
                print(f"{kind}: {row['program']} {row['operator']}\n- {row['before']}\n"
                      f"+ {row['after']}\n= worst error {row.get('worst_error', 0):.3g}, same bits in "
                      f"{row.get('same_bits')} of {row.get('runs')} runs\n")
        elif column in ("failed", "outside"):
            bad += 1
            print(f"{column}: {row['program']} {row['operator']} {row.get('why')}\n+ {row['after']}\n")
        table[row["operator"]][column] += 1
        table["all"][column] += 1
    columns = ["compiled", "sanitized", "tested"] + CLASSES + ["unexplained", "failed", "outside"]
    columns = [c for c in columns if table["all"][c] or c in columns[1:3]]
    print("| operator | judged | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 2) + "|")
    for name in [n for n in table if n != "all"] + ["all"]:
        counts = table[name]
        judged = sum(counts[c] for c in columns)
        cells = [str(counts[c]) if counts[c] else "" for c in columns]
        print(f"| {name} | {judged} | " + " | ".join(cells) + " |")
    total = sum(table["all"].values())
    same = table["all"]["same-code"]
    found = sum(table["all"][c] for c in ("compiled", "sanitized", "tested"))
    faults = found + table["all"]["hole"] + table["all"]["unexplained"]
    print(f"\n{total} mutants of {len({r['program'] for r in rows})} programs; {same} with the same "
          f"instructions as the original or another; {total - same} judged, {found} rejected: "
          f"{100 * found / max(1, faults):.1f} % of those that are faults; "
          f"{sum(r['seconds'] for r in rows):.0f} s")
    print("\nby what showed them: " +
          ", ".join(f"{why} ({rung}) {n}" for (rung, why), n in whys.most_common()))
    return bad


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=ROOT / "build/release/ws_mutate", type=pathlib.Path)
    parser.add_argument("--results", default=ROOT / "build/mutation", type=pathlib.Path)
    parser.add_argument("--jobs", default=os.cpu_count(), type=int)
    parser.add_argument("--per-operator", default=0, type=int, help="at most so many a program")
    parser.add_argument("--epsilon", default=0.01, type=float, help="the judge's, for survivors")
    parser.add_argument("--report", action="store_true", help="only read the results there are")
    parser.add_argument("programs", nargs="*", help="default: all")
    args = parser.parse_args()
    args.results = args.results.resolve()
    args.results.mkdir(parents=True, exist_ok=True)
    chosen = [p for p in programs() if not args.programs or str(p[1]) in args.programs]
    failed = 0
    if not args.report:
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            runs = {pool.submit(run, args, *p): p[1] for p in chosen}
            for done in concurrent.futures.as_completed(runs):
                failed += done.result() is not None
                print(f"{runs[done]}: {done.result() or 'done'}", file=sys.stderr, flush=True)
    bad = report(read_results(args, chosen), read_survivors())
    return 1 if bad or failed else 0


if __name__ == "__main__":
    sys.exit(main())
