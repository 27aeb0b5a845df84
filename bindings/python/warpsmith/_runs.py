"""One program run once, under several schedules, or profiled."""

from __future__ import annotations

import operator
from typing import Any, Optional, Sequence

import numpy as np

from ._device import Device, Dim3, Module, Source, dim3, shared_bytes
from ._reports import CheckReport, Difference, Profile, Report
from ._values import Bound


def run(
    source: Source,
    entry: str,
    *args: Any,
    grid: Optional[Dim3] = None,
    block: Optional[Dim3] = None,
    shared: int = 0,
    language: Optional[str] = None,
    name: Optional[str] = None,
    checks: bool = True,
    seed: int = 0,
    arch: str = "sm_90",
    front: str = "native",
    fuel: Optional[int] = None,
) -> Report:
    """Compiles `source`, a text or a path, and runs `entry` once over NumPy arrays.

    Without grid and block `entry` is a host function of a CUDA text, such as a launcher. With them,
    each an integer or up to three (x first; in blocks, in threads), it is a kernel, which gets
    `shared` bytes of dynamic shared memory. Arrays hold afterwards what the run left in them, also
    if it was stopped; no array changes where this raises. Arguments and exceptions are as the
    package describes them, options as Device does, `language` and `name` as Device.load does.
    """
    device = Device(checks=checks, seed=seed, arch=arch, front=front, fuel=fuel)
    what = _Entry(entry, args, grid, block, shared)
    module = device.load(source, language, name)
    report, bound = what.run(module)
    bound.store(bound.results())
    return report


def check(
    source: Source,
    entry: str,
    *args: Any,
    grid: Optional[Dim3] = None,
    block: Optional[Dim3] = None,
    shared: int = 0,
    language: Optional[str] = None,
    name: Optional[str] = None,
    seed: int = 0,
    arch: str = "sm_90",
    front: str = "native",
    fuel: Optional[int] = None,
    orders: int = 4,
) -> CheckReport:
    """Runs `entry` with every check under `orders` schedules, each on a fresh device with the
    arrays as they were passed.

    The first schedule is in order, the others are shuffled by the seeds after `seed`. The report is
    ok only if no run has findings and all leave the same bits in the writable arrays; its
    `differences` say where they do not. The arrays hold afterwards what the first run left.
    Otherwise as `run`.
    """
    if not hasattr(orders, "__index__") or operator.index(orders) < 1:
        raise ValueError(f"orders is a positive integer, not {orders!r}")
    seeds = [0] + [operator.index(seed) + i for i in range(1, operator.index(orders))]
    what = _Entry(entry, args, grid, block, shared)
    runs: list[Report] = []
    differences: dict[int, Difference] = {}  # the first of each argument
    first: dict[int, np.ndarray] = {}
    for order in seeds:
        device = Device(seed=order, arch=arch, front=front, fuel=fuel)
        report, bound = what.run(device.load(source, language, name))
        results = bound.results()
        if not runs:
            first = results
        for argument, result in results.items():
            if argument not in differences:
                found = _compare(argument, first[argument], result, order)
                if found is not None:
                    differences[argument] = found
        runs.append(report)
    bound.store(first)
    return CheckReport(runs, seeds, [differences[i] for i in sorted(differences)])


def profile(
    source: Source,
    entry: str,
    *args: Any,
    grid: Optional[Dim3] = None,
    block: Optional[Dim3] = None,
    shared: int = 0,
    language: Optional[str] = None,
    name: Optional[str] = None,
    arch: str = "sm_90",
    fuel: Optional[int] = None,
) -> Profile:
    """Counts what `entry` does, optimised as ptxas would, and models its time on `arch`.

    The arrays are inputs: none is changed. Times are modelled and not calibrated; use them to rank
    versions of one kernel. Only bounds are checked. Otherwise as `run`.
    """
    device = Device(profile=True, arch=arch, fuel=fuel)
    what = _Entry(entry, args, grid, block, shared)
    report, _ = what.run(device.load(source, language, name))
    assert isinstance(report, Profile)
    return report


class _Entry:
    """What is run: a kernel if there is a grid, else a host function."""

    def __init__(
        self,
        entry: str,
        args: Sequence[Any],
        grid: Optional[Dim3],
        block: Optional[Dim3],
        shared: int,
    ):
        if (grid is None) != (block is None):
            raise TypeError("a kernel takes both grid and block, a host function neither")
        if grid is None and shared != 0:
            raise TypeError("shared is for kernels; a host function says it in its launches")
        self._entry = entry
        self._args = args
        self._launch: Optional[tuple[Any, Any, int]] = None
        if grid is not None and block is not None:
            self._launch = (dim3("grid", grid), dim3("block", block), shared_bytes(shared))

    def run(self, module: Module) -> tuple[Report, Bound]:
        if self._launch is None:
            module._need(self._entry, module._core.has_function(self._entry))
            bound = module._bind(self._entry, self._args)
            return module._call(self._entry, bound), bound
        module._need(self._entry, module._core.has_kernel(self._entry))
        bound = module._bind(self._entry, self._args)
        return module._launch(self._entry, *self._launch, bound), bound


def _compare(argument: int, a: np.ndarray, b: np.ndarray, seed: int) -> Optional[Difference]:
    """Where the bits of two arrays of one shape and dtype differ."""
    if a.nbytes == 0:
        return None
    size = a.dtype.itemsize
    different = (a.reshape(-1).view(np.uint8) != b.reshape(-1).view(np.uint8)).reshape(-1, size)
    elements = np.flatnonzero(different.any(axis=1))
    if elements.size == 0:
        return None
    index = tuple(int(i) for i in np.unravel_index(elements[0], a.shape))
    return Difference(argument, index, (0, seed), (a[index], b[index]), int(elements.size))
