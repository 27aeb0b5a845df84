"""Devices, their memory, and modules."""

from __future__ import annotations

import math
import operator
import os
import re
import sys
from typing import Any, NamedTuple, Optional, Sequence, Union

import numpy as np

from . import _core
from ._reports import Profile, Report
from ._values import Bound, check_array, copy_in, copy_out

Source = Union[str, "os.PathLike[str]"]
Dim3 = Union[int, Sequence[int]]

_PTX = re.compile(rb"^[ \t]*\.version[ \t]+[0-9]", re.MULTILINE)
_MOST_UINT32 = (1 << 32) - 1
_MOST_UINT64 = (1 << 64) - 1


class Variable(NamedTuple):
    """Where a __device__ or __constant__ variable is, and how many bytes it has."""

    ptr: int
    bytes: int


class DeviceArray:
    """An array in a device's memory, an argument for pointers. Made by `Device.array` and
    `Device.empty`; freed with the object, or by `free`. Kernels see its elements in C order.

    shape, dtype, nbytes    as NumPy has them
    """

    def __init__(self, device: Device, shape: tuple[int, ...], dtype: np.dtype):
        self._device = device
        self.shape = shape
        self.dtype = dtype
        self.nbytes = math.prod(shape) * dtype.itemsize
        self._memory: Optional[_core.Memory] = device._core.malloc(self.nbytes)

    @property
    def ptr(self) -> int:
        """The device address of the first element. ValueError once it is freed."""
        if self._memory is None:
            raise ValueError("the array was freed")
        return self._memory.ptr

    def numpy(self) -> np.ndarray:
        """A new NumPy array of what the device holds; bytes never written hold anything."""
        return copy_out(self._device._core, self.ptr, self.shape, self.dtype)

    def set(self, values: Any) -> None:
        """Copies `values`, broadcast to the shape and converted to the dtype, to the device."""
        array = np.empty(self.shape, self.dtype)
        np.copyto(array, values)
        copy_in(self._device._core, self.ptr, array)

    def free(self) -> None:
        """Frees the memory now; pointers that kernels still hold are then told as such."""
        if self._memory is not None:
            self._memory.free()
            self._memory = None

    def _address_on(self, device: Device, where: str) -> int:
        if device is not self._device:
            raise ValueError(f"{where}: the array is of another device")
        if self._memory is None:
            raise ValueError(f"{where}: the array was freed")
        return self.ptr

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("the array has no dimensions")
        return self.shape[0]

    def __repr__(self) -> str:
        state = "freed" if self._memory is None else hex(self.ptr)
        return f"<warpsmith.DeviceArray: {self.shape} {self.dtype}, {state}>"


class Module:
    """The kernels, host functions and variables of one text. Made by `Device.load`.

    kernels     their names in the order of the text; instances of templates are `name<args>` in
                CUDA
    language    "cuda" or "ptx"
    log         what the compiler warned of
    """

    def __init__(self, device: Device, core: _core.Module, language: str):
        self._device = device
        self._core = core
        self.language = language
        self.kernels: tuple[str, ...] = tuple(core.kernels)
        self.log: str = core.log

    def parameters(self, function: str) -> list[str]:
        """The types of the parameters of a kernel or host function, as PTX spells them ("f32");
        "ptr" for pointers and "b8" for structs in CUDA. Invalid if there is no such function."""
        self._need(function, self._core.has_kernel(function) or self._core.has_function(function))
        return [kind for kind, _ in self._core.params(function)]

    def launch(self, kernel: str, grid: Dim3, block: Dim3, *args: Any, shared: int = 0) -> Report:
        """Launches a kernel and waits for it.

        grid (in blocks) and block (in threads) are integers or up to three of them, x first;
        `shared` is in bytes. Arguments are as the package describes them. Returns a Report, on a
        device that profiles a Profile. Raises Invalid if there is no such kernel.
        """
        self._need(kernel, self._core.has_kernel(kernel))
        grid3, block3 = dim3("grid", grid), dim3("block", block)
        dynamic_bytes = shared_bytes(shared)
        bound = self._bind(kernel, args)
        report = self._launch(kernel, grid3, block3, dynamic_bytes, bound)
        bound.store(bound.results())
        return report

    def call(self, function: str, *args: Any) -> Report:
        """Calls a host function of a CUDA text, such as a launcher; its pointers are device
        pointers. What it returns is dropped. Otherwise as `launch`."""
        self._need(function, self._core.has_function(function))
        bound = self._bind(function, args)
        report = self._call(function, bound)
        bound.store(bound.results())
        return report

    def variable(self, name: str) -> Variable:
        """Where a __device__ or __constant__ variable is, for `Device.read` and `Device.write`, and
        how many bytes it has. Invalid if there is none."""
        return Variable(*self._core.variable(name))

    def _need(self, name: str, is_there: bool) -> None:
        if is_there:
            return
        text = f"the module has no `{name}`; its kernels are {', '.join(self.kernels) or 'none'}"
        if self._core.has_kernel(name):
            text = f"`{name}` is a kernel: launch it with a grid and a block"
        elif self._core.has_function(name):
            text = f"`{name}` is a host function: call it, without a grid and a block"
        raise _core.Invalid(text)

    def _bind(self, function: str, args: Sequence[Any]) -> Bound:
        params = self._core.params(function)
        return Bound(self._device, function, params, args, self.language == "ptx")

    def _launch(self, kernel: str, grid: Any, block: Any, shared: int, bound: Bound) -> Report:
        return _report(self._core.launch(kernel, grid, block, shared, bound.values))

    def _call(self, function: str, bound: Bound) -> Report:
        return _report(self._core.call(function, bound.values))

    def __repr__(self) -> str:
        return f"<warpsmith.Module: {self.language}, kernels {', '.join(self.kernels) or 'none'}>"


class Device:
    """Memory, options and modules that work on them.

    Any thread may use it; what one device does, it does one call at a time, and other threads go on
    meanwhile. Options, which `set` changes too:

    checks    initialisation, races, barriers beside bounds
    seed      order of blocks, warps and lanes: 0 in order, else shuffled
    fuel      warp instructions of a launch (default 2**33)
    memory    bytes of live device memory (default 4 GiB)
    arch      "sm_90" and others: what programs are told of their device, and the chip of the model
    profile   modules loaded from now on are optimised as ptxas would, run without checks, and their
              runs give a Profile
    front     "native", "nvrtc", "nvcc" or "clang": the compiler of CUDA kernels loaded from now on

    TypeError and Invalid for values that an option does not take.
    """

    def __init__(
        self,
        *,
        checks: bool = True,
        seed: int = 0,
        fuel: Optional[int] = None,
        memory: Optional[int] = None,
        arch: str = "sm_90",
        profile: bool = False,
        front: str = "native",
    ):
        self._core = _core.Device()
        self.set(
            checks=checks,
            seed=seed,
            fuel=fuel,
            memory=memory,
            arch=arch,
            profile=profile,
            front=front,
        )

    def set(self, **options: Any) -> None:
        """Changes options by name, for what is done from now on; None leaves one as it is."""
        for name, value in options.items():
            if value is not None:
                self._core.set(name, _option(name, value))

    def load(
        self, source: Source, language: Optional[str] = None, name: Optional[str] = None
    ) -> Module:
        """Compiles a text, or the file at a path, and makes its variables.

        language is "cuda" or "ptx"; None: PTX if a line of the text begins with `.version N`.
        `name` stands in messages, and files that CUDA includes are looked for beside it; default:
        the path. Raises Refused with the compiler's messages, Unavailable (front "nvrtc" where
        there is none), OSError for the file.
        """
        text, title = _read(source)
        language = _language(text, language)
        core = self._core.load(text, title if name is None else name, language == "ptx")
        return Module(self, core, language)

    def array(self, values: Any) -> DeviceArray:
        """A DeviceArray with a copy of `values`, anything that numpy.asarray takes. OutOfMemory
        beyond the device's memory."""
        array = np.asarray(values)
        check_array("this", array)
        made = DeviceArray(self, array.shape, array.dtype)
        copy_in(self._core, made.ptr, array)
        return made

    def empty(self, shape: Dim3, dtype: Any = np.float32) -> DeviceArray:
        """A DeviceArray that counts as uninitialised: kernels that read it before they write it are
        found."""
        sizes = tuple(operator.index(n) for n in ((shape,) if _is_int(shape) else shape))
        if any(n < 0 for n in sizes):
            raise ValueError(f"the shape {sizes} has a negative size")
        dtype = np.dtype(dtype)
        check_array("this", np.empty(0, dtype))
        return DeviceArray(self, sizes, dtype)

    def read(self, ptr: int, bytes: int) -> bytes:
        """`bytes` bytes from an address of the device. Invalid if they are not all there."""
        data = bytearray(_within("bytes", bytes, 0, sys.maxsize))
        self._core.copy_out(_within("ptr", ptr, 0, _MOST_UINT64), data)
        return memoryview(data).tobytes()

    def write(self, ptr: int, data: Any) -> None:
        """Copies contiguous bytes, or an array in C order, to an address of the device. Invalid if
        there is no room."""
        ptr = _within("ptr", ptr, 0, _MOST_UINT64)
        if isinstance(data, np.ndarray):
            check_array("this", data)
            copy_in(self._core, ptr, data)
        else:
            self._core.copy_in(ptr, data)


def _report(core: _core.Report) -> Report:
    report = Report(core)
    return Profile(core) if "basis" in report.json else report


def _option(name: str, value: Any) -> str:
    if name in ("checks", "profile"):
        if not isinstance(value, (bool, np.bool_)):
            raise TypeError(f"option {name} is True or False, not {value!r}")
        return "on" if value else "off"
    if name in ("seed", "fuel", "memory"):
        if not _is_int(value):
            raise TypeError(f"option {name} is an integer, not {value!r}")
        return str(operator.index(value))
    if not isinstance(value, str):
        raise TypeError(f"option {name} is a str, not {value!r}")
    return value


def _read(source: Source) -> tuple[bytes, str]:
    if isinstance(source, str):
        return source.encode(), ""
    if not isinstance(source, os.PathLike):
        raise TypeError(f"source is a str or a path, not {type(source).__name__}")
    path = os.fspath(source)
    with open(path, "rb") as file:
        return file.read(), os.fsdecode(path)


def _language(text: bytes, language: Optional[str]) -> str:
    if language is None:
        return "ptx" if _PTX.search(text) else "cuda"
    if language not in ("cuda", "ptx"):
        raise ValueError(f'language is "cuda", "ptx" or None, not {language!r}')
    return language


def _is_int(value: Any) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, np.ndarray)


def _within(what: str, value: Any, low: int, high: int) -> int:
    if not _is_int(value):
        raise TypeError(f"{what} takes integers, not {value!r}")
    number = operator.index(value)
    if not low <= number <= high:
        raise ValueError(f"{what} takes {low} to {high}; {number} was given")
    return number


def shared_bytes(value: Any) -> int:
    """Checks the bytes of dynamic shared memory of a launch."""
    return _within("shared", value, 0, _MOST_UINT32)


def dim3(what: str, dims: Dim3) -> tuple[int, int, int]:
    """[x, y, z] of a grid or block; TypeError and ValueError for what is none."""
    if _is_int(dims):
        dims = (dims,)  # type: ignore[assignment]
    if isinstance(dims, (str, bytes)) or not hasattr(dims, "__len__") or not 1 <= len(dims) <= 3:
        raise TypeError(f"{what} takes an integer or up to three of them, not {dims!r}")
    sizes = [_within(what, n, 1, _MOST_UINT32) for n in dims]
    sizes += [1] * (3 - len(sizes))
    return sizes[0], sizes[1], sizes[2]
