"""What a run did."""

from __future__ import annotations

import json as _json
from dataclasses import dataclass
from typing import Any, Optional

from . import _core


@dataclass(frozen=True)
class Finding:
    """Something that a run did wrong, or that is worth saying of it (`is_note`).

    `kind` is its name, such as "out-of-bounds"; `hint` may be empty. `file`, `line` and `column`
    say where; line 0 means that this is unknown. `other_line` is the line of the other access of a
    race, else 0. `kernel` is empty for host code; `block` and `thread` are the indices [x, y, z] of
    the thread that was seen first, `count` how often it was seen at this place.
    """

    kind: str
    message: str
    hint: str
    file: str
    line: int
    column: int
    other_line: int
    kernel: str
    block: tuple[int, int, int]
    thread: tuple[int, int, int]
    count: int
    is_note: bool

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        text = f"{where}{'note' if self.is_note else 'finding'}: {self.message} [{self.kind}]"
        if self.kernel:
            text += f"\n  in {self.kernel}, block {self.block}, thread {self.thread}"
            text += f"; the other access is in line {self.other_line}" if self.other_line else ""
            text += f"; {self.count} times" if self.count > 1 else ""
        return text + (f"\n  hint: {self.hint}" if self.hint else "")


@dataclass(frozen=True)
class Launch:
    """A kernel launch: grid in blocks, block in threads, both [x, y, z].

    In a profile also `counters` by Nsight Compute's names, `time_us`, the modelled range (low,
    high) in microseconds, and `limiter`, what limits it; None elsewhere.
    """

    kernel: str
    grid: tuple[int, int, int]
    block: tuple[int, int, int]
    dynamic_shared_bytes: int
    warp_instructions: int
    counters: Optional[dict[str, float]] = None
    time_us: Optional[tuple[float, float]] = None
    limiter: Optional[str] = None


class Report:
    """What a run did and what is wrong with it.

    status              "ok"; "findings": it ran to its end and something is wrong; "stopped": a bad
                        access, a trap, a deadlock, used up fuel or memory ended it
    ok                  whether the status is "ok"; notes do not count
    findings            tuple of Finding
    printed             what the program printed, the first 64 KiB
    launches            tuple of Launch, in order
    warp_instructions   executed by kernels
    json                all of it as one dict

    str() is for people; as a condition it is what ok is.
    """

    status: str
    findings: tuple[Finding, ...]
    printed: str
    launches: tuple[Launch, ...]
    warp_instructions: int
    json: dict[str, Any]

    def __bool__(self) -> bool:
        return self.ok

    def __init__(self, core: _core.Report):
        self.json = _json.loads(core.json)
        self.status = self.json["status"]
        self.findings = tuple(_finding(f) for f in self.json["findings"])
        self.printed = self.json["printed"]
        self.launches = tuple(_launch(x) for x in self.json["launches"])
        self.warp_instructions = self.json["warp_instructions"]
        self._error = core.error  # the findings with their lines of source

    @property
    def ok(self) -> bool:
        return self.status == "ok"

    def _summary(self) -> str:
        return (
            f"{self.status}; {_counted(len(self.launches), 'launch', 'es')}, "
            f"{_counted(self.warp_instructions, 'warp instruction', 's')}"
        )

    def _parts(self) -> list[str]:
        parts = [self._summary()]
        parts += [self._error] if self._error else [str(f) for f in self.findings]
        if self.printed:
            parts += ["printed:", self.printed]
        return parts

    def __str__(self) -> str:
        return "\n".join(part.rstrip("\n") for part in self._parts())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._summary()}; {len(self.findings)} findings>"


class Profile(Report):
    """A report with counters and a modelled time, both of all launches together.

    counters    dict of Nsight Compute's names to numbers: sums, or the largest of what a launch
                has one of, such as registers per thread; empty unless ok
    time_us     the modelled range (low, high) in microseconds; None unless ok
    basis       "modelled-uncalibrated": computed by a model that was not compared with a chip
    """

    counters: dict[str, float]
    time_us: Optional[tuple[float, float]]
    basis: str

    def __init__(self, core: _core.Report):
        super().__init__(core)
        counters = dict(self.json.get("counters", {})) if self.ok else {}
        low, high = counters.pop("time_low_us", None), counters.pop("time_high_us", None)
        self.counters = counters
        self.time_us = None if low is None or high is None else (low, high)
        self.basis = self.json["basis"]

    def _summary(self) -> str:
        if self.time_us is None:
            return super()._summary()
        low, high = self.time_us
        return f"{super()._summary()}; {low:.4g} to {high:.4g} us, {self.basis}"

    def _parts(self) -> list[str]:
        return super()._parts() + [f"{name} = {value:.6g}" for name, value in self.counters.items()]


@dataclass(frozen=True)
class Difference:
    """Two schedules left different bits in the array of parameter `argument`.

    `seeds` are the two schedules, `index` the first element that differs, `values` what it holds
    under each; `count` elements differ in all.
    """

    argument: int
    index: tuple[int, ...]
    seeds: tuple[int, int]
    values: tuple[Any, Any]
    count: int

    def __str__(self) -> str:
        where = ", ".join(map(str, self.index))
        return (
            f"argument {self.argument} depends on the schedule: [{where}] is {self.values[0]!r} "
            f"with seed {self.seeds[0]} and {self.values[1]!r} with seed {self.seeds[1]}; "
            f"{_counted(self.count, 'element', 's')} in all"
        )


class CheckReport(Report):
    """What several schedules of one program did.

    It reads as the report of the first run, with these differences:

    runs          tuple of Report, one a schedule
    findings      those of all runs, each place once
    differences   tuple of Difference: arrays that depend on the schedule
    status        "stopped" or "findings" if a run was or had any, else "differences" if there are
                  any, else "ok"
    """

    runs: tuple[Report, ...]
    differences: tuple[Difference, ...]

    def __init__(self, runs: list[Report], seeds: list[int], differences: list[Difference]):
        first = runs[0]
        self.__dict__.update(first.__dict__)
        self.runs = tuple(runs)
        self.differences = tuple(differences)
        self._seeds = seeds
        found: dict[Any, Finding] = {}
        for f in (f for run in runs for f in run.findings):
            found.setdefault((f.kind, f.file, f.line, f.column, f.other_line, f.kernel), f)
        self.findings = tuple(found.values())
        statuses = [run.status for run in runs]
        bad = [s for s in ("stopped", "findings") if s in statuses]
        self.status = bad[0] if bad else "differences" if differences else "ok"

    def _parts(self) -> list[str]:
        parts = [f"{self._summary()}; {_counted(len(self.runs), 'schedule', 's')}"]
        parts += [str(d) for d in self.differences]
        said = set()
        for seed, run in zip(self._seeds, self.runs):
            fresh = [f for f in run.findings if (f.kind, f.file, f.line, f.column) not in said]
            said.update((f.kind, f.file, f.line, f.column) for f in fresh)
            if fresh or (not run.findings and run._error):
                parts += [f"with seed {seed}:"]
                parts += [str(f) for f in fresh] or [run._error]
        if self.printed:
            parts += ["printed:", self.printed]
        return parts


def _counted(n: int, what: str, plural: str) -> str:
    return f"{n} {what}{'' if n == 1 else plural}"


def _finding(f: dict[str, Any]) -> Finding:
    return Finding(
        kind=f["id"],
        message=f["message"],
        hint=f["hint"],
        file=f["file"],
        line=f["line"],
        column=f["column"],
        other_line=f["other_line"],
        kernel=f["kernel"],
        block=tuple(f["block"]),
        thread=tuple(f["thread"]),
        count=f["count"],
        is_note=f["note"],
    )


def _launch(launch: dict[str, Any]) -> Launch:
    time = launch.get("time_us")
    return Launch(
        kernel=launch["kernel"],
        grid=tuple(launch["grid"]),
        block=tuple(launch["block"]),
        dynamic_shared_bytes=launch["dynamic_shared_bytes"],
        warp_instructions=launch["warp_instructions"],
        counters=launch.get("counters"),
        time_us=None if time is None else (time["low"], time["high"]),
        limiter=launch.get("limiter"),
    )
