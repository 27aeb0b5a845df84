"""Bit manipulation: counting, finding, reversing, extracting, inserting and masking bits."""

from sections import regs
from templates import int_section
from values import Choice, edges, int_inputs
from words import mask, read, signed

# Positions and lengths of bit fields, which bfe and bfi restrict to 0..255.
FIELDS = Choice([0, 1, 2, 5, 8, 16, 24, 30, 31, 32, 33, 40, 63, 64, 65, 128, 255])

AMOUNTS = Choice([0, 1, 2, 7, 8, 15, 16, 24, 30, 31, 32, 33, 63, 64, 65, 0x80000000, 0xffffffff])


def bit_sections(group):
    for bits in (32, 64):
        count(group, bits)
        find(group, bits)
        extract(group, bits)
        insert(group, bits)
    find_nth(group)
    for mode in ['clamp', 'wrap']:
        extend(group, mode)
        make_mask(group, mode)


def walking(bits):
    """Single bits and runs of low ones."""
    return [(1 << i,) for i in range(0, bits, 5)] + [(mask(bits) >> i,) for i in range(0, bits, 7)]


def count(group, bits):
    """popc, clz and brev."""
    kind = 'b%d' % bits
    extra = walking(bits)
    int_section(group, 'popc', kind, 1, lambda a: bin(a).count('1'), result='u32', extra=extra)
    int_section(group, 'clz', kind, 1, lambda a: bits - a.bit_length(), result='u32', extra=extra)
    int_section(group, 'brev', kind, 1, lambda a: int(bin(a)[2:].zfill(bits)[::-1], 2),
                extra=extra)


def find(group, bits):
    """bfind: the highest bit that differs from the sign, -1 if there is none."""
    def position(a):
        return (a if a >= 0 else ~a).bit_length() - 1

    def shift_amount(a):
        return -1 if position(a) < 0 else bits - 1 - position(a)

    extra = walking(bits) + [(~row[0] & mask(bits),) for row in walking(bits)]
    for kind in ['u%d' % bits, 's%d' % bits]:
        int_section(group, 'bfind', kind, 1, position, result='u32', extra=extra)
        int_section(group, 'bfind.shiftamt', kind, 1, shift_amount, result='u32', extra=extra)


def extract(group, bits):
    """bfe: a field beyond the top is filled up with the sign."""
    for kind in ['u%d' % bits, 's%d' % bits]:
        def run(a, position, length, kind=kind):
            if length == 0:
                return 0
            sign = (a >> min(position + length - 1, bits - 1)) & 1 if kind[0] == 's' else 0
            value = 0
            for i in range(bits):
                inside = i < length and position + i < bits
                value |= (((a >> (position + i)) & 1) if inside else sign) << i
            return value

        int_section(group, 'bfe', kind, 3, run, sources=[kind, 'u32', 'u32'],
                    columns=[edges(bits), FIELDS, FIELDS], edge_rows=36,
                    extra=[(0x80, 0, 8), (0x7f, 0, 8), (mask(bits), 4, 8), (1 << 31, 31, 1),
                           (mask(bits), 0, bits), (mask(bits), 1, bits)])


def insert(group, bits):
    """bfi has four sources, one more than a row: either the length or the position is fixed."""
    def run(a, b, position, length):
        for i in range(length):
            if position + i < bits:
                b = b & ~(1 << (position + i)) | ((a >> i) & 1) << (position + i)
        return b

    kind = 'b%d' % bits
    for fixed in [0, 1, 8, 31, 32, 64, 255]:
        for operands, function in [('{c}, %d', lambda a, b, c, n=fixed: run(a, b, c, n)),
                                   ('%d, {c}', lambda a, b, c, n=fixed: run(a, b, n, c))]:
            template = 'bfi.%s {d}, {a}, {b}, %s;' % (kind, operands % fixed)
            group.add(template, regs(kind, kind, kind, 'u32'),
                      int_inputs(template, [bits, bits, 32], edge_rows=16, random_rows=20,
                                 columns=[edges(bits), edges(bits), FIELDS]), function)


def find_nth(group):
    """fns: the n-th set bit upward or downward from a base."""
    def run(bit_mask, base, offset):
        offset = signed(offset, 32)
        if base > 31:
            return None
        if offset == 0:
            return base if bit_mask >> base & 1 else mask(32)
        positions = range(base, 32) if offset > 0 else range(base, -1, -1)
        found = [p for p in positions if bit_mask >> p & 1]
        return found[abs(offset) - 1] if abs(offset) <= len(found) else mask(32)

    bases = Choice([0, 1, 2, 3, 7, 15, 16, 30, 31])
    offsets = Choice([v & mask(32) for v in [0, 1, 2, 3, 5, 16, 17, 31, 32, 33, -1, -2, -3, -16,
                                             -31, -32, -33, 0x7fffffff]])
    group.add('fns.b32 {d}, {a}, {b}, {c};', 'd:b32 a:b32 b:b32 c:s32',
              int_inputs('fns', [32, 32, 32], edge_rows=40,
                         columns=[edges(32) + [0xaaaaaaaa], bases, offsets],
                         extra=[(0xaaaaaaaa, 3, 1), (0xaaaaaaaa, 3, mask(32)), (0xaaaaaaaa, 2, 1),
                                (0xaaaaaaaa, 2, mask(32)), (0xaaaaaaaa, 3, 0),
                                (0xaaaaaaaa, 2, 0)]),
              run)


def extend(group, mode):
    """szext: sign- or zero-extension from a width given in a register."""
    for kind in ['u32', 's32']:
        def run(a, b, kind=kind):
            if mode == 'clamp' and b >= 32:
                return a & mask(32)
            b &= 31
            return 0 if b == 0 else read(a & mask(b), kind[0] + str(b))

        int_section(group, 'szext.' + mode, kind, 2, run, sources=[kind, 'u32'],
                    columns=[edges(32), AMOUNTS], edge_rows=40)


def make_mask(group, mode):
    """bmsk: a run of ones from a position on."""
    def run(a, b):
        if mode == 'clamp':
            if a >= 32:
                return 0
            b = min(b, 32)
        else:
            a, b = a & 31, b & 31
        return (mask(b) << a) & mask(32)

    int_section(group, 'bmsk.' + mode, 'b32', 2, run, columns=[AMOUNTS, AMOUNTS], edge_rows=40)
