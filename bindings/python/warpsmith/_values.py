"""From Python's numbers and arrays to the bytes of parameters, and back."""

from __future__ import annotations

import operator
import struct
from typing import Any, Sequence

import numpy as np

from . import _core

_INTEGER_BITS = {"8": 8, "16": 16, "32": 32, "64": 64}
_FLOAT_FORMATS = {"f16": "<e", "f32": "<f", "f64": "<d"}
_PTX_POINTERS = ("u64", "s64", "b64")
_RAW = (bytes, bytearray, np.void)


def is_pointer(kind: str, is_ptx: bool) -> bool:
    """Whether a parameter of this type takes an array."""
    return kind == "ptr" or (is_ptx and kind in _PTX_POINTERS)


def scalar_bytes(where: str, kind: str, size: int, value: Any, is_ptx: bool) -> bytes:
    """The `size` bytes of a parameter of type `kind`, as PTX spells it, that hold `value`.

    TypeError, OverflowError and ValueError name the parameter by `where`.
    """
    if isinstance(value, np.ndarray):
        raise TypeError(f"{where} takes no array")
    if isinstance(value, _RAW):
        raw = value.tobytes() if isinstance(value, np.void) else bytes(value)
        if len(raw) != size:
            raise ValueError(f"{where} has {size} bytes; {len(raw)} were given")
        return raw
    if kind == "ptr":
        return _pointer(where, value)
    if is_ptx and value is None and kind in _PTX_POINTERS:
        return bytes(size)
    if kind == "pred":
        return _integer(where, "bool", 0, 1, size, value)
    if kind in _FLOAT_FORMATS:
        return _float(where, kind, value)
    bits = _INTEGER_BITS.get(kind[1:])
    if bits is None or kind == "b8":
        raise TypeError(f"{where} takes bytes or a structured scalar of {size} bytes")
    if kind[0] == "b" and isinstance(value, np.floating) and value.dtype.itemsize == size:
        return value.tobytes()
    signed, unsigned = kind[0] == "s", kind[0] == "u"
    if is_ptx:
        signed = unsigned = False
    low = 0 if unsigned else -(1 << (bits - 1))
    high = (1 << (bits - 1 if signed else bits)) - 1
    return _integer(where, kind, low, high, size, value)


def _integer(where: str, kind: str, low: int, high: int, size: int, value: Any) -> bytes:
    if isinstance(value, np.bool_):
        value = bool(value)
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{where} takes an integer, not {_type_of(value)}") from None
    if not low <= number <= high:
        raise OverflowError(f"{where} takes {low} to {high}; {number} was given")
    return (number & ((1 << (8 * size)) - 1)).to_bytes(size, "little")


def _float(where: str, kind: str, value: Any) -> bytes:
    if not hasattr(value, "__float__") and not hasattr(value, "__index__"):
        raise TypeError(f"{where} takes a number, not {_type_of(value)}")
    if isinstance(value, (complex, np.complexfloating)):
        raise TypeError(f"{where} takes a real number, not {_type_of(value)}")
    try:
        return struct.pack(_FLOAT_FORMATS[kind], float(value))
    except OverflowError:
        raise OverflowError(f"{where} cannot hold {value!r}") from None


def _pointer(where: str, value: Any) -> bytes:
    if value is None:
        return bytes(8)
    try:
        return _integer(where, "ptr", 0, (1 << 64) - 1, 8, value)
    except TypeError:
        raise TypeError(
            f"{where} takes a NumPy array, a DeviceArray, an address or None, not {_type_of(value)}"
        ) from None


def _type_of(value: Any) -> str:
    return type(value).__name__


def check_array(where: str, array: np.ndarray) -> None:
    """Raises TypeError for arrays whose bytes a kernel cannot use."""
    if array.dtype.hasobject:
        raise TypeError(f"{where} is an array of Python objects")
    if not array.dtype.isnative:
        raise TypeError(f"{where} is an array of swapped byte order ({array.dtype.str})")


def copy_in(core: _core.Device, ptr: int, array: np.ndarray) -> None:
    """Copies an array's elements, in C order, to device memory."""
    if array.nbytes != 0:
        core.copy_in(ptr, _bytes_of(np.ascontiguousarray(array)))


def copy_out(core: _core.Device, ptr: int, shape: Sequence[int], dtype: np.dtype) -> np.ndarray:
    """A new array from device memory."""
    array = np.empty(shape, dtype)
    if array.nbytes != 0:
        core.copy_out(ptr, _bytes_of(array))
    return array


def _bytes_of(array: np.ndarray) -> np.ndarray:
    # Not every dtype has a buffer of its own (datetime64).
    return array.reshape(-1).view(np.uint8)


class Bound:
    """The arguments of one run, bound to parameters; arrays have been copied to the device.

    values      bytes of the parameters, in order
    """

    def __init__(
        self,
        device: Any,
        function: str,
        params: Sequence[tuple[str, int]],
        args: Sequence[Any],
        is_ptx: bool,
    ):
        if len(args) != len(params):
            raise TypeError(f"{function} takes {len(params)} arguments; {len(args)} were given")
        self._core: _core.Device = device._core
        self._arrays: dict[int, np.ndarray] = {}  # by argument, one of each allocation
        self._memory: dict[int, _core.Memory] = {}
        self._aliases: dict[Any, int] = {}
        places = [f"parameter {i} ({kind}) of {function}" for i, (kind, _) in enumerate(params)]
        pointers = [is_pointer(kind, is_ptx) for kind, _ in params]
        # Every argument is looked at before anything is copied.
        for i, arg in enumerate(args):
            if isinstance(arg, np.ndarray) and pointers[i]:
                check_array(places[i], arg)
                self._add_array(i, arg)
        scalars: dict[int, bytes] = {}
        for i, arg in enumerate(args):
            if _key_of(arg) in self._aliases and pointers[i]:
                continue
            if hasattr(arg, "_address_on"):
                if not pointers[i]:
                    raise TypeError(f"{places[i]} takes no array")
                scalars[i] = arg._address_on(device, places[i]).to_bytes(8, "little")
            else:
                scalars[i] = scalar_bytes(places[i], *params[i], arg, is_ptx)
        for i, array in self._arrays.items():
            self._memory[i] = self._core.malloc(array.nbytes)
            copy_in(self._core, self._memory[i].ptr, array)
        self.values = [
            scalars[i] if i in scalars else self._ptr_of(arg) for i, arg in enumerate(args)
        ]

    def _add_array(self, i: int, array: np.ndarray) -> None:
        first = self._aliases.setdefault(_key_of(array), i)
        for j, other in self._arrays.items():
            if j == first:
                continue
            writes = array.flags.writeable or other.flags.writeable
            # Where that is too hard to tell, they are taken to.
            if writes and np.may_share_memory(array, other, max_work=10_000):
                raise ValueError(
                    f"arguments {j} and {i} share memory; pass one array that holds both"
                )
        if first == i or array.flags.writeable:
            self._arrays[first] = array

    def _ptr_of(self, array: np.ndarray) -> bytes:
        return self._memory[self._aliases[_key_of(array)]].ptr.to_bytes(8, "little")

    def results(self) -> dict[int, np.ndarray]:
        """New arrays, by argument, of what the device holds for the writable ones."""
        return {
            i: copy_out(self._core, self._memory[i].ptr, array.shape, array.dtype)
            for i, array in self._arrays.items()
            if array.flags.writeable
        }

    def store(self, results: dict[int, np.ndarray]) -> None:
        """Writes results() into the arrays that were passed."""
        for i, result in results.items():
            np.copyto(self._arrays[i], result)


def _key_of(arg: Any) -> Any:
    """Equal for arrays that are the same elements."""
    if not isinstance(arg, np.ndarray):
        return None
    if arg.nbytes == 0:
        return ("empty", id(arg))
    return (arg.__array_interface__["data"][0], arg.shape, arg.strides, arg.dtype.str)
