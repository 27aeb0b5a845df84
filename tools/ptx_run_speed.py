#!/usr/bin/env python3
"""How many launches a second ptx_run makes: the modules of bench/ptx, from Python and from C.

    tools/ptx_run_speed.py BUILD_DIR [--launches 10000] [--runs 5] [--no-c]

Before and after the launches that are timed each module runs on fresh arrays, and what it gives is
compared with what bench/ptx/modules.py computes. The first launch of a module reads and compiles
it. Exit status 1 if a result is wrong."""

import argparse
import ctypes
import os
import pathlib
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench/ptx"))
sys.dont_write_bytecode = True
from modules import INPUT, N, OUT_WORDS, modules  # noqa: E402


class Launcher:
    """A module with its arrays and everything that ptx_run is given."""

    def __init__(self, library, module, source):
        self.module = module
        self.out = (ctypes.c_uint32 * OUT_WORDS)()
        values = (ctypes.c_void_p * 3)(ctypes.addressof(self.out), ctypes.addressof(source), N)
        shape = [*module.block, *module.grid, module.shared]
        self.args = (module.text.encode(), 3, values, *shape)
        self.run = library.ptx_run

    def wrong(self):
        """Runs on zeros; what is wrong with the result, or nothing."""
        ctypes.memset(self.out, 0, ctypes.sizeof(self.out))
        self.run(*self.args)
        want = [*self.module.words, *[0] * (OUT_WORDS - len(self.module.words))]
        for i, (is_, should) in enumerate(zip(self.out, want)):
            if is_ != should:
                return f"{self.module.name}: word {i} is {is_:08x}, not {should:08x}"
        return None


def check(launchers):
    """Milliseconds of one launch of each; ends the program if a result is wrong."""
    times, wrong = [], []
    for launcher in launchers:
        begin = time.perf_counter()
        fault = launcher.wrong()
        times.append(1e3 * (time.perf_counter() - begin))
        wrong += [fault] if fault else []
    if wrong:
        sys.exit("\n".join(wrong))
    return times


def measure(launchers, launches):
    """Launches a second, and a second of processor time."""
    count = len(launchers)
    calls = [(launchers[i % count].run, launchers[i % count].args) for i in range(launches)]
    begin, begin_cpu = time.perf_counter(), time.process_time()
    for run, args in calls:
        run(*args)
    seconds, cpu = time.perf_counter() - begin, time.process_time() - begin_cpu
    return launches / seconds, launches / cpu


def from_python(library, launches, runs):
    library = ctypes.CDLL(str(library))
    library.ptx_run.argtypes = [
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_void_p),
        *[ctypes.c_int] * 7,
    ]
    library.ptx_run.restype = None
    source = (ctypes.c_uint32 * N)(*INPUT)
    launchers = [Launcher(library, module, source) for module in modules()]
    first = check(launchers)
    rates, of_cpu = zip(*[measure(launchers, launches) for _ in range(runs)])
    check(launchers)
    slowest = max(range(len(first)), key=first.__getitem__)
    print(
        f"first launches: median {statistics.median(first):.2f} ms, longest {first[slowest]:.2f} ms"
        f" ({launchers[slowest].module.name})"
    )
    print(
        f"ctypes: {statistics.median(rates):,.0f} launches/s ({min(rates):,.0f} to"
        f" {max(rates):,.0f} in {runs} runs of {launches}), {statistics.median(of_cpu):,.0f} a"
        " second of processor time"
    )


def from_c(library, launches, runs):
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        lines = []
        for module in modules():
            (folder / f"{module.name}.ptx").write_text(module.text)
            words = [*module.words, *[0] * (OUT_WORDS - len(module.words))]
            (folder / f"{module.name}.out").write_bytes(struct.pack(f"<{OUT_WORDS}I", *words))
            shape = [*module.block, *module.grid, module.shared]
            lines.append(" ".join(map(str, [module.name, *shape])) + "\n")
        (folder / "modules.txt").write_text("".join(lines))
        (folder / "in").write_bytes(struct.pack(f"<{N}I", *INPUT))
        compiler = os.environ.get("CC", "cc")
        source, program = ROOT / "tools/ptx_run_speed.c", folder / "speed"
        command = [compiler, "-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", source]
        command += [library, f"-Wl,-rpath,{library.parent}", "-o", program]
        subprocess.run(command, check=True)
        return subprocess.run([program, folder, str(launches), str(runs)]).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--launches", type=int, default=10000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-c", action="store_true")
    options = parser.parse_args()
    found = sorted(options.build.resolve().rglob("libgpuocelot.so"))
    if not found:
        sys.exit(f"no libgpuocelot.so in {options.build}")
    targets = {re.search(r"\.target (\w+)", module.text)[1] for module in modules()}
    print(f"{len(modules())} modules for {', '.join(sorted(targets))}", flush=True)
    from_python(found[0], options.launches, options.runs)
    sys.stdout.flush()
    if not options.no_c:
        sys.exit(from_c(found[0], options.launches, options.runs))


if __name__ == "__main__":
    main()
