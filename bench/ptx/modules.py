"""The modules of this folder: how each is launched and what it must give.

Every entry takes (.param .u64 out, .param .u64 in, .param .u32 n): `in` holds INPUT's words, `out`
OUT_WORDS words that begin as zero, n = 128. What must come out is computed here in Python."""

import collections
import itertools
import math
import pathlib
import struct

FOLDER = pathlib.Path(__file__).resolve().parent
N = 128
OUT_WORDS = 256
MASK = 0xFFFFFFFF
INPUT = [(i * 2654435761 + 12345) & MASK for i in range(N)]

# grid and block: (x, y, z); shared: dynamic bytes; words: the first words of `out`, the rest are 0.
Module = collections.namedtuple("Module", "name text grid block shared words")


def signed(word, bits=32):
    word &= (1 << bits) - 1
    return word - (1 << bits) if word >> (bits - 1) else word


def bits_of_float(value):
    return struct.unpack("<I", struct.pack("<f", value))[0]


def as_float(value):
    """`value` rounded to a float."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def bits_of_half(value):
    return struct.unpack("<H", struct.pack("<e", value))[0]


def as_bfloat(value):
    """`value`, a float, rounded to a bfloat16, to nearest even."""
    bits = bits_of_float(value)
    bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000
    return struct.unpack("<f", struct.pack("<I", bits))[0]


def each(function):
    """function(i, INPUT[i]) of every thread i, as words."""
    return [function(i, x) & MASK for i, x in enumerate(INPUT)]


def warps():
    return [INPUT[begin : begin + 32] for begin in range(0, N, 32)]


def by_warp(function):
    """function(warp's words) for every lane of each warp."""
    return [function(warp) & MASK for warp in warps() for _ in warp]


def collatz(i, _):
    value, steps = i + 1, 0
    while value != 1:
        value = 3 * value + 1 if value % 2 else value // 2
        steps += 1
    return steps


def histogram():
    return [sum(x >> 28 == k for x in INPUT) for k in range(16)]


def half_pair(_, x):
    low, high = (x & 31) * 2 + 1, (x >> 8 & 31) * 3 - 1
    return bits_of_half(low) | bits_of_half(high) << 16


def doubles():
    words = []
    for i in range(N):
        x = i * 0.5
        value = ((3 * x - 1) * x + 2) * x + 1.5
        words += struct.unpack("<II", struct.pack("<d", value))
    return words


def ballot(warp):
    negative = [x >> 31 for x in warp]
    return sum(negative) + 256 * any(negative) + 512 * all(negative)


def match():
    return [sum(1 << k for k, y in enumerate(w) if y >> 29 == x >> 29) for w in warps() for x in w]


def redux(warp):
    low = min(signed(x) for x in warp)
    xor = 0
    for x in warp:
        xor ^= x
    return (sum(warp) + low & MASK) ^ xor


def tensor():
    words = []
    for lane in range(32):
        row = lane // 4 + 1
        words += [bits_of_float(16.0 * row)] * 2 + [bits_of_float(16.0 * (row + 8))] * 2
    return words


def bytes_dot(i, x):
    parts = [x >> s & 0xFF for s in (0, 8, 16, 24)]
    first = sum(signed(p, 8) * (k + 1) for k, p in enumerate(parts)) + i
    return sum(p * p for p in parts) + first


def bit_twiddling(_, x):
    turned = int.from_bytes(x.to_bytes(4, "little"), "big")
    shifted = ((turned << 32 | x) << 7 >> 32) & MASK
    return x & turned | x & shifted | turned & shifted


def wide_integers(_, x):
    double = 2 * x * x
    return (double & MASK ^ double >> 32 & MASK) + (double >> 64)


def shared_atomics(i, x):
    return max(INPUT) + N * (N - 1) // 2


def jump_table(i, x):
    return [x + 10, x - 20, ~x, -x][i % 4]


def constants(i, _):
    return [2, 3, 5, 7, 11, 13, 17, 19][i % 8] * i + 1000


def vectors():
    return [x for k in range(0, N, 4) for x in reversed(INPUT[k : k + 4])]


def matrix_loads():
    """Lane t of the transposed matrix: rows 2 (t % 4) and the next, column t / 4."""
    def element(row, column):
        return INPUT[4 * row + column // 2] >> 16 * (column % 2) & 0xFFFF

    lanes = [(2 * (t % 4), t // 4) for t in range(32)]
    return [element(row, column) | element(row + 1, column) << 16 for row, column in lanes]


def async_copies():
    return [x for t in range(32) for x in INPUT[4 * (31 - t) : 4 * (31 - t) + 4]]


def video(i, x):
    parts = [x >> s & 0xFF for s in (0, 8, 16, 24)]
    apart = sum(abs(p - (i & 0xFF)) for p in parts)
    return i + apart + max(parts[1], parts[3])


def narrow_integers(_, x):
    product = (x & 0xFF) * signed(x >> 8, 8) + (x >> 16)
    low = signed(product, 16)
    return low + max(-128, min(127, low))


def bit_counts(i, x):
    field = signed(x >> 4, 9)
    put = x & ~(0xFF << 16) | (field & 0xFF) << 16
    turned = int(f"{put:032b}"[::-1], 2)
    leading = 32 - x.bit_length()
    highest = i.bit_length() - 1 & MASK
    return turned.bit_count() * leading + turned & MASK ^ highest


def local_array(i, x):
    return (x & 15) ** 2 + i


def bfloat(i, x):
    return bits_of_float(as_bfloat(as_float(x)) + as_bfloat(as_float(i)))


def root(i, _):
    return bits_of_float(as_float(math.sqrt(i)) / (i + 1))


# name: (grid, block, dynamic shared bytes, words)
LINE = ((4, 1, 1), (32, 1, 1))
BLOCK = ((1, 1, 1), (N, 1, 1))
WARP = ((1, 1, 1), (32, 1, 1))
TABLE = {
    "saxpy": (*LINE, 0, each(lambda i, x: bits_of_float((x & 1023) * 2.5 - 1))),
    "reverse": (*BLOCK, 0, INPUT[::-1]),
    "collatz": (*LINE, 0, each(collatz)),
    "histogram": (*LINE, 0, histogram()),
    "warp_sum": (*LINE, 0, by_warp(sum)),
    "half_pairs": (*LINE, 0, each(half_pair)),
    "doubles": (*LINE, 0, doubles()),
    "local_array": (*LINE, 0, each(local_array)),
    "calls": (*LINE, 0, each(lambda i, x: i * i + x * x)),
    "votes": (*LINE, 0, by_warp(ballot)),
    "matches": (*LINE, 0, match()),
    "reduce_in_hardware": (*LINE, 0, by_warp(redux)),
    "tensor": (*WARP, 0, tensor()),
    "bfloat": (*LINE, 0, each(bfloat)),
    "bytes_dot": (*LINE, 0, each(bytes_dot)),
    "bit_twiddling": (*LINE, 0, each(bit_twiddling)),
    "wide_integers": (*LINE, 0, each(wide_integers)),
    "shared_atomics": (*BLOCK, 0, each(shared_atomics)),
    "jump_table": (*LINE, 0, each(jump_table)),
    "constants": (*LINE, 0, each(constants)),
    "vectors": (*WARP, 0, vectors()),
    "roots": (*LINE, 0, each(root)),
    "matrix_loads": (*WARP, 0, matrix_loads()),
    "async_copies": (*WARP, 0, async_copies()),
    "mbarriers": (*BLOCK, 0, [INPUT[i ^ 64] for i in range(N)]),
    "function_pointers": (*LINE, 0, each(lambda i, x: -i if i % 2 else 2 * i)),
    "video": (*LINE, 0, each(video)),
    "narrow_integers": (*LINE, 0, each(narrow_integers)),
    "scan": (*BLOCK, 4 * N, [x & MASK for x in itertools.accumulate(INPUT)]),
    "bit_counts": (*LINE, 0, each(bit_counts)),
    "planes": ((1, 2, 2), (4, 4, 2), 0, [bits_of_float(31 * 32 / 2.0)] * 4),
}


def modules():
    """All of them, in the order of the table."""
    files = {path.stem for path in FOLDER.glob("*.ptx")}
    assert files == set(TABLE), files ^ set(TABLE)
    return [Module(name, (FOLDER / f"{name}.ptx").read_text(), *row) for name, row in TABLE.items()]
