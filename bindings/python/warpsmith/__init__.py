"""CUDA C++ and PTX run on this CPU, over NumPy arrays, with every check or none.

    import numpy as np
    import warpsmith

    report = warpsmith.run(source, "saxpy", y, x, 2.0, y.size, grid=4, block=256)
    print(report)

`run` executes once, `check` under several schedules with every check, `profile` counts and models.
`Device` keeps memory and modules for longer use.

Arguments. Parameters are counted from 0. A pointer takes a NumPy array, a `DeviceArray`, an address
or None (null). An array is copied to the device before the run, as its elements in C order, and
back into the same array after it, whether the run ended well or not; a read-only array
(`a.flags.writeable = False`) is an input, and what a kernel stores there is dropped. An array that
is passed twice is one allocation; different arrays that share memory are refused with ValueError.
A number must fit the parameter's type: OverflowError if it does not, TypeError if it is of another
kind. A struct takes `bytes` or a structured scalar of its size. In PTX, where types have no sign
and pointers are `.u64`, an integer takes both the signed and the unsigned range.

What a kernel does wrong is told in the report and never raised. Exceptions: `Refused` where the
text does not compile, `Unavailable` where something is not installed, `Invalid` (a ValueError) for
names, addresses and options that do not exist, `OutOfMemory` (a MemoryError); all are `Error`.
"""

from ._core import Error, Invalid, OutOfMemory, Refused, Unavailable, version
from ._device import Device, DeviceArray, Module, Variable
from ._reports import CheckReport, Difference, Finding, Launch, Profile, Report
from ._runs import check, profile, run

__version__ = version()

__all__ = [
    "CheckReport",
    "Device",
    "DeviceArray",
    "Difference",
    "Error",
    "Finding",
    "Invalid",
    "Launch",
    "Module",
    "OutOfMemory",
    "Profile",
    "Refused",
    "Report",
    "Unavailable",
    "Variable",
    "check",
    "profile",
    "run",
]
