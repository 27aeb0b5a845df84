"""Integer arithmetic: add to mad, div, rem, min, max, saturation, 24-bit and packed forms."""

import random

from sections import regs
from templates import int_section
from values import Choice, edges, int_inputs
from words import INT_TYPES, clamp, mask, read, signed


def truncated_quotient(a, b):
    """The quotient rounded toward zero, where Python's // rounds down."""
    quotient = abs(a) // abs(b)
    return -quotient if (a < 0) != (b < 0) else quotient


def arithmetic_sections(group):
    """The plain instructions of every type."""
    for kind in INT_TYPES:
        add_and_multiply(group, kind)
        divide(group, kind)
        int_section(group, 'min', kind, 2, min)
        int_section(group, 'max', kind, 2, max)
        if kind[0] == 's':
            int_section(group, 'abs', kind, 1, abs)
            int_section(group, 'neg', kind, 1, lambda a: -a)


def add_and_multiply(group, kind):
    bits = int(kind[1:])
    int_section(group, 'add', kind, 2, lambda a, b: a + b)
    int_section(group, 'sub', kind, 2, lambda a, b: a - b)
    int_section(group, 'mul.lo', kind, 2, lambda a, b: a * b)
    int_section(group, 'mul.hi', kind, 2, lambda a, b: (a * b) >> bits)
    int_section(group, 'mad.lo', kind, 3, lambda a, b, c: a * b + c)
    int_section(group, 'mad.hi', kind, 3, lambda a, b, c: ((a * b) >> bits) + c)
    if bits < 64:
        wide = kind[0] + str(2 * bits)
        int_section(group, 'mul.wide', kind, 2, lambda a, b: a * b, result=wide)
        int_section(group, 'mad.wide', kind, 3, lambda a, b, c: a * b + c, result=wide,
                    sources=[kind, kind, wide])
    int_section(group, 'sad', kind, 3, lambda a, b, c: c + abs(a - b))


def divide(group, kind):
    """div and rem.

    Division by zero is open, and so is the quotient that does not fit.  For rem the ISA calls
    negative operands machine-dependent: only a zero remainder is the same everywhere.
    """
    bits = int(kind[1:])
    low = -(1 << (bits - 1))

    def quotient(a, b):
        return None if b == 0 or (a == low and b == -1) else truncated_quotient(a, b)

    def remainder(a, b):
        if b == 0 or (a == low and b == -1):
            return None
        value = abs(a) % abs(b)
        return None if value and (a < 0 or b < 0) else value

    pairs = [(7, 3), (6, 3), (100, 10), (mask(bits - 1), 2), (mask(bits - 1), 7), (1, 2),
             (1, mask(bits - 1)), (mask(bits - 1), mask(bits - 1)), (12345, 113), (0, 5)]
    pairs += [(a & mask(bits), b & mask(bits))
              for a, b in [(-7, 3), (7, -3), (-7, -3), (-6, 3), (6, -3), (-6, -3), (low, 1),
                           (low, 2), (low, low), (-1, 1), (1, -1), (-1, -1), (low, -2)]]
    rng = random.Random('div' + kind)
    pairs += [(rng.getrandbits(bits), rng.getrandbits(rng.randrange(1, bits)) or 1)
              for _ in range(20)]
    int_section(group, 'div', kind, 2, quotient, extra=pairs)
    pairs += [(rng.getrandbits(bits - 1), rng.getrandbits(rng.randrange(1, bits)) or 1)
              for _ in range(12)]
    int_section(group, 'rem', kind, 2, remainder, extra=pairs)


def saturating_sections(group):
    """Results limited to the range of s32, or to the numbers that are not negative."""
    int_section(group, 'add.sat', 's32', 2, lambda a, b: clamp(a + b, 's32'))
    int_section(group, 'sub.sat', 's32', 2, lambda a, b: clamp(a - b, 's32'))
    int_section(group, 'mad.hi.sat', 's32', 3,
                lambda a, b, c: clamp(((a * b) >> 32) + c, 's32'),
                extra=[(0x7fffffff, 0x7fffffff, 0x7fffffff), (0x80000000, 0x7fffffff, 0x80000000),
                       (0x80000000, 0x80000000, 0x7fffffff), (0, 0, 0x80000000)])
    int_section(group, 'min.relu', 's32', 2, lambda a, b: max(min(a, b), 0))
    int_section(group, 'max.relu', 's32', 2, lambda a, b: max(a, b, 0))


def small_values(kind):
    """Values that fit 24 bits."""
    if kind == 'u32':
        small = [0, 1, 2, 3, 0xffffff, 0xfffffe, 0x800000, 0x7fffff, 0xffff, 0x10000, 0x123456]
    else:
        small = [v & mask(32) for v in [0, 1, 2, -1, -2, 0x7fffff, 0x7ffffe, -0x800000,
                                        -0x7fffff, 0x10000, 0xffff, -0x10000, 0x123456]]
    rng = random.Random('24' + kind)
    return Choice(small + [read(rng.getrandbits(24), kind[0] + '24') & mask(32)
                           for _ in range(20)])


def multiply_24_sections(group):
    """mul24 and mad24 take values that fit 24 bits; what they do with others is open."""
    for kind in ['u32', 's32']:
        small = small_values(kind)
        for op, arity, shift in [('mul24.lo', 2, 0), ('mul24.hi', 2, 16),
                                 ('mad24.lo', 3, 0), ('mad24.hi', 3, 16)]:
            int_section(group, op, kind, arity,
                        lambda a, b, c=0, shift=shift, kind=kind: read((a * b) >> shift, kind) + c,
                        columns=[small, small, edges(32)][:arity])
    small = small_values('s32')
    int_section(group, 'mad24.hi.sat', 's32', 3,
                lambda a, b, c: clamp(signed((a * b) >> 16, 32) + c, 's32'),
                columns=[small, small, edges(32)])


def packed_sections(group):
    """Two 16-bit halves at a time."""
    for kind in ['u16', 's16']:
        for op, function in [('add', lambda a, b: a + b), ('min', min), ('max', max),
                             ('min.relu', lambda a, b: max(min(a, b), 0)),
                             ('max.relu', lambda a, b: max(a, b, 0))]:
            if op.endswith('relu') and kind == 'u16':
                continue
            template = '%s.%sx2 {d}, {a}, {b};' % (op, kind)

            def run(a, b, function=function, kind=kind):
                return sum((function(read(a >> s, kind), read(b >> s, kind)) & 0xffff) << s
                           for s in (0, 16))

            halves = edges(16)
            rng = random.Random(template)
            rows = [tuple(rng.choice(halves) | rng.choice(halves) << 16 for _ in 'ab')
                    for _ in range(24)]
            group.add(template, regs('b32', 'b32', 'b32'),
                      int_inputs(template, [32, 32], extra=rows, edge_rows=12), run)
