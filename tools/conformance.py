#!/usr/bin/env python3
"""Conformance tables for PTX instructions, computed from the PTX ISA's text.

Running this script writes <group>.txt into the folder given.  Every
expected value is computed here with exact arithmetic: Python integers for the integer
instructions, fractions.Fraction and one rounding function for floating point, and 60-digit
decimals for the transcendental functions.  Nothing is taken from a compiler or a device.

A table file is a list of sections:

    == add.sat.s32 {d}, {a}, {b};
    types d:s32 a:s32 b:s32
    7fffffff 00000001 = 7fffffff

The first line is the template: PTX statements in which {a} {b} {c} stand for the source registers
and {d} {e} for the results (a plain textual replacement; all other braces are PTX's own, so
`mov.b32 {d}, {{a}, {b}};` packs a vector).  A template may overwrite a source register, which
sections that take a packed result apart make use of.  The second line gives the register types:
f16 and bf16 live in .b16 registers, pred is a predicate.  Each row holds the source bits in the
order a b c, then `=`, then the result bits in the order d e; predicates are 0 or 1.  A result is

    bits            exactly these bits
    nan             any NaN of the result's type
    bits~ulp=N      at most N units in the last place from bits
    bits~rel=2^-X   relative error at most 2^-X (bits is the correctly rounded exact result)
    bits~abs=2^-X   absolute error at most 2^-X (likewise)

Results which the ISA leaves open are not in the tables: an operation returns None for them and
the row is dropped.

    conformance.py FOLDER                     write the tables
    conformance.py FOLDER --assemble ptxas    also assemble every template and list what is rejected
"""

import argparse
import collections
import decimal
import itertools
import os
import random
import re
import subprocess
import tempfile
from fractions import Fraction

# ------------------------------------------------------------------------------------------------
# Sections and rows
# ------------------------------------------------------------------------------------------------

NAN = 'nan'
Approx = collections.namedtuple('Approx', 'bits bound')
Section = collections.namedtuple('Section', 'template types rows')

GROUPS = collections.OrderedDict()      # group name -> list of Section


def type_bits(reg_type):
    """The width of a register type in bits; a predicate counts as one bit."""
    return 1 if reg_type == 'pred' else int(re.sub(r'\D', '', reg_type))


def show(reg_type, value):
    """One field of a row as text."""
    if value == NAN:
        return NAN
    if isinstance(value, Approx):
        return show(reg_type, value.bits) + '~' + value.bound
    bits = type_bits(reg_type)
    value = int(value)
    assert 0 <= value < 1 << bits, (reg_type, value)
    return '%0*x' % ((bits + 3) // 4, value)


def section(group, template, types, inputs, function):
    """Adds a section.

    types is the text of the `types` line, inputs an iterable of tuples of source bits and function
    maps the source bits to the result: an integer, NAN, an Approx, a tuple of these where there
    are two results, or None if the ISA leaves the result open.
    """
    names = [item.split(':') for item in types.split()]
    results = [t for name, t in names if name in 'de']
    sources = [t for name, t in names if name in 'abc']
    rows = []
    seen = set()
    for args in inputs:
        args = tuple(args)
        assert len(args) == len(sources), template
        if args in seen:
            continue
        seen.add(args)
        values = function(*args)
        if not isinstance(values, tuple) or isinstance(values, Approx):
            values = (values,)
        if any(value is None for value in values):
            continue
        left = ' '.join(show(t, v) for t, v in zip(sources, args))
        right = ' '.join(show(t, v) for t, v in zip(results, values))
        rows.append(left + ' = ' + right)
    assert rows, 'no rows: ' + template
    tables = GROUPS.setdefault(group, [])
    assert all(template != t.template or types != t.types for t in tables[-400:]), template
    tables.append(Section(template, types, rows))


def write_tables(directory):
    """Writes one file per group."""
    os.makedirs(directory, exist_ok=True)
    for group, sections in GROUPS.items():
        with open(os.path.join(directory, group + '.txt'), 'w') as out:
            for number, sect in enumerate(sections):
                if number:
                    out.write('\n')
                out.write('== %s\ntypes %s\n' % (sect.template, sect.types))
                out.writelines(row + '\n' for row in sect.rows)


# ------------------------------------------------------------------------------------------------
# Integers
# ------------------------------------------------------------------------------------------------

INT_TYPES = ['u16', 's16', 'u32', 's32', 'u64', 's64']


def mask(bits):
    return (1 << bits) - 1


def signed(value, bits):
    """The two's complement reading of the low bits of value."""
    value &= mask(bits)
    return value - (1 << bits) if value >> (bits - 1) else value


def read(value, kind):
    """The number that `value` holds as the integer type `kind`, such as s16."""
    bits = int(kind[1:])
    return signed(value, bits) if kind[0] == 's' else value & mask(bits)


def clamp(value, kind):
    """value limited to the range of the integer type `kind`."""
    bits = int(kind[1:])
    low, high = (-(1 << (bits - 1)), mask(bits - 1)) if kind[0] == 's' else (0, mask(bits))
    return max(low, min(high, value))


def edges(bits):
    """Values at and around the boundaries of a width."""
    top = 1 << (bits - 1)
    return [0, 1, 2, mask(bits), mask(bits) - 1, top, top - 1, top + 1,
            mask(bits) // 3, mask(bits) // 3 * 2, 1 << (bits // 2), mask(bits // 2)]


def product_sample(columns, count, rng):
    """At most count tuples of the product of the columns, in a reproducible order."""
    total = 1
    for column in columns:
        total *= len(column)
    if total <= count:
        return list(itertools.product(*columns))
    rows = []
    for index in sorted(rng.sample(range(total), count)):
        row = []
        for column in columns:
            index, position = divmod(index, len(column))
            row.append(column[position])
        rows.append(tuple(row))
    return rows


def int_inputs(template, widths, extra=(), edge_rows=24, random_rows=20, columns=None):
    """Source rows for an integer template: given ones, boundary values, random values."""
    rng = random.Random(template)
    rows = list(extra)
    rows += product_sample(columns or [edges(bits) for bits in widths], edge_rows, rng)
    for number in range(random_rows):
        row = []
        for position, bits in enumerate(widths):
            if columns and isinstance(columns[position], Choice):
                row.append(rng.choice(columns[position]))
            elif number % 4 == 3:       # small magnitudes now and then
                row.append(rng.randrange(-100, 100) & mask(bits))
            else:
                row.append(rng.getrandbits(bits))
        rows.append(tuple(row))
    return rows


class Choice(list):
    """A column whose random rows, too, come from the listed values alone."""


def regs(result, *sources):
    """The text of a types line: result type d, sources a b c."""
    return ' '.join(['d:' + result] + ['%s:%s' % pair for pair in zip('abc', sources)])


def int_section(group, op, kind, arity, function, result=None, sources=None, **options):
    """A section for `op.kind` whose function works on the numbers the sources hold."""
    bits = int(kind[1:])
    sources = sources or [kind] * arity
    result = result or kind
    operands = ', '.join('{%s}' % name for name in 'dabc'[:arity + 1])
    template = '%s.%s %s;' % (op, kind, operands)
    widths = [type_bits(t) for t in sources]
    kinds = [t if t[0] in 'us' else 'u' + t[1:] for t in sources]

    def run(*args):
        value = function(*[read(v, k) for v, k in zip(args, kinds)])
        return None if value is None else value & mask(type_bits(result))

    section(group, template, regs(result, *sources), int_inputs(template, widths, **options), run)


def truncated_quotient(a, b):
    quotient = abs(a) // abs(b)
    return -quotient if (a < 0) != (b < 0) else quotient


def integer_tables():
    group = 'integer'
    for kind in INT_TYPES:
        bits = int(kind[1:])
        low = -(1 << (bits - 1))
        is_signed = kind[0] == 's'
        int_section(group, 'add', kind, 2, lambda a, b: a + b)
        int_section(group, 'sub', kind, 2, lambda a, b: a - b)
        int_section(group, 'mul.lo', kind, 2, lambda a, b: a * b)
        int_section(group, 'mul.hi', kind, 2, lambda a, b, n=bits: (a * b) >> n)
        int_section(group, 'mad.lo', kind, 3, lambda a, b, c: a * b + c)
        int_section(group, 'mad.hi', kind, 3, lambda a, b, c, n=bits: ((a * b) >> n) + c)
        if bits < 64:
            wide = kind[0] + str(2 * bits)
            int_section(group, 'mul.wide', kind, 2, lambda a, b: a * b, result=wide)
            int_section(group, 'mad.wide', kind, 3, lambda a, b, c: a * b + c, result=wide,
                        sources=[kind, kind, wide])
        int_section(group, 'sad', kind, 3, lambda a, b, c: c + abs(a - b))

        # Division by zero is open, and so is the quotient that does not fit.  For rem the ISA
        # calls negative operands machine-dependent: only a zero remainder is the same everywhere.
        def divide(a, b, low=low):
            return None if b == 0 or (a == low and b == -1) else truncated_quotient(a, b)

        def remainder(a, b, low=low):
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
        int_section(group, 'div', kind, 2, divide, extra=pairs)
        pairs += [(rng.getrandbits(bits - 1), rng.getrandbits(rng.randrange(1, bits)) or 1)
                  for _ in range(12)]
        int_section(group, 'rem', kind, 2, remainder, extra=pairs)
        int_section(group, 'min', kind, 2, min)
        int_section(group, 'max', kind, 2, max)
        if is_signed:
            int_section(group, 'abs', kind, 1, abs)
            int_section(group, 'neg', kind, 1, lambda a: -a)

    int_section(group, 'add.sat', 's32', 2, lambda a, b: clamp(a + b, 's32'))
    int_section(group, 'sub.sat', 's32', 2, lambda a, b: clamp(a - b, 's32'))
    int_section(group, 'mad.hi.sat', 's32', 3,
                lambda a, b, c: clamp(((a * b) >> 32) + c, 's32'),
                extra=[(0x7fffffff, 0x7fffffff, 0x7fffffff), (0x80000000, 0x7fffffff, 0x80000000),
                       (0x80000000, 0x80000000, 0x7fffffff), (0, 0, 0x80000000)])
    int_section(group, 'min.relu', 's32', 2, lambda a, b: max(min(a, b), 0))
    int_section(group, 'max.relu', 's32', 2, lambda a, b: max(a, b, 0))

    # The 24-bit multiplies take values that fit 24 bits; what they do with others is open.
    for kind in ['u32', 's32']:
        if kind == 'u32':
            small = [0, 1, 2, 3, 0xffffff, 0xfffffe, 0x800000, 0x7fffff, 0xffff, 0x10000, 0x123456]
        else:
            small = [v & mask(32) for v in [0, 1, 2, -1, -2, 0x7fffff, 0x7ffffe, -0x800000,
                                            -0x7fffff, 0x10000, 0xffff, -0x10000, 0x123456]]
        rng = random.Random('24' + kind)
        small = Choice(small + [read(rng.getrandbits(24), kind[0] + '24') & mask(32)
                                for _ in range(20)])
        for op, arity, shift in [('mul24.lo', 2, 0), ('mul24.hi', 2, 16),
                                 ('mad24.lo', 3, 0), ('mad24.hi', 3, 16)]:
            columns = [small, small, edges(32)][:arity]
            int_section(group, op, kind, arity,
                        lambda a, b, c=0, s=shift, k=kind: read((a * b) >> s, k) + c,
                        columns=columns)
    int_section(group, 'mad24.hi.sat', 's32', 3,
                lambda a, b, c: clamp(signed((a * b) >> 16, 32) + c, 's32'),
                columns=[small, small, edges(32)])

    # Two halves at a time.
    for kind in ['u16', 's16']:
        for op, function in [('add', lambda a, b: a + b), ('min', min), ('max', max),
                             ('min.relu', lambda a, b: max(min(a, b), 0)),
                             ('max.relu', lambda a, b: max(a, b, 0))]:
            if op.endswith('relu') and kind == 'u16':
                continue
            template = '%s.%sx2 {d}, {a}, {b};' % (op, kind)

            def run(a, b, f=function, k=kind):
                return sum((f(read(a >> s, k), read(b >> s, k)) & 0xffff) << s for s in (0, 16))
            halves = edges(16)
            rng = random.Random(template)
            rows = [tuple(rng.choice(halves) | rng.choice(halves) << 16 for _ in 'ab')
                    for _ in range(24)]
            section(group, template, regs('b32', 'b32', 'b32'),
                    int_inputs(template, [32, 32], extra=rows, edge_rows=12), run)

    bit_tables(group)
    dot_tables(group)
    carry_tables('carry')


def bit_tables(group):
    """Counting, finding, extracting and masking bits."""
    walking = {n: [(1 << i,) for i in range(0, n, 5)] + [(mask(n) >> i,) for i in range(0, n, 7)]
               for n in (32, 64)}
    for bits in (32, 64):
        kind = 'b%d' % bits
        int_section(group, 'popc', kind, 1, lambda a: bin(a).count('1'), result='u32',
                    extra=walking[bits])
        int_section(group, 'clz', kind, 1, lambda a, n=bits: n - a.bit_length(), result='u32',
                    extra=walking[bits])
        int_section(group, 'brev', kind, 1,
                    lambda a, n=bits: int(bin(a)[2:].zfill(n)[::-1], 2), extra=walking[bits])
        for kind in ['u%d' % bits, 's%d' % bits]:
            def find(a):
                return (a if a >= 0 else ~a).bit_length() - 1

            def shift_amount(a, n=bits):
                position = find(a)
                return position if position < 0 else n - 1 - position
            extra = walking[bits] + [(~v[0] & mask(bits),) for v in walking[bits]]
            int_section(group, 'bfind', kind, 1, find, result='u32', extra=extra)
            int_section(group, 'bfind.shiftamt', kind, 1, shift_amount, result='u32', extra=extra)

        # bfe and bfi: positions and lengths are restricted to 0..255.
        fields = Choice([0, 1, 2, 5, 8, 16, 24, 30, 31, 32, 33, 40, 63, 64, 65, 128, 255])
        for kind in ['u%d' % bits, 's%d' % bits]:
            def extract(a, position, length, n=bits, k=kind):
                if length == 0:
                    return 0
                sign = (a >> min(position + length - 1, n - 1)) & 1 if k[0] == 's' else 0
                value = 0
                for i in range(n):
                    inside = i < length and position + i < n
                    value |= (((a >> (position + i)) & 1) if inside else sign) << i
                return value
            int_section(group, 'bfe', kind, 3, extract, sources=[kind, 'u32', 'u32'],
                        columns=[edges(bits), fields, fields], edge_rows=36,
                        extra=[(0x80, 0, 8), (0x7f, 0, 8), (mask(bits), 4, 8), (1 << 31, 31, 1),
                               (mask(bits), 0, bits), (mask(bits), 1, bits)])

        def insert(a, b, position, length, n=bits):
            for i in range(length):
                if position + i < n:
                    b = b & ~(1 << (position + i)) | ((a >> i) & 1) << (position + i)
            return b
        for fixed in [0, 1, 8, 31, 32, 64, 255]:
            kind = 'b%d' % bits
            for operands, function in [
                    ('{c}, %d', lambda a, b, c, f=fixed: insert(a, b, c, f)),
                    ('%d, {c}', lambda a, b, c, f=fixed: insert(a, b, f, c))]:
                template = 'bfi.%s {d}, {a}, {b}, %s;' % (kind, operands % fixed)
                section(group, template, regs(kind, kind, kind, 'u32'),
                        int_inputs(template, [bits, bits, 32], edge_rows=16, random_rows=20,
                                   columns=[edges(bits), edges(bits), fields]), function)

    def fns(bit_mask, base, offset):
        offset = signed(offset, 32)
        if base > 31:
            return None
        if offset == 0:
            return base if bit_mask >> base & 1 else mask(32)
        step = 1 if offset > 0 else -1
        found = [p for p in (range(base, 32) if step > 0 else range(base, -1, -1))
                 if bit_mask >> p & 1]
        return found[abs(offset) - 1] if abs(offset) <= len(found) else mask(32)
    bases = Choice([0, 1, 2, 3, 7, 15, 16, 30, 31])
    offsets = Choice([v & mask(32) for v in [0, 1, 2, 3, 5, 16, 17, 31, 32, 33, -1, -2, -3, -16,
                                             -31, -32, -33, 0x7fffffff]])
    section(group, 'fns.b32 {d}, {a}, {b}, {c};', 'd:b32 a:b32 b:b32 c:s32',
            int_inputs('fns', [32, 32, 32], edge_rows=40,
                       columns=[edges(32) + [0xaaaaaaaa], bases, offsets],
                       extra=[(0xaaaaaaaa, 3, 1), (0xaaaaaaaa, 3, mask(32)), (0xaaaaaaaa, 2, 1),
                              (0xaaaaaaaa, 2, mask(32)), (0xaaaaaaaa, 3, 0), (0xaaaaaaaa, 2, 0)]),
            fns)

    amounts = Choice([0, 1, 2, 7, 8, 15, 16, 24, 30, 31, 32, 33, 63, 64, 65, 0x80000000,
                      0xffffffff])
    for mode in ['clamp', 'wrap']:
        for kind in ['u32', 's32']:
            def extend(a, b, m=mode, k=kind):
                if m == 'clamp' and b >= 32:
                    return a & mask(32)
                b &= 31
                return 0 if b == 0 else read(a & mask(b), k[0] + str(b))
            int_section(group, 'szext.' + mode, kind, 2, extend, sources=[kind, 'u32'],
                        columns=[edges(32), amounts], edge_rows=40)

        def bit_field(a, b, m=mode):
            if m == 'clamp':
                if a >= 32:
                    return 0
                b = min(b, 32)
            else:
                a, b = a & 31, b & 31
            return (mask(b) << a) & mask(32)
        int_section(group, 'bmsk.' + mode, 'b32', 2, bit_field, columns=[amounts, amounts],
                    edge_rows=40)


def dot_tables(group):
    """dp4a and dp2a, the sum taken modulo 2^32."""
    for a_kind, b_kind in itertools.product('us', repeat=2):
        total = 'u32' if a_kind + b_kind == 'uu' else 's32'
        types = regs(total, a_kind + '32', b_kind + '32', total)

        def four(a, b, c, x=a_kind, y=b_kind):
            for s in (0, 8, 16, 24):
                c += read(a >> s, x + '8') * read(b >> s, y + '8')
            return c & mask(32)
        template = 'dp4a.%s32.%s32 {d}, {a}, {b}, {c};' % (a_kind, b_kind)
        section(group, template, types,
                int_inputs(template, [32, 32, 32],
                           extra=[(0x80808080, 0x80808080, 0), (0x7f807f80, 0x80808080, 1),
                                  (0x01020304, 0x05060708, 0xffffffff)]), four)
        for half in ['lo', 'hi']:
            def two(a, b, c, x=a_kind, y=b_kind, first=0 if half == 'lo' else 16):
                for i in (0, 1):
                    c += read(a >> 16 * i, x + '16') * read(b >> (first + 8 * i), y + '8')
                return c & mask(32)
            template = 'dp2a.%s.%s32.%s32 {d}, {a}, {b}, {c};' % (half, a_kind, b_kind)
            section(group, template, types,
                    int_inputs(template, [32, 32, 32],
                               extra=[(0x80008000, 0x80808080, 0), (0x00010002, 0x03040506, 7)]),
                    two)


def carry_tables(group):
    """Chains through the carry flag.  Each case is a template and a function of (a, b, c)."""
    for kind in ['u32', 's32', 'u64', 's64']:
        n = int(kind[1:])
        m = mask(n)

        def high(a, b, k=kind, n=n):
            return (read(a, k) * read(b, k)) >> n & mask(n)

        def carry(*terms, n=n):         # carry out of a sum of n-bit words and a carry in
            return sum(terms) >> n

        def chain(*operations, kind=kind):
            return ' '.join(op.replace('.T', '.' + kind) for op in operations)
        cases = [
            (chain('add.cc.T {d}, {a}, {b};', 'addc.T {e}, {c}, 0;'),
             lambda a, b, c: (a + b & m, c + carry(a, b) & m)),
            (chain('add.cc.T {d}, {a}, {b};', 'addc.T {e}, {c}, {c};'),
             lambda a, b, c: (a + b & m, 2 * c + carry(a, b) & m)),
            (chain('add.cc.T {d}, {a}, {b};', 'addc.cc.T {d}, {d}, {c};', 'addc.T {e}, 0, 0;'),
             lambda a, b, c: ((a + b & m) + c + carry(a, b) & m,
                              carry(a + b & m, c, carry(a, b)))),
            (chain('sub.cc.T {d}, {a}, {b};', 'subc.T {e}, {c}, 0;'),
             lambda a, b, c: (a - b & m, c - (a < b) & m)),
            (chain('sub.cc.T {d}, {a}, {b};', 'subc.T {e}, {c}, {a};'),
             lambda a, b, c: (a - b & m, c - a - (a < b) & m)),
            (chain('sub.cc.T {d}, {a}, {b};', 'subc.cc.T {d}, {d}, {c};', 'subc.T {e}, 0, 0;'),
             lambda a, b, c: ((a - b & m) - c - (a < b) & m,
                              -((a - b & m) < c + (a < b)) & m)),
            (chain('mad.lo.cc.T {d}, {a}, {b}, {c};', 'madc.hi.T {e}, {a}, {b}, 0;'),
             lambda a, b, c: ((a * b & m) + c & m, high(a, b) + carry(a * b & m, c) & m)),
            (chain('mad.lo.cc.T {d}, {a}, {b}, {c};', 'madc.hi.T {e}, {a}, {b}, {c};'),
             lambda a, b, c: ((a * b & m) + c & m, high(a, b) + c + carry(a * b & m, c) & m)),
            (chain('mad.hi.cc.T {d}, {a}, {b}, {c};', 'madc.lo.T {e}, {a}, {b}, {c};'),
             lambda a, b, c: (high(a, b) + c & m, a * b + c + carry(high(a, b), c) & m)),
            (chain('add.cc.T {d}, {a}, {b};', 'madc.lo.cc.T {d}, {a}, {c}, {b};',
                   'addc.T {e}, 0, 0;'),
             lambda a, b, c: (a * c + b + carry(a, b) & m, carry(a * c & m, b, carry(a, b)))),
            (chain('add.cc.T {d}, {a}, {b};', 'madc.hi.cc.T {d}, {a}, {c}, {b};',
                   'addc.T {e}, {c}, 0;'),
             lambda a, b, c: (high(a, c) + b + carry(a, b) & m,
                              c + carry(high(a, c), b, carry(a, b)) & m)),
        ]
        for template, function in cases:
            extra = [(m, 1, 0), (m, 1, m), (m, m, m), (0, 0, 0), (0, 1, 0), (1, 0, m),
                     (m - 1, 1, m), (1 << (n - 1), 1 << (n - 1), m), (m, 0, m)]
            section(group, template, 'd:%s e:%s a:%s b:%s c:%s' % ((kind,) * 5),
                    int_inputs(template, [n, n, n], extra=extra), function)


# ------------------------------------------------------------------------------------------------
# Logic, shifts and moves
# ------------------------------------------------------------------------------------------------

SHIFT_AMOUNTS = Choice([0, 1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 0x80000000,
                        0xffffffff])

# The prmt modes: source byte numbers of result bytes 0 to 3, for c[1:0] = 0 to 3.
PRMT_MODES = {
    'f4e': [(0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 6)],
    'b4e': [(0, 7, 6, 5), (1, 0, 7, 6), (2, 1, 0, 7), (3, 2, 1, 0)],
    'rc8': [(0, 0, 0, 0), (1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3)],
    'ecl': [(0, 1, 2, 3), (1, 1, 2, 3), (2, 2, 2, 3), (3, 3, 3, 3)],
    'ecr': [(0, 0, 0, 0), (0, 1, 1, 1), (0, 1, 2, 2), (0, 1, 2, 3)],
    'rc16': [(0, 1, 0, 1), (2, 3, 2, 3), (0, 1, 0, 1), (2, 3, 2, 3)],
}


def logic_tables():
    group = 'logic'
    for op, function in [('and', lambda a, b: a & b), ('or', lambda a, b: a | b),
                         ('xor', lambda a, b: a ^ b)]:
        for bits in (16, 32, 64):
            int_section(group, op, 'b%d' % bits, 2, function)
        section(group, op + '.pred {d}, {a}, {b};', regs('pred', 'pred', 'pred'),
                itertools.product((0, 1), repeat=2), function)
    for bits in (16, 32, 64):
        int_section(group, 'not', 'b%d' % bits, 1, lambda a: ~a)
        int_section(group, 'cnot', 'b%d' % bits, 1, lambda a: int(a == 0))
    section(group, 'not.pred {d}, {a};', regs('pred', 'pred'), [(0,), (1,)], lambda a: 1 - a)

    for lut in [0x00, 0x01, 0x0f, 0x1a, 0x1e, 0x2d, 0x33, 0x3c, 0x40, 0x55, 0x69, 0x78, 0x7f, 0x80,
                0x96, 0xaa, 0xca, 0xcc, 0xd8, 0xe8, 0xf0, 0xf8, 0xfe, 0xff]:
        def look_up(a, b, c, lut=lut):
            value = 0
            for i in range(32):
                entry = (a >> i & 1) << 2 | (b >> i & 1) << 1 | (c >> i & 1)
                value |= (lut >> entry & 1) << i
            return value
        template = 'lop3.b32 {d}, {a}, {b}, {c}, 0x%02x;' % lut
        section(group, template, regs('b32', 'b32', 'b32', 'b32'),
                int_inputs(template, [32] * 3, edge_rows=12,
                           extra=[(0xf0f0f0f0, 0xcccccccc, 0xaaaaaaaa)]), look_up)

    for direction, mode in itertools.product('lr', ['clamp', 'wrap']):
        def funnel(a, b, c, left=direction == 'l', clamped=mode == 'clamp'):
            amount = min(c, 32) if clamped else c & 31
            value = b << 32 | a
            return value << amount >> 32 & mask(32) if left else value >> amount & mask(32)
        template = 'shf.%s.%s.b32 {d}, {a}, {b}, {c};' % (direction, mode)
        section(group, template, regs('b32', 'b32', 'b32', 'u32'),
                int_inputs(template, [32] * 3, columns=[edges(32), edges(32), SHIFT_AMOUNTS],
                           edge_rows=36), funnel)
    for bits in (16, 32, 64):
        options = dict(columns=[edges(bits), SHIFT_AMOUNTS], edge_rows=36)
        int_section(group, 'shl', 'b%d' % bits, 2, lambda a, b, n=bits: a << min(b, n),
                    sources=['b%d' % bits, 'u32'], **options)
        for letter in 'bus':
            kind = letter + str(bits)
            int_section(group, 'shr', kind, 2, lambda a, b, n=bits: a >> min(b, n),
                        sources=[kind, 'u32'], **options)

    def permute(a, b, selectors):
        source = b << 32 | a
        value = 0
        for i, selector in enumerate(selectors):
            byte = source >> 8 * (selector & 7) & 0xff
            if selector & 8:
                byte = 0xff if byte & 0x80 else 0
            value |= byte << 8 * i
        return value
    bytes_a, bytes_b = 0x33221100, 0x77665544
    extra = [(bytes_a, bytes_b, c) for c in (0x3210, 0x7654, 0x0123, 0x5410, 0x7632, 0x4567)]
    extra += [(0x80ff7f01, 0x00818200, c) for c in (0xba98, 0xfedc, 0xb210, 0x3a98, 0x89ab)]
    section(group, 'prmt.b32 {d}, {a}, {b}, {c};', regs('b32', 'b32', 'b32', 'b32'),
            int_inputs('prmt', [32] * 3, extra=extra),
            lambda a, b, c: permute(a, b, [c >> 4 * i & 15 for i in range(4)]))
    for mode, rows in PRMT_MODES.items():
        template = 'prmt.b32.%s {d}, {a}, {b}, {c};' % mode
        extra = [(bytes_a, bytes_b, c) for c in (0, 1, 2, 3, 4, 7, 0xfffffffe)]
        extra += [(0x80ff7f01, 0x00818283, c) for c in range(4)]
        section(group, template, regs('b32', 'b32', 'b32', 'b32'),
                int_inputs(template, [32] * 3, extra=extra, edge_rows=8),
                lambda a, b, c, rows=rows: permute(a, b, rows[c & 3]))


def move_tables():
    group = 'mov'
    for kind in ['b16', 'b32', 'b64', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'f32', 'f64']:
        bits = type_bits(kind)
        template = 'mov.%s {d}, {a};' % kind
        section(group, template, regs(kind, kind), int_inputs(template, [bits]), lambda a: a)
    section(group, 'mov.pred {d}, {a};', regs('pred', 'pred'), [(0,), (1,)], lambda a: a)

    def add(template, types, function):
        widths = [type_bits(t.split(':')[1]) for t in types.split() if t[0] in 'abc']
        section(group, template, types, int_inputs(template, widths), function)
    add('mov.b32 {d}, {{a}, {b}};', 'd:b32 a:b16 b:b16', lambda a, b: a | b << 16)
    add('mov.b32 {d}, {{b}, {a}};', 'd:b32 a:b16 b:b16', lambda a, b: b | a << 16)
    add('mov.b32 {{d}, {e}}, {a};', 'd:b16 e:b16 a:b32', lambda a: (a & 0xffff, a >> 16))
    add('mov.b32 {{d}, _}, {a};', 'd:b16 a:b32', lambda a: a & 0xffff)
    add('mov.b32 {_, {d}}, {a};', 'd:b16 a:b32', lambda a: a >> 16)
    add('mov.b32 {{d}, {e}}, {a};', 'd:u16 e:s16 a:f32', lambda a: (a & 0xffff, a >> 16))
    add('mov.b64 {d}, {{a}, {b}};', 'd:b64 a:b32 b:b32', lambda a, b: a | b << 32)
    add('mov.b64 {d}, {{a}, {b}};', 'd:f64 a:u32 b:s32', lambda a, b: a | b << 32)
    add('mov.b64 {d}, {{a}, {b}};', 'd:b64 a:f32 b:f32', lambda a, b: a | b << 32)
    add('mov.b64 {{d}, {e}}, {a};', 'd:b32 e:b32 a:b64', lambda a: (a & mask(32), a >> 32))
    add('mov.b64 {{d}, {e}}, {a};', 'd:u32 e:s32 a:f64', lambda a: (a & mask(32), a >> 32))
    add('mov.b64 {{d}, _}, {a};', 'd:b32 a:b64', lambda a: a & mask(32))
    add('mov.b64 {_, {d}}, {a};', 'd:b32 a:b64', lambda a: a >> 32)
    # Four halves: the format has three sources and two results, so some names repeat or sink.
    add('mov.b64 {d}, {{a}, {b}, {c}, {a}};', 'd:b64 a:b16 b:b16 c:b16',
        lambda a, b, c: a | b << 16 | c << 32 | a << 48)
    add('mov.b64 {d}, {{c}, {a}, {a}, {b}};', 'd:b64 a:b16 b:b16 c:b16',
        lambda a, b, c: c | a << 16 | a << 32 | b << 48)
    add('mov.b64 {{d}, {e}, _, _}, {a};', 'd:b16 e:b16 a:b64',
        lambda a: (a & 0xffff, a >> 16 & 0xffff))
    add('mov.b64 {_, _, {d}, {e}}, {a};', 'd:b16 e:b16 a:b64',
        lambda a: (a >> 32 & 0xffff, a >> 48))
    add('mov.b64 {{e}, _, _, {d}}, {a};', 'd:b16 e:b16 a:b64',
        lambda a: (a >> 48, a & 0xffff))


# ------------------------------------------------------------------------------------------------
# Floating-point formats, decoding and rounding
# ------------------------------------------------------------------------------------------------

class Format:
    """A binary floating-point format with the IEEE 754 encoding."""

    def __init__(self, name, exponent_bits, mantissa_bits, canonical_nan):
        self.name = name
        self.m = mantissa_bits
        self.width = 1 + exponent_bits + mantissa_bits
        self.emin = 2 - (1 << (exponent_bits - 1))      # exponent of the least normal number
        self.sign_bit = 1 << (self.width - 1)
        self.inf = mask(exponent_bits) << mantissa_bits
        self.max = self.inf - 1
        self.min_normal = 1 << mantissa_bits
        self.canonical_nan = canonical_nan
        self.one = self.encode(Fraction(1))

    def encode(self, value, mode='rn'):
        """The bits of a rational number rounded to the format (zero is +0)."""
        value = Fraction(value)
        return self.round(int(value < 0), abs(value), mode)

    def round(self, sign, magnitude, mode):
        """Rounds a non-negative rational with a sign; this is the one rounding function."""
        if magnitude == 0:
            return sign * self.sign_bit
        exponent = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
        if magnitude < pow2(exponent):
            exponent -= 1
        exponent = max(exponent, self.emin)
        scaled = magnitude * pow2(self.m - exponent)    # in units in the last place
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        away = {'rn': 2 * rest > scaled.denominator
                      or (2 * rest == scaled.denominator and whole & 1),
                'rz': False,
                'rm': sign and rest,
                'rp': not sign and rest}[mode]
        bits = ((exponent - self.emin) << self.m) + whole + (1 if away else 0)
        if bits >= self.inf:
            bits = self.inf if mode == 'rn' or mode == ('rm' if sign else 'rp') else self.max
        return sign * self.sign_bit | bits

    def is_subnormal(self, bits):
        return 0 < bits & ~self.sign_bit < self.min_normal

    def flush(self, bits):
        """A subnormal number turned into the zero of its sign."""
        return bits & self.sign_bit if self.is_subnormal(bits) else bits


def pow2(exponent):
    return Fraction(1 << exponent) if exponent >= 0 else Fraction(1, 1 << -exponent)


F16 = Format('f16', 5, 10, 0x7fff)
BF16 = Format('bf16', 8, 7, 0x7fff)
F32 = Format('f32', 8, 23, 0x7fffffff)
F64 = Format('f64', 11, 52, None)
FORMATS = {f.name: f for f in (F16, BF16, F32, F64)}

# A decoded number: kind is 'nan', 'inf' or 'num', magnitude a Fraction for 'num'.
Number = collections.namedtuple('Number', 'kind sign magnitude')
INVALID = Number('nan', 0, None)


def decode(fmt, bits, ftz=False):
    if ftz:
        bits = fmt.flush(bits)
    sign = int(bool(bits & fmt.sign_bit))
    bits &= ~fmt.sign_bit
    if bits > fmt.inf:
        return Number('nan', sign, None)
    if bits == fmt.inf:
        return Number('inf', sign, None)
    exponent, mantissa = bits >> fmt.m, bits & mask(fmt.m)
    if exponent:
        mantissa |= 1 << fmt.m
        exponent -= 1
    return Number('num', sign, mantissa * pow2(exponent + fmt.emin - fmt.m))


def value_of(number):
    return -number.magnitude if number.sign else number.magnitude


def negate(x):
    return x if x.kind == 'nan' else x._replace(sign=1 - x.sign)


def exact_add(x, y, mode):
    if 'nan' in (x.kind, y.kind):
        return INVALID
    if x.kind == y.kind == 'inf':
        return x if x.sign == y.sign else INVALID
    if 'inf' in (x.kind, y.kind):
        return x if x.kind == 'inf' else y
    total = value_of(x) + value_of(y)
    if total == 0:
        # Equal signs keep their sign; an exact cancellation is +0 except when rounding down.
        sign = x.sign if x.sign == y.sign else int(mode == 'rm')
        return Number('num', sign, Fraction(0))
    return Number('num', int(total < 0), abs(total))


def exact_mul(x, y, _mode=None):
    if 'nan' in (x.kind, y.kind):
        return INVALID
    sign = x.sign ^ y.sign
    if 'inf' in (x.kind, y.kind):
        zero = any(v.kind == 'num' and v.magnitude == 0 for v in (x, y))
        return INVALID if zero else Number('inf', sign, None)
    return Number('num', sign, x.magnitude * y.magnitude)


def exact_div(x, y, _mode=None):
    if 'nan' in (x.kind, y.kind) or x.kind == y.kind == 'inf':
        return INVALID
    sign = x.sign ^ y.sign
    if x.kind == 'inf':
        return Number('inf', sign, None)
    if y.kind == 'inf':
        return Number('num', sign, Fraction(0))
    if y.magnitude == 0:
        return INVALID if x.magnitude == 0 else Number('inf', sign, None)
    return Number('num', sign, x.magnitude / y.magnitude)


def exact_fma(x, y, z, mode):
    return exact_add(exact_mul(x, y), z, mode)


def near_sqrt(x, _mode=None):
    """The square root, exact if rational, else a value that rounds as the root does.

    The root is cut to 128 and more bits and, if inexact, given one more bit.  No number of 54
    bits and no midpoint lies between it and the true root.
    """
    if x.kind == 'nan' or (x.sign and (x.kind == 'inf' or x.magnitude)):
        return INVALID
    if x.kind == 'inf' or x.magnitude == 0:
        return x
    shift = 1400                        # makes every f64 an integer with 128 bits of root left
    scaled = x.magnitude * pow2(2 * shift)
    assert scaled.denominator == 1
    root = int_sqrt(scaled.numerator)
    root = 2 * root + (root * root != scaled.numerator)
    return Number('num', 0, Fraction(root) * pow2(-shift - 1))


def int_sqrt(n):
    guess = 1 << ((n.bit_length() + 1) // 2)
    while True:
        better = (guess + n // guess) // 2
        if better >= guess:
            return guess
        guess = better


def finish(fmt, x, mode='rn', ftz=False, sat=False, relu=False):
    """Rounds an exact result and applies the modifiers.

    None (open) where the ISA's words do not settle the bits: whether .ftz flushes a result below
    the normal range that rounds up to the least normal number, and whether clamping by .sat or
    .relu keeps the sign of a negative zero.
    """
    if x.kind == 'nan':
        if sat:
            return 0
        return fmt.canonical_nan if relu else NAN
    if x.kind == 'inf':
        bits = x.sign * fmt.sign_bit | fmt.inf
    else:
        bits = fmt.round(x.sign, x.magnitude, mode)
        if ftz:
            if bits & ~fmt.sign_bit == fmt.min_normal and x.magnitude < pow2(fmt.emin):
                return None
            bits = fmt.flush(bits)
    if sat or relu:
        if bits == fmt.sign_bit:
            return None
        if bits & fmt.sign_bit:
            return 0
        if sat and bits > fmt.one:
            return fmt.one
    return bits


# ------------------------------------------------------------------------------------------------
# Floating-point source rows
# ------------------------------------------------------------------------------------------------

def specials(fmt):
    """Zeros, ones and neighbours, range ends, subnormals, infinities and NaNs."""
    positive = [0, fmt.one, fmt.one + 1, fmt.one - 1, fmt.encode(2), fmt.encode(Fraction(1, 2)),
                fmt.encode(Fraction(3, 2)), fmt.max, fmt.min_normal, fmt.min_normal - 1,
                fmt.min_normal + 1, 1, fmt.inf]
    values = [v for p in positive for v in (p, p | fmt.sign_bit)]
    quiet = fmt.inf | 1 << (fmt.m - 1)
    return values + [quiet, mask(fmt.width - 1), quiet | fmt.sign_bit | 1, fmt.inf + 1]


def random_float(fmt, rng, near=None):
    """A random number: often of moderate size or near another, sometimes any bits at all."""
    kind = rng.randrange(8)
    if near is not None and kind < 4:
        exponent = (near & ~fmt.sign_bit) >> fmt.m
        exponent += rng.randint(-fmt.m - 2, 3)
        exponent = max(0, min(exponent, (fmt.inf >> fmt.m) - 1))
    elif kind < 7:
        exponent = (fmt.one >> fmt.m) + rng.randint(-6, 5)
    else:
        return rng.getrandbits(fmt.width)
    return rng.getrandbits(1) * fmt.sign_bit | exponent << fmt.m | rng.getrandbits(fmt.m)


def float_inputs(template, formats, extra=(), special_rows=24, random_rows=20):
    """Source rows for a floating-point template; formats may also name integer widths."""
    rng = random.Random(template)
    columns = [specials(f) if isinstance(f, Format) else edges(f) for f in formats]
    rows = list(extra)
    if len(formats) == 1:
        rows += [(v,) for v in columns[0]]
    else:
        rows += product_sample(columns, special_rows, rng)
    for _ in range(random_rows):
        row = []
        for f in formats:
            if isinstance(f, Format):
                row.append(random_float(f, rng, row[0] if row else None))
            else:
                row.append(rng.getrandbits(f))
        rows.append(tuple(row))
    return rows


def add_cases(fmt):
    """Sums at, below and above ties, cancellations, overflow and underflow."""
    e = fmt.encode
    ulp = pow2(-fmt.m)
    s = fmt.sign_bit
    tie = e(ulp / 2)
    top = pow2(-fmt.emin + 1)           # the binade of the greatest number
    return [(fmt.one, tie), (fmt.one, tie + 1), (fmt.one, tie - 1), (fmt.one + 1, tie),
            (fmt.one + 1, tie + 1), (fmt.one + 1, tie - 1), (fmt.one | s, tie | s),
            (fmt.one + 1 | s, tie | s), (fmt.one, tie | s), (fmt.one, e(ulp / 4) | s),
            (fmt.one, fmt.one | s), (0, 0), (0, s), (s, s), (s, 0), (fmt.max, fmt.max),
            (fmt.max | s, fmt.max | s), (fmt.max, e(top * ulp / 2)), (fmt.max, e(top * ulp / 4)),
            (fmt.max, 1), (fmt.inf, fmt.inf | s), (fmt.inf, fmt.inf), (fmt.inf | s, fmt.max),
            (fmt.min_normal, 1 | s), (fmt.min_normal - 1, 1), (fmt.min_normal | s, 1),
            (fmt.min_normal, fmt.min_normal + 1 | s), (1, 1), (1, 1 | s)]


def sub_cases(fmt):
    return [(a, b ^ fmt.sign_bit) for a, b in add_cases(fmt)]


def mul_cases(fmt):
    """Products at ties, beyond both ends of the range, and of zeros and infinities."""
    e = fmt.encode
    s = fmt.sign_bit
    half, quarter = e(Fraction(1, 2)), e(Fraction(1, 4))
    small = e(pow2(fmt.emin // 2 - 2))
    return [(fmt.one + 1, fmt.one + 1), (fmt.one + 1, e(Fraction(3, 2))),
            (fmt.one + 1 | s, e(Fraction(3, 2))), (fmt.one + 3, e(Fraction(3, 2))),
            (fmt.one - 1, fmt.one - 1), (fmt.one - 1, fmt.one + 1), (fmt.max, e(2)),
            (fmt.max | s, e(2)), (fmt.max, fmt.one + 1), (fmt.max, fmt.max | s),
            (fmt.min_normal, half), (fmt.min_normal + 1, half), (fmt.min_normal - 1, half),
            (fmt.min_normal | s, half), (1, half), (1 | s, half), (3, half), (1, e(Fraction(3, 4))),
            (1, quarter), (fmt.min_normal, fmt.one - 1), (small, small), (small | s, small),
            (fmt.inf, 0), (0, fmt.inf | s), (fmt.inf, fmt.inf | s), (0, s), (s, fmt.one),
            (fmt.inf, 1), (fmt.one, fmt.max)]


def fma_cases(fmt):
    """Cases that a product rounded before the addition would get wrong, and special values."""
    e = fmt.encode
    s = fmt.sign_bit
    up, down = fmt.one + 1, fmt.one - 1
    tie = e(pow2(-fmt.m - 1))
    return [(up, down, fmt.one | s), (up, up, up | s), (up, up, e(2) | s), (up, down, tie),
            (fmt.max, e(2), fmt.max | s), (fmt.max, fmt.max, fmt.inf | s), (fmt.max, up, 1),
            (fmt.inf, 0, fmt.one), (0, fmt.inf | s, 1), (fmt.inf, fmt.one, fmt.inf | s),
            (fmt.inf, fmt.one, fmt.inf), (fmt.one, fmt.one, fmt.one | s), (fmt.one, 0, s),
            (fmt.one | s, 0, s), (s, fmt.one, 0), (0, 0, 0), (fmt.one, tie, fmt.one),
            (fmt.one, tie | s, fmt.one), (tie, up, fmt.one), (1, e(Fraction(1, 2)), 1),
            (1, 1, 1), (1, 1, fmt.one), (1, 1 | s, fmt.one), (1, 1 | s, 0),
            (fmt.min_normal, down, 0), (fmt.min_normal, down, 1),
            (fmt.min_normal, e(Fraction(1, 2)), fmt.min_normal - 1), (fmt.max, fmt.one, fmt.max),
            (fmt.one | s, fmt.one, 0)]


def div_cases(fmt):
    e = fmt.encode
    s = fmt.sign_bit
    return [(fmt.one, e(3)), (fmt.one | s, e(3)), (e(2), e(3)), (fmt.one, e(10)), (e(7), e(5)),
            (fmt.one, fmt.one + 1), (fmt.one, fmt.one - 1), (fmt.max, e(Fraction(1, 2))),
            (fmt.max, fmt.min_normal), (fmt.min_normal, e(2)), (fmt.min_normal, fmt.max),
            (1, e(2)), (1 | s, e(2)), (3, e(2)), (1, fmt.max), (fmt.one, 0), (fmt.one, s),
            (fmt.one | s, 0), (0, 0), (0, fmt.one), (s, fmt.one), (fmt.inf, fmt.inf),
            (fmt.inf, e(2)), (fmt.inf, s), (fmt.one, fmt.inf | s), (fmt.max, fmt.max), (1, 1),
            (fmt.one, 1), (fmt.one, fmt.max), (fmt.min_normal - 1, fmt.one + 1), (fmt.inf, fmt.max)]


def operands(arity):
    return ', '.join('{%s}' % name for name in 'dabc'[:arity + 1])


def arithmetic(fmt, function, mode='rn', ftz=False, sat=False, relu=False):
    """The bits function of an arithmetic instruction with its modifiers."""
    def run(*args):
        numbers = [decode(fmt, v, ftz) for v in args]
        return finish(fmt, function(*numbers, mode), mode, ftz, sat, relu)
    return run


def exact_sub(x, y, mode):
    return exact_add(x, negate(y), mode)


def exact_rcp(x, mode):
    return exact_div(Number('num', 0, Fraction(1)), x, mode)


# ------------------------------------------------------------------------------------------------
# Single and double precision arithmetic
# ------------------------------------------------------------------------------------------------

MODES = ['rn', 'rz', 'rm', 'rp']


def float_section(group, name, fmt, arity, function, extra=(), result=None, **options):
    """A section `name d, a, b, c;` whose sources have the format's type."""
    template = '%s %s;' % (name, operands(arity))
    section(group, template, regs(result or fmt.name, *[fmt.name] * arity),
            float_inputs(template, [fmt] * arity, extra, **options), function)


def float_tables():
    group = 'float'
    binary = [('add', 2, exact_add, add_cases), ('sub', 2, exact_sub, sub_cases),
              ('mul', 2, exact_mul, mul_cases), ('fma', 3, exact_fma, fma_cases)]
    divisions = [('div', 2, exact_div, div_cases), ('rcp', 1, exact_rcp, lambda fmt: []),
                 ('sqrt', 1, near_sqrt, lambda fmt: [(fmt.encode(v),) for v in (2, 3, 4, 9, 10)])]
    for op, arity, function, cases in binary:
        for mode in ([''] if op != 'fma' else []) + MODES:
            suffix = '.' + mode if mode else ''
            for ftz, sat in itertools.product((False, True), repeat=2):
                name = op + suffix + ('.ftz' if ftz else '') + ('.sat' if sat else '') + '.f32'
                float_section(group, name, F32, arity,
                              arithmetic(F32, function, mode or 'rn', ftz, sat), cases(F32))
            float_section(group, op + suffix + '.f64', F64, arity,
                          arithmetic(F64, function, mode or 'rn'), cases(F64))
    for name, fmt in [('mad.rn.f32', F32), ('mad.rz.ftz.sat.f32', F32), ('mad.rn.f64', F64)]:
        float_section(group, name, fmt, 3,
                      arithmetic(fmt, exact_fma, name.split('.')[1], 'ftz' in name, 'sat' in name),
                      fma_cases(fmt))
    for op, arity, function, cases in divisions:
        for mode in MODES:
            for ftz in (False, True):
                name = '%s.%s%s.f32' % (op, mode, '.ftz' if ftz else '')
                float_section(group, name, F32, arity, arithmetic(F32, function, mode, ftz),
                              cases(F32))
            float_section(group, '%s.%s.f64' % (op, mode), F64, arity,
                          arithmetic(F64, function, mode), cases(F64))

    for fmt, ftz in [(F32, False), (F32, True), (F64, False)]:
        tail = ('.ftz.' if ftz else '.') + fmt.name
        sign_section(group, 'neg' + tail, fmt, ftz)
        sign_section(group, 'abs' + tail, fmt, ftz)
        for op in ('min', 'max'):
            for flags in ([(), ('NaN',), ('xorsign', 'abs'), ('NaN', 'xorsign', 'abs')]
                          if fmt is F32 else [()]):
                name = '.'.join([op] + (['ftz'] if ftz else []) + list(flags) + [fmt.name])
                float_section(group, name, fmt, 2, extreme(op, fmt, ftz, flags), extreme_cases(fmt))
    for fmt in (F32, F64):
        template = 'copysign.%s {d}, {a}, {b};' % fmt.name
        section(group, template, regs(fmt.name, fmt.name, fmt.name),
                float_inputs(template, [fmt, fmt]),
                lambda a, b, f=fmt: NAN if decode(f, b).kind == 'nan'
                else b & ~f.sign_bit | a & f.sign_bit)
        for what, test in [('finite', lambda f, x, b: x.kind == 'num'),
                           ('infinite', lambda f, x, b: x.kind == 'inf'),
                           ('number', lambda f, x, b: x.kind != 'nan'),
                           ('notanumber', lambda f, x, b: x.kind == 'nan'),
                           ('normal', lambda f, x, b: x.kind == 'num' and not f.is_subnormal(b)),
                           ('subnormal', lambda f, x, b: f.is_subnormal(b))]:
            template = 'testp.%s.%s {d}, {a};' % (what, fmt.name)
            section(group, template, regs('pred', fmt.name), float_inputs(template, [fmt]),
                    lambda a, f=fmt, t=test: int(t(f, decode(f, a), a)))


def sign_change(op, fmt, ftz):
    """neg and abs: a NaN gives a NaN that is not specified."""
    def run(a):
        if decode(fmt, a).kind == 'nan':
            return NAN
        a = fmt.flush(a) if ftz else a
        return a ^ fmt.sign_bit if op == 'neg' else a & ~fmt.sign_bit
    return run


def sign_section(group, name, fmt, ftz):
    float_section(group, name, fmt, 1, sign_change(name.split('.')[0], fmt, ftz))


def extreme(op, fmt, ftz, flags):
    """min and max of two numbers; -0 is below +0."""
    def run(a, b):
        if ftz:
            a, b = fmt.flush(a), fmt.flush(b)
        sign = (a ^ b) & fmt.sign_bit
        if 'abs' in flags:
            a, b = a & ~fmt.sign_bit, b & ~fmt.sign_bit
        nans = [decode(fmt, v).kind == 'nan' for v in (a, b)]
        if all(nans) or (any(nans) and 'NaN' in flags):
            return fmt.canonical_nan if 'NaN' in flags else NAN
        if any(nans):
            chosen = b if nans[0] else a
        else:
            # Sign and magnitude bits order like the numbers they stand for, zeros included.
            def key(v):
                return -1 - (v & ~fmt.sign_bit) if v & fmt.sign_bit else v
            chosen = (min if op == 'min' else max)(a, b, key=key)
        return chosen & ~fmt.sign_bit | sign if 'xorsign' in flags else chosen
    return run


def extreme_cases(fmt):
    s = fmt.sign_bit
    nan, one = fmt.inf | 1 << (fmt.m - 1), fmt.one
    return [(0, s), (s, 0), (0, 0), (s, s), (nan, one), (one, nan), (nan, nan), (nan | s, one),
            (one | s, nan), (nan, one | s), (nan, nan | s), (nan, fmt.inf), (1, 0), (1 | s, 0),
            (1, 1 | s), (fmt.inf, fmt.inf | s), (one, one | s), (one | s, one | s), (nan, 1),
            (1 | s, nan), (one, one + 1), (one | s, one + 1 | s)]


# ------------------------------------------------------------------------------------------------
# Approximations
# ------------------------------------------------------------------------------------------------

decimal.getcontext().prec = 60
decimal.getcontext().Emax = 10 ** 9
decimal.getcontext().Emin = -10 ** 9
Decimal = decimal.Decimal


def to_decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


def to_fraction(value):
    return Fraction(*value.as_integer_ratio())


def decimal_pi():
    """Machin's formula: pi = 16 arctan(1/5) - 4 arctan(1/239)."""
    def arctan_inverse(n):
        total, power, k = Decimal(0), Decimal(1) / n, 0
        while abs(power) > Decimal(10) ** -70:
            total += power / (2 * k + 1)
            power /= -n * n
            k += 1
        return total
    return 16 * arctan_inverse(5) - 4 * arctan_inverse(239)


PI = decimal_pi()
LN2 = Decimal(2).ln()


def sine(x, phase=0):
    """sin(x + phase * pi/2) by its series, the argument first brought into -pi..pi."""
    x = (to_decimal(x) + phase * PI / 2) % (2 * PI)     # keeps the sign of x
    if abs(x) > PI:
        x -= (2 * PI).copy_sign(x)
    total, term, k = Decimal(0), x, 1
    while abs(term) > Decimal(10) ** -58 * max(abs(total), Decimal(10) ** -60):
        total += term
        term *= -x * x / ((k + 1) * (k + 2))
        k += 2
        if k > 200:
            break
    return to_fraction(total)


def exp2(x):
    if x.denominator == 1:              # exact, for the tie at half the least subnormal
        return pow2(x.numerator)
    return to_fraction((to_decimal(x) * LN2).exp())


def log2(x):
    if x == 1:
        return Fraction(0)
    return to_fraction(to_decimal(x).ln() / LN2)


def tanh(x):
    y = to_decimal(x)
    if abs(y) < Decimal(10) ** -12:     # the next term, x^5 * 2/15, is out of sight
        return to_fraction(y - y * y * y / 3)
    if abs(y) > 80:
        return Fraction(1 if y > 0 else -1)
    t = (2 * y).exp()
    return to_fraction((t - 1) / (t + 1))


def rounded(fmt, value, bound, ftz=False):
    """The expected field for an approximated finite value; None where .ftz might go either way."""
    if ftz:
        least = pow2(fmt.emin)
        if abs(value) < least * (1 - pow2(4 - fmt.m)):
            return fmt.sign_bit if value < 0 else 0
        if abs(value) < least * (1 + pow2(4 - fmt.m)):
            return None
    return Approx(fmt.encode(value), bound)


def approx_section(group, name, fmt, points, function):
    """A one-source section: function maps a decoded source to a field (or bits, NAN, None)."""
    template = name + ' {d}, {a};'
    ftz = '.ftz.' in name
    inputs = [(fmt.encode(p),) for p in points] + float_inputs(template, [fmt])
    section(group, template, regs(fmt.name, fmt.name), inputs,
            lambda a: function(decode(fmt, a, ftz), a))


def approx_tables():
    group = 'approx'
    rng = random.Random('approx')
    one = Fraction(1)
    spread = [Fraction(rng.randrange(1, 1 << 24), 1 << 12) for _ in range(12)]
    spread += [pow2(e) * 3 / 2 for e in (-126, -100, -50, -20, 20, 50, 100, 126)]
    near_one = [one + k * pow2(-23) for k in (-8, -4, -1, 1, 4, 8)]
    for ftz in (False, True):
        tail = '.ftz.f32' if ftz else '.f32'

        def rcp(x, _bits, ftz=ftz):
            if x.kind == 'nan':
                return NAN
            if x.kind == 'inf':
                return x.sign * F32.sign_bit
            if x.magnitude == 0:
                return x.sign * F32.sign_bit | F32.inf
            return rounded(F32, 1 / value_of(x), 'ulp=1', ftz)

        def sqrt(x, bits, ftz=ftz, reciprocal=False):
            if x.kind == 'nan':
                return NAN
            if x.kind == 'num' and x.magnitude == 0:
                return (x.sign * F32.sign_bit | F32.inf) if reciprocal else x.sign * F32.sign_bit
            if x.sign:                  # the tables do not list negative subnormals without .ftz
                return None if F32.is_subnormal(bits) else NAN
            if x.kind == 'inf':
                return 0 if reciprocal else F32.inf
            root = near_sqrt(x).magnitude
            if reciprocal:
                return rounded(F32, 1 / root, 'rel=2^-22.9', ftz)
            return rounded(F32, root, 'rel=2^-23', ftz)

        def rsqrt(x, bits, sqrt=sqrt):
            return sqrt(x, bits, reciprocal=True)

        def trigonometric(phase, ftz=ftz):
            def run(x, _bits):
                if x.kind != 'num':
                    return NAN
                if x.magnitude == 0:
                    return F32.one if phase else x.sign * F32.sign_bit
                size = to_decimal(x.magnitude)
                if size > 100 * PI:
                    return None
                bound = 'abs=2^-20.5' if size <= 2 * PI else 'abs=2^-14.7'
                return rounded(F32, sine(value_of(x), phase), bound, ftz)
            return run

        def lg2(x, bits, ftz=ftz):
            if x.kind == 'nan':
                return NAN
            if x.kind == 'num' and x.magnitude == 0:
                return F32.sign_bit | F32.inf
            if x.sign:
                return None if F32.is_subnormal(bits) else NAN
            if x.kind == 'inf':
                return F32.inf
            inside = Fraction(1, 2) < x.magnitude < 2
            return Approx(F32.encode(log2(x.magnitude)), 'abs=2^-22' if inside else 'rel=2^-22')

        def ex2(x, _bits, ftz=ftz):
            if x.kind == 'nan':
                return NAN
            if x.kind == 'inf':
                return 0 if x.sign else F32.inf
            if x.magnitude == 0:
                return F32.one
            if x.magnitude > 10000:     # far outside the range: below the least subnormal or Inf
                return Approx(0 if x.sign else F32.inf, 'ulp=2')
            return rounded(F32, exp2(value_of(x)), 'ulp=2', ftz)
        angles = [Fraction(k, 8) * s for k in (1, 4, 8, 12, 16, 25, 40, 50) for s in (1, -1)]
        angles += [to_fraction(PI * k / 4) for k in range(1, 9)]
        angles += [to_fraction(PI * k) for k in (-99, -50, 10, 33, 77, 99)]
        angles += [Fraction(rng.randrange(-314000, 314000), 1000) for _ in range(10)]
        powers = [Fraction(k) for k in (-150, -149, -148, -127, -126, -125, -1, 1, 2, 10, 126, 127,
                                        128, 129)]
        powers += [Fraction(rng.randrange(-140000, 128000), 1000) for _ in range(14)]
        powers += [Fraction(1, 2), Fraction(-1, 2), Fraction(255, 2), Fraction(-273, 2)]
        approx_section(group, 'rcp.approx' + tail, F32, spread + near_one, rcp)
        approx_section(group, 'sqrt.approx' + tail, F32, spread + near_one + [4, 9], sqrt)
        approx_section(group, 'rsqrt.approx' + tail, F32, spread + near_one + [4, 9], rsqrt)
        approx_section(group, 'sin.approx' + tail, F32, angles, trigonometric(0))
        approx_section(group, 'cos.approx' + tail, F32, angles, trigonometric(1))
        approx_section(group, 'lg2.approx' + tail, F32, spread + near_one + [4, 1024], lg2)
        approx_section(group, 'ex2.approx' + tail, F32, powers, ex2)

        for name in ('div.approx', 'div.full'):
            def divide(a, b, name=name, ftz=ftz):
                x, y = decode(F32, a, ftz), decode(F32, b, ftz)
                if name == 'div.approx':
                    # The bound is given for |b| in 2^-126..2^126 only.
                    if y.kind != 'num' or not y.magnitude:
                        positive = y.kind == 'num' and not y.sign and x.kind == 'num'
                        if positive and x.magnitude and not x.sign:
                            return F32.inf
                        return NAN if 'nan' in (x.kind, y.kind) else None
                    if y.magnitude < pow2(-126):
                        return None
                    if y.magnitude > pow2(126):
                        if x.kind != 'num':
                            return NAN
                        return None if x.sign or y.sign else 0
                exact = exact_div(x, y)
                if exact.kind != 'num' or exact.magnitude == 0:
                    return finish(F32, exact)
                return rounded(F32, value_of(exact), 'ulp=2', ftz)
            template = '%s%s {d}, {a}, {b};' % (name, tail)
            section(group, template, regs('f32', 'f32', 'f32'),
                    float_inputs(template, [F32, F32], div_cases(F32) + [
                        (F32.one, F32.encode(pow2(127))), (F32.inf, F32.encode(pow2(127))),
                        (F32.encode(3), F32.encode(pow2(126))), (F32.encode(3), F32.min_normal)]),
                    divide)

    def tanh_f32(x, bits):
        if x.kind == 'nan':
            return NAN
        if x.kind == 'inf':
            return x.sign * F32.sign_bit | F32.one
        if x.magnitude == 0 or F32.is_subnormal(bits):  # passed through
            return bits
        return Approx(F32.encode(tanh(value_of(x))), 'rel=2^-11')
    points = [Fraction(rng.randrange(-8000, 8000), 1000) for _ in range(16)]
    approx_section(group, 'tanh.approx.f32', F32, points + [10, -10, 100, pow2(-20)], tanh_f32)

    # Gross approximations of f64: no error bound is stated, so only special values are exact.
    # The zero low word of every other result is tested by a section of its own.
    def gross(reciprocal_root, ftz):
        def run(a):
            x = decode(F64, a, ftz)
            if ftz and 0 < a & mask(52) < 1 << 32 and (a >> 32) & 0x7fffffff == 0x7ff00000:
                return None             # a NaN whose upper word alone reads as an infinity
            if x.kind == 'nan':
                return 0x7fffffff00000000 if ftz else NAN
            if x.kind == 'num' and x.magnitude == 0:
                return x.sign * F64.sign_bit | F64.inf
            if reciprocal_root and x.sign:
                return None if F64.is_subnormal(a) else NAN
            return x.sign * F64.sign_bit if x.kind == 'inf' else None
        return run
    subnormals = [(1,), (1 << 32,), (F64.sign_bit | 1,), (F64.sign_bit | 0x000fffffffffffff,)]
    for name, root in [('rcp.approx.ftz.f64', False), ('rsqrt.approx.ftz.f64', True),
                       ('rsqrt.approx.f64', True)]:
        ftz = '.ftz.' in name
        template = name + ' {d}, {a};'
        section(group, template, 'd:f64 a:f64', float_inputs(template, [F64], subnormals),
                gross(root, ftz))
        if ftz:
            template = name + ' {a}, {a}; mov.b64 {{d}, _}, {a};'

            def low_word(a, root=root):
                x = decode(F64, a, True)
                upper_inf = (a >> 32) & 0x7fffffff == 0x7ff00000
                return None if root and x.sign or upper_inf and a & mask(32) else 0
            section(group, template, 'd:b32 a:f64', float_inputs(template, [F64]), low_word)


# ------------------------------------------------------------------------------------------------
# Half precision
# ------------------------------------------------------------------------------------------------

def pair_sections(group, name, fmt, arity, function, extra=()):
    """Sections for the packed form of a scalar function.

    The first has the packed 32-bit result and therefore leaves out rows with a NaN that is not
    specified; the second takes the result apart and tests each half.
    """
    template = '%s %s;' % (name, operands(arity))
    scalar = float_inputs(template, [fmt] * arity, extra, special_rows=20)
    shuffled = list(scalar)
    random.Random('pairs' + template).shuffle(shuffled)
    inputs = [tuple(lo | hi << 16 for lo, hi in zip(low, high))
              for low, high in zip(scalar, shuffled)]

    def halves(*args):
        return tuple(function(*[v >> s & 0xffff for v in args]) for s in (0, 16))

    def packed(*args):
        low, high = halves(*args)
        if not all(isinstance(v, int) for v in (low, high)):
            return None
        return low | high << 16
    if any(packed(*args) is not None for args in inputs):
        section(group, template, regs('b32', *['b32'] * arity), inputs, packed)
    apart = '%s {a}, %s; mov.b32 {{d}, {e}}, {a};' % (
        name, ', '.join('{%s}' % n for n in 'abc'[:arity]))
    types = ['d:' + fmt.name, 'e:' + fmt.name] + [n + ':b32' for n in 'abc'[:arity]]
    section(group, apart, ' '.join(types), inputs, halves)


def half_tables():
    group = 'half'
    binary = [('add', 2, exact_add, add_cases), ('sub', 2, exact_sub, sub_cases),
              ('mul', 2, exact_mul, mul_cases)]

    def both(name, fmt, arity, function, extra=()):
        float_section(group, name + '.' + fmt.name, fmt, arity, function, extra)
        pair_sections(group, name + '.' + fmt.name + 'x2', fmt, arity, function, extra)
    for op, arity, function, cases in binary:
        for rnd in ('', '.rn'):
            for ftz, sat in itertools.product((False, True), repeat=2):
                name = op + rnd + ('.ftz' if ftz else '') + ('.sat' if sat else '')
                both(name, F16, arity, arithmetic(F16, function, 'rn', ftz, sat), cases(F16))
            both(op + rnd, BF16, arity, arithmetic(BF16, function), cases(BF16))
    for ftz in (False, True):
        for modifier in ('', '.sat', '.relu'):
            both('fma.rn' + ('.ftz' if ftz else '') + modifier, F16, 3,
                 arithmetic(F16, exact_fma, 'rn', ftz, modifier == '.sat', modifier == '.relu'),
                 fma_cases(F16))
    for modifier in ('', '.relu'):
        both('fma.rn' + modifier, BF16, 3,
             arithmetic(BF16, exact_fma, relu=modifier == '.relu'), fma_cases(BF16))
    for fmt, ftz in [(F16, False), (F16, True), (BF16, False)]:
        tail = '.ftz' if ftz else ''
        for op in ('neg', 'abs'):
            both(op + tail, fmt, 1, sign_change(op, fmt, ftz))
        for op in ('min', 'max'):
            for flags in [(), ('NaN',), ('xorsign', 'abs'), ('NaN', 'xorsign', 'abs')]:
                name = '.'.join([op + tail] + list(flags))
                function = extreme(op, fmt, ftz, flags)
                float_section(group, name + '.' + fmt.name, fmt, 2, function, extreme_cases(fmt))

                # The ISA's code for the packed max looks at a NaN in a, where that for the packed
                # min and for the scalar forms looks at a NaN in the result.
                def packed(a, b, f=function, fmt=fmt, op=op, flags=flags):
                    nans = [decode(fmt, v).kind == 'nan' for v in (a, b)]
                    if op == 'max' and 'xorsign' in flags and nans[0] and not nans[1]:
                        return None
                    return f(a, b)
                pair_sections(group, name + '.' + fmt.name + 'x2', fmt, 2, packed,
                              extreme_cases(fmt))

    # Approximations.  Where the result would be subnormal, a relative bound says nothing.
    rng = random.Random('half approx')

    def tanh_half(fmt, bound):
        def run(a):
            x = decode(fmt, a)
            if x.kind == 'nan':
                return NAN
            if x.kind == 'inf':
                return x.sign * fmt.sign_bit | fmt.one
            if x.magnitude == 0:
                return a
            return Approx(fmt.encode(tanh(value_of(x))), bound)
        return run

    def ex2_half(fmt, bound, ftz):
        def run(a):
            x = decode(fmt, a, ftz)
            if x.kind == 'nan':
                return NAN
            if x.kind == 'inf':
                return 0 if x.sign else fmt.inf
            if x.magnitude == 0:
                return fmt.one
            if x.magnitude > 10000:
                return fmt.inf if not x.sign else 0 if ftz else None
            value = exp2(value_of(x))
            margin = 1 + pow2(-5)
            if value > decode(fmt, fmt.max).magnitude * margin:
                return fmt.inf
            if value * margin > decode(fmt, fmt.max).magnitude:
                return None
            if value < pow2(fmt.emin) * margin:
                return 0 if ftz and value * margin < pow2(fmt.emin) else None
            return Approx(fmt.encode(value), bound)
        return run
    for fmt, ex2_name, limit, functions in [
            (F16, 'ex2.approx', 15, (tanh_half(F16, 'abs=2^-10.987'),
                                     ex2_half(F16, 'rel=2^-9.9', False))),
            (BF16, 'ex2.approx.ftz', 127, (tanh_half(BF16, 'abs=2^-8'),
                                           ex2_half(BF16, 'rel=2^-7', True)))]:
        for name, function, reach in [('tanh.approx', functions[0], 4),
                                      (ex2_name, functions[1], limit)]:
            points = [(fmt.encode(Fraction(rng.randrange(-1000, 1000) * reach, 1000)),)
                      for _ in range(20)]
            float_section(group, name + '.' + fmt.name, fmt, 1, function, points)
            pair_sections(group, name + '.' + fmt.name + 'x2', fmt, 1, function, points)


# ------------------------------------------------------------------------------------------------
# Comparison and selection
# ------------------------------------------------------------------------------------------------

FLOAT_COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'equ', 'neu', 'ltu', 'leu', 'gtu', 'geu',
                     'num', 'nan']
RELATIONS = {'eq': lambda a, b: a == b, 'ne': lambda a, b: a != b, 'lt': lambda a, b: a < b,
             'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b}
UNSIGNED_NAMES = {'lo': 'lt', 'ls': 'le', 'hi': 'gt', 'hs': 'ge'}
BOOL_OPS = {'and': lambda t, c: t & c, 'or': lambda t, c: t | c, 'xor': lambda t, c: t ^ c}


def comparisons(kind):
    """The comparison operators that an operand type has."""
    if kind in FORMATS:
        return FLOAT_COMPARISONS
    names = ['eq', 'ne'] if kind[0] == 'b' else ['eq', 'ne', 'lt', 'le', 'gt', 'ge']
    return names + (list(UNSIGNED_NAMES) if kind[0] == 'u' else [])


def compare(kind, name, ftz=False):
    """A function of two sources' bits that gives 0 or 1."""
    if kind not in FORMATS:
        kind = 'u' + kind[1:] if kind[0] == 'b' else kind
        relation = RELATIONS[UNSIGNED_NAMES.get(name, name)]
        return lambda a, b: int(relation(read(a, kind), read(b, kind)))
    fmt = FORMATS[kind]

    def run(a, b):
        x, y = decode(fmt, a, ftz), decode(fmt, b, ftz)
        unordered = 'nan' in (x.kind, y.kind)
        if name in ('num', 'nan'):
            return int(unordered == (name == 'nan'))
        if unordered:
            return int(len(name) == 3)
        order = [(-1 if v.sign else 1) * 2 ** 2000 if v.kind == 'inf' else value_of(v)
                 for v in (x, y)]
        return int(RELATIONS[name[:2]](*order))
    return run


def compare_inputs(template, kind, combine):
    """Pairs of equal, neighbouring and extreme values, with a predicate when it is combined."""
    rng = random.Random(template)
    if kind in FORMATS:
        fmt = FORMATS[kind]
        s = fmt.sign_bit
        nan = fmt.inf | 1 << (fmt.m - 1)
        rows = [(0, s), (s, 0), (fmt.one, fmt.one), (fmt.one, fmt.one + 1), (fmt.one + 1, fmt.one),
                (fmt.one, fmt.one | s), (fmt.one | s, fmt.one), (1, 0), (0, 1), (1 | s, 0), (1, 2),
                (1, 1 | s), (fmt.min_normal - 1, 0), (fmt.inf, fmt.max), (fmt.inf, fmt.inf),
                (fmt.inf | s, fmt.inf), (nan, fmt.one), (fmt.one, nan), (nan, nan), (nan | s, nan)]
        rows += float_inputs(template, [fmt, fmt], special_rows=8, random_rows=8)
    else:
        bits = int(kind[1:])
        top = 1 << (bits - 1)
        rows = [(0, 0), (0, 1), (1, 0), (mask(bits), 0), (0, mask(bits)), (top, top - 1),
                (top - 1, top), (top, top), (mask(bits), mask(bits)), (1, mask(bits)), (top, 0)]
        rows += int_inputs(template, [bits, bits], edge_rows=10, random_rows=8)
    if not combine:
        return rows
    return [row + (c,) for row in rows
            for c in ((0, 1) if rng.random() < .4 else (rng.randrange(2),))]


def combined(test, bool_op, inverted):
    """The comparison's truth value, alone or combined with the predicate c."""
    def run(t, c):
        return BOOL_OPS[bool_op](t, c ^ inverted) if bool_op else t
    return lambda a, b, c=0: (run(test(a, b), c), run(1 - test(a, b), c))


def compare_tables():
    group = 'setp'
    turn = itertools.cycle(itertools.product(BOOL_OPS, (0, 1)))
    kinds = [(k, '') for k in ['b16', 'b32', 'b64'] + INT_TYPES]
    kinds += [('f16', ''), ('f16', '.ftz'), ('bf16', ''), ('f32', ''), ('f32', '.ftz'), ('f64', '')]
    for kind, ftz in kinds:
        half = kind in ('f16', 'bf16')
        for name in comparisons(kind):
            test = compare(kind, name, bool(ftz))
            suffix = ftz + '.' + kind
            template = 'setp.%s%s {d}, {a}, {b};' % (name, suffix)
            section(group, template, regs('pred', kind, kind),
                    compare_inputs(template, kind, False), test)
            both = combined(test, None, 0)
            bool_op, inverted = next(turn)
            bang = '!' if inverted else ''
            mixed = combined(test, bool_op, inverted)
            if half:                    # the scalar half forms have a single destination
                template = 'setp.%s.%s%s {d}, {a}, {b}, %s{c};' % (name, bool_op, suffix, bang)
                section(group, template, regs('pred', kind, kind, 'pred'),
                        compare_inputs(template, kind, True),
                        lambda a, b, c, f=mixed: f(a, b, c)[0])
                continue
            template = 'setp.%s%s {d}|{e}, {a}, {b};' % (name, suffix)
            section(group, template, 'd:pred e:pred a:%s b:%s' % (kind, kind),
                    compare_inputs(template, kind, False), both)
            template = 'setp.%s.%s%s {d}|{e}, {a}, {b}, %s{c};' % (name, bool_op, suffix, bang)
            section(group, template, 'd:pred e:pred a:%s b:%s c:pred' % (kind, kind),
                    compare_inputs(template, kind, True), mixed)

    def pack_rows(rows, template):
        shuffled = list(rows)
        random.Random('pack' + template).shuffle(shuffled)
        return [(x[0] | y[0] << 16, x[1] | y[1] << 16) + x[2:] for x, y in zip(rows, shuffled)]
    for kind, ftz in [('f16', ''), ('f16', '.ftz'), ('bf16', '')]:
        for name in FLOAT_COMPARISONS:
            test = compare(kind, name, bool(ftz))

            def two(a, b, test=test):
                return test(a & 0xffff, b & 0xffff), test(a >> 16, b >> 16)
            template = 'setp.%s%s.%sx2 {d}|{e}, {a}, {b};' % (name, ftz, kind)
            section(group, template, 'd:pred e:pred a:b32 b:b32',
                    pack_rows(compare_inputs(template, kind, False), template), two)
            bool_op, inverted = next(turn)

            def two_mixed(a, b, c, two=two, op=BOOL_OPS[bool_op], inverted=inverted):
                return tuple(op(t, c ^ inverted) for t in two(a, b))
            template = 'setp.%s.%s%s.%sx2 {d}|{e}, {a}, {b}, %s{c};' % (
                name, bool_op, ftz, kind, '!' if inverted else '')
            section(group, template, 'd:pred e:pred a:b32 b:b32 c:pred',
                    pack_rows(compare_inputs(template, kind, True), template), two_mixed)
    set_tables('set', kinds, pack_rows)
    select_tables('select')


def set_tables(group, kinds, pack_rows):
    true_value = {'u32': mask(32), 's32': mask(32), 'u16': 0xffff, 's16': 0xffff,
                  'f32': F32.one, 'f16': F16.one, 'bf16': BF16.one}
    ops = itertools.cycle([None, ('and', 0), None, ('or', 0), None, ('xor', 0), None, ('and', 1),
                           None, ('or', 1), None, ('xor', 1)])

    def add(dtype, kind, ftz, name):
        op = next(ops)
        test = combined(compare(kind, name, bool(ftz)), *(op or (None, 0)))
        template = 'set.%s%s%s.%s.%s {d}, {a}, {b}%s;' % (
            name, '.' + op[0] if op else '', ftz, dtype, kind,
            ', %s{c}' % ('!' if op[1] else '') if op else '')
        sources = [kind, kind] + (['pred'] if op else [])
        section(group, template, regs(dtype, *sources), compare_inputs(template, kind, bool(op)),
                lambda a, b, c=0: test(a, b, c)[0] * true_value[dtype])
    # Every comparison of every type, the destinations taking turns.
    for dtypes, sources in [
            (['u32', 's32', 'f32'], [k for k in kinds if k[0] not in ('f16', 'bf16')]),
            (['u16', 's16', 'u32', 's32', 'f16'], [('f16', ''), ('f16', '.ftz')]),
            (['u16', 's16', 'u32', 's32', 'bf16'], [('bf16', '')])]:
        for kind, ftz in sources:
            turn = itertools.cycle(dtypes)
            count = len(comparisons(kind))
            for number in range(max(count, len(dtypes))):
                add(next(turn), kind, ftz, comparisons(kind)[number % count])
            if len(dtypes) == 3 and count % 3 == 0:     # shift the pairing once
                next(turn)
                for name in comparisons(kind):
                    add(next(turn), kind, ftz, name)
    for dtype in ('f16', 'bf16'):
        for kind in ['b16', 'b32', 'b64'] + INT_TYPES + ['f32', 'f64', 'f16']:
            names = comparisons(kind)
            if kind == dtype:
                continue
            for name in names[:2] if len(names) == 2 else (names[2], names[-1]):
                add(dtype, kind, '', name)

    for kind, ftz in [('f16', ''), ('f16', '.ftz'), ('bf16', '')]:
        for dtype, name in zip(itertools.cycle([kind + 'x2', 'u32', 's32']),
                               FLOAT_COMPARISONS + FLOAT_COMPARISONS[:1]):
            op = next(ops)
            test = combined(compare(kind, name, bool(ftz)), *(op or (None, 0)))
            value = true_value[kind] if dtype == kind + 'x2' else 0xffff

            def run(a, b, c=0, test=test, value=value):
                return sum(test(a >> s & 0xffff, b >> s & 0xffff, c)[0] * value << s
                           for s in (0, 16))
            template = 'set.%s%s%s.%s.%sx2 {d}, {a}, {b}%s;' % (
                name, '.' + op[0] if op else '', ftz, dtype, kind,
                ', %s{c}' % ('!' if op[1] else '') if op else '')
            section(group, template, regs('b32', 'b32', 'b32', *(['pred'] if op else [])),
                    pack_rows(compare_inputs(template, kind, bool(op)), template), run)


def select_tables(group):
    kinds = ['b16', 'b32', 'b64'] + INT_TYPES + ['f32', 'f64']
    for kind in kinds:
        bits = type_bits(kind)
        template = 'selp.%s {d}, {a}, {b}, {c};' % kind
        rows = int_inputs(template, [bits, bits], edge_rows=12, random_rows=20)
        section(group, template, regs(kind, kind, kind, 'pred'),
                [row + (n & 1,) for n, row in enumerate(rows)], lambda a, b, c: a if c else b)
        template = 'slct.%s.s32 {d}, {a}, {b}, {c};' % kind
        section(group, template, regs(kind, kind, kind, 's32'),
                int_inputs(template, [bits, bits, 32], edge_rows=20),
                lambda a, b, c: a if signed(c, 32) >= 0 else b)
        for ftz in (False, True):
            template = 'slct%s.%s.f32 {d}, {a}, {b}, {c};' % ('.ftz' if ftz else '', kind)
            rng = random.Random(template)
            rows = [(rng.getrandbits(bits), rng.getrandbits(bits), c)
                    for c in specials(F32) + [random_float(F32, rng) for _ in range(20)]]

            def select(a, b, c, ftz=ftz):
                x = decode(F32, c, ftz)
                if x.kind == 'nan':
                    return b
                return a if not x.sign or (x.kind == 'num' and x.magnitude == 0) else b
            section(group, template, regs(kind, kind, kind, 'f32'), rows, select)


# ------------------------------------------------------------------------------------------------
# Conversions
# ------------------------------------------------------------------------------------------------

CVT_INTS = ['u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64']


def int_range(kind):
    bits = int(kind[1:])
    return (-(1 << (bits - 1)), mask(bits - 1)) if kind[0] == 's' else (0, mask(bits))


def registers(kind):
    """The register types to use for an operand of a type: 8-bit types live in wider ones."""
    return ['b32', 'b16'] if kind in ('u8', 's8') else [kind]


def extend(value, kind, register):
    """An integer result in its register: sign- or zero-extended from the destination type."""
    return read(value, kind) & mask(type_bits(register))


def int_cvt_inputs(template, kind, register, targets=()):
    """Source bits for an integer type: its own boundaries and those of the target type."""
    bits, width = int(kind[1:]), type_bits(register)
    values = set(edges(bits))
    for target in CVT_INTS:
        if int(target[1:]) <= bits:
            for limit in int_range(target):
                values.update((limit + k) & mask(bits) for k in (-1, 0, 1))
    values = sorted(values)
    rng = random.Random(template)
    if len(values) > 40:
        values = sorted(rng.sample(values, 40))
    values += [rng.getrandbits(bits) >> rng.randrange(bits) for _ in range(20)]
    if width > bits:                    # the unused upper bits hold anything
        values = [v | rng.getrandbits(width - bits) << bits for v in values]
    return [(v,) for v in values]


def cvt(group, modifiers, dst, src, d_reg, a_reg, inputs, function):
    template = 'cvt%s.%s.%s {d}, {a};' % (modifiers, dst, src)
    section(group, template, 'd:%s a:%s' % (d_reg, a_reg), inputs, function)


def cvt_int_tables():
    group = 'cvt_int'
    for dst, src in itertools.product(CVT_INTS, repeat=2):
        low, high = int_range(dst)
        can_saturate = int_range(src)[0] < low or int_range(src)[1] > high
        for d_reg, a_reg in itertools.product(registers(dst), registers(src)):
            for sat in ('', '.sat') if can_saturate else ('',):
                def convert(a, dst=dst, src=src, d_reg=d_reg, sat=sat):
                    value = read(a, src)
                    return extend(clamp(value, dst) if sat else value, dst, d_reg)
                key = 'cvt%s.%s.%s %s %s' % (sat, dst, src, d_reg, a_reg)
                cvt(group, sat, dst, src, d_reg, a_reg, int_cvt_inputs(key, src, a_reg), convert)
    # Destination and source registers wider than the types.
    for dst, src, d_reg, a_reg in [('s16', 'u32', 'b32', 'b32'), ('u16', 's32', 'b32', 'b32'),
                                   ('s8', 's64', 'b64', 'b64'), ('s32', 's64', 'b64', 'b64'),
                                   ('u32', 's64', 'b64', 'b64'), ('s16', 's8', 'b64', 'b64'),
                                   ('u16', 's8', 'b32', 'b64'), ('u64', 's16', 'b64', 'b32')]:
        key = 'cvt.%s.%s %s %s' % (dst, src, d_reg, a_reg)
        cvt(group, '', dst, src, d_reg, a_reg, int_cvt_inputs(key, src, a_reg),
            lambda a, dst=dst, src=src, d_reg=d_reg: extend(read(a, src), dst, d_reg))


def int_to_float_inputs(key, kind, register, fmt):
    """Integers whose conversion is a tie, or just off one, besides the boundaries."""
    bits = int(kind[1:])
    rows = int_cvt_inputs(key, kind, register)
    rows = rows[::2] if len(rows) > 50 else rows
    if bits > fmt.m + 2:
        rng = random.Random(key + 'ties')
        for _ in range(12):
            shift = rng.randrange(1, bits - fmt.m - 1)
            whole = 1 << fmt.m | rng.getrandbits(fmt.m)
            value = (2 * whole + 1) << (shift - 1)
            value += rng.choice((-1, 0, 0, 1))
            if kind[0] == 's' and rng.random() < .5:
                value = -value
            rows.append((value & mask(bits) | (0 if type_bits(register) == bits else
                                               rng.getrandbits(8) << bits),))
    if fmt is F16 and bits > 16:
        rows += [(v,) for v in (65504, 65505, 65519, 65520, 65521, 65535, 65536)]
    return rows


def cvt_int_float_tables():
    group = 'cvt_int_float'
    for name, fmt in FORMATS.items():
        for src, mode in itertools.product(CVT_INTS, MODES):
            variants = ['', '.ftz', '.sat', '.ftz.sat'] if name == 'f32' and mode == 'rn' \
                else ['', '.sat'] if name != 'bf16' and mode == 'rn' else ['']
            for a_reg, variant in itertools.product(registers(src), variants):
                if a_reg == 'b16' and (variant or fmt is BF16):
                    continue

                def convert(a, src=src, fmt=fmt, mode=mode, sat='.sat' in variant):
                    value = read(a, src)
                    return finish(fmt, Number('num', int(value < 0), Fraction(abs(value))), mode,
                                  sat=sat)
                modifiers = '.' + mode + variant
                key = 'cvt%s.%s.%s %s' % (modifiers, name, src, a_reg)
                inputs = int_to_float_inputs(key, src, a_reg, fmt)
                if fmt is BF16 and a_reg == 'b32' and src[1:] == '8':
                    # With bf16 an 8-bit operand needs an 8-bit register.
                    template = ('{ .reg .%s t; cvt.%s.%s32 t, {a}; cvt%s.bf16.%s {d}, t; }'
                                % (src, src, src[0], modifiers, src))
                    section(group, template, 'd:bf16 a:b32', inputs, convert)
                    continue
                cvt(group, modifiers, name, src, name, a_reg, inputs, convert)


def round_to_integer(x, mode):
    """The integer that a finite number rounds to."""
    value = value_of(x)
    whole = value.numerator // value.denominator
    rest = value - whole
    if mode == 'rmi' or rest == 0:
        return whole
    if mode == 'rpi':
        return whole + 1
    if mode == 'rzi':
        return whole + (value < 0)
    return whole + (rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole & 1))


def float_to_int_inputs(key, fmt, dst):
    """Halves and their neighbours, the limits of the destination, and the usual specials."""
    rng = random.Random(key)
    values = []
    for n in (0, 1, 2, 127):
        half = fmt.encode(n + Fraction(1, 2))
        values += [half, half - 1, half + 1]
    for limit in int_range(dst):
        for point in (limit - 1, limit - Fraction(1, 2), limit, limit + Fraction(1, 2), limit + 1):
            values += [fmt.encode(point, 'rz'), fmt.encode(point, 'rp')]
    values += [v ^ fmt.sign_bit for v in values[:9]]
    values += specials(fmt)
    values += [fmt.encode(Fraction(rng.randrange(-1 << 16, 1 << 16), 1 << rng.randrange(1, 16)))
               for _ in range(8)]
    values += [random_float(fmt, rng) for _ in range(6)]
    return [(v,) for v in values]


def cvt_float_int_tables():
    group = 'cvt_float_int'
    for name, fmt in FORMATS.items():
        for dst, mode in itertools.product(CVT_INTS, ['rni', 'rzi', 'rmi', 'rpi']):
            low, high = int_range(dst)
            bits = int(dst[1:])
            variants = ['', '.ftz'] if name == 'f32' else ['']
            if mode == 'rzi' and fmt is not BF16:
                variants += [v + '.sat' for v in variants]
            for d_reg, variant in itertools.product(registers(dst), variants):
                if d_reg == 'b16' and (variant or mode in ('rmi', 'rpi') or fmt is BF16):
                    continue

                def convert(a, fmt=fmt, dst=dst, mode=mode, d_reg=d_reg, low=low, high=high,
                            bits=bits, variant=variant):
                    x = decode(fmt, a, 'ftz' in variant)
                    if x.kind == 'nan':
                        if fmt is not F64 and bits < 64:
                            return 0
                        # The clause names the width of the destination: with 8-bit types, which
                        # have no registers of their own, it can be read in two ways.
                        return None if bits == 8 else 1 << (bits - 1)
                    if x.kind == 'inf':
                        value = low if x.sign else high
                    else:
                        value = clamp(round_to_integer(x, mode), dst)
                    return extend(value, dst, d_reg)
                modifiers = '.' + mode + variant
                key = 'cvt%s.%s.%s %s' % (modifiers, dst, name, d_reg)
                inputs = float_to_int_inputs(key, fmt, dst)
                if fmt is BF16 and bits == 8:
                    template = ('{ .reg .%s t; cvt.%s.%s.bf16 t, {a}; cvt.%s32.%s {d}, t; }'
                                % (dst, mode, dst, dst[0], dst))
                    section(group, template, 'd:b32 a:bf16', inputs, convert)
                    continue
                cvt(group, modifiers, dst, name, d_reg, name, inputs, convert)


def float_to_float_inputs(key, dst, src):
    """Values at and around the ties, the overflow and the underflow of the destination."""
    rng = random.Random(key)
    values = specials(src)
    if dst.m < src.m or dst.emin > src.emin:
        ulp = pow2(-dst.m)
        top = decode(dst, dst.max).magnitude
        least = pow2(dst.emin)
        tiny = least * ulp
        points = [1 + ulp / 2, 1 + ulp * 3 / 2, 1 + ulp / 4, 1 + ulp, top, top + top * ulp / 4,
                  top * (1 + ulp / 2 / (2 - ulp)), top * 2, least, least - tiny, least - tiny / 2,
                  least - tiny / 4, tiny, tiny / 2, tiny * 3 / 2, tiny / 4, tiny * 3 / 4,
                  tiny * 5 / 2]
        for point in points:
            bits = src.encode(point, 'rz')
            values += [bits]
            if 0 < bits < src.max:
                values += [rng.choice([bits + 1, bits - 1, bits | src.sign_bit]),
                           rng.choice([bits + 1, bits - 1]) | src.sign_bit]
        # Of the specials keep the positive ones, the NaNs and a few negative ones.
        negative = [v | src.sign_bit for v in (0, src.one, src.max, src.inf, 1)]
        values = negative + values[:26:2] + values[26:]
    values += [random_float(src, rng) for _ in range(20)]
    return [(v,) for v in values]


def convert_float(dst, src, mode='rn', ftz=False, sat=False, relu=False, satfinite=False):
    """The function of a float-to-float conversion; .ftz concerns single precision only."""
    def run(a):
        x = decode(src, a, ftz and src is F32)
        if satfinite and x.kind != 'nan':
            top = decode(dst, dst.max).magnitude
            if x.kind == 'inf' or x.magnitude > top:
                x = Number('num', x.sign, top)
        return finish(dst, x, mode, ftz and dst is F32, sat, relu)
    return run


def integral(fmt, mode, ftz, sat):
    """Rounding to an integral value.

    A negative number that rounds to zero is left open: the ISA does not give the zero's sign.
    """
    def run(a):
        x = decode(fmt, a, ftz)
        if x.kind == 'num' and x.magnitude:
            whole = round_to_integer(x, mode)
            if whole == 0 and x.sign:
                return None
            x = Number('num', x.sign, Fraction(abs(whole)))
        return finish(fmt, x, sat=sat)
    return run


def cvt_float_tables():
    group = 'cvt_float'

    def add(modifiers, dst, src, function):
        key = 'cvt%s.%s.%s' % (modifiers, dst.name, src.name)
        cvt(group, modifiers, dst.name, src.name, dst.name, src.name,
            float_to_float_inputs(key, dst, src), function)

    def variants(dst, src):
        single = F32 in (dst, src)
        for ftz, sat in itertools.product((False, True), repeat=2):
            # .ftz goes with single precision, .sat with all types but bf16.
            if (ftz and not single) or (sat and BF16 in (dst, src)):
                continue
            yield ('.ftz' if ftz else '') + ('.sat' if sat else ''), ftz, sat
    for dst, src in itertools.product(FORMATS.values(), repeat=2):
        exact = dst.m >= src.m and dst.emin <= src.emin
        for text, ftz, sat in variants(dst, src):
            if exact:
                add(text, dst, src, convert_float(dst, src, 'rn', ftz, sat))
            else:
                for mode in MODES:
                    add('.' + mode + text, dst, src, convert_float(dst, src, mode, ftz, sat))
            if dst is src:
                for mode in ['rni', 'rzi', 'rmi', 'rpi']:
                    add('.' + mode + text, dst, src, integral(dst, mode, ftz, sat))
    for dst, mode in itertools.product((F16, BF16), ('rn', 'rz')):
        for relu, satfinite in [(True, False), (False, True), (True, True)]:
            modifiers = '.' + mode + ('.relu' if relu else '') + ('.satfinite' if satfinite else '')
            add(modifiers, dst, F32,
                convert_float(dst, F32, mode, relu=relu, satfinite=satfinite))
        for relu, satfinite in itertools.product((False, True), repeat=2):
            modifiers = '.' + mode + ('.relu' if relu else '') + ('.satfinite' if satfinite else '')
            template = 'cvt%s.%sx2.f32 {d}, {a}, {b};' % (modifiers, dst.name)
            one = convert_float(dst, F32, mode, relu=relu, satfinite=satfinite)

            def pack(a, b, one=one):    # a goes to the upper half; a NaN half must be canonical
                high, low = one(a), one(b)
                if not isinstance(high, int) or not isinstance(low, int):
                    return None
                return high << 16 | low
            column = [row[0] for row in float_to_float_inputs(template, dst, F32)]
            other = list(column)
            random.Random(template).shuffle(other)
            section(group, template, regs('b32', 'f32', 'f32'), zip(column, other), pack)


# ------------------------------------------------------------------------------------------------
# Assembling the templates
# ------------------------------------------------------------------------------------------------

def kernel(number, sect):
    """A PTX kernel that loads the sources, runs the template and stores the results."""
    lines = ['.visible .entry k%d(.param .u64 p)' % number, '{', '.reg .u64 %base;',
             '.reg .u32 %word;', 'ld.param.u64 %base, [p];']
    body = sect.template
    stores = []
    for slot, item in enumerate(sect.types.split()):
        name, kind = item.split(':')
        kind = {'f16': 'b16', 'bf16': 'b16'}.get(kind, kind)
        lines.append('.reg .%s %%%s;' % (kind, name))
        address = '[%%base+%d]' % (8 * slot)
        if name in 'abc':
            if kind == 'pred':
                lines += ['ld.global.u32 %%word, %s;' % address,
                          'setp.ne.u32 %%%s, %%word, 0;' % name]
            else:
                lines.append('ld.global.%s %%%s, %s;' % (kind, name, address))
        elif kind == 'pred':
            stores += ['selp.u32 %%word, 1, 0, %%%s;' % name, 'st.global.u32 %s, %%word;' % address]
        else:
            stores.append('st.global.%s %s, %%%s;' % (kind, address, name))
        body = body.replace('{%s}' % name, '%' + name)
    return lines + [body] + stores + ['ret;', '}']


def rejected_by(ptxas, version, sections):
    """The sections that ptxas rejects, each with the first message about it."""
    rejected = {}
    pending = list(range(len(sections)))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'k.ptx')
        for start in range(0, len(pending), 100):
            batch = pending[start:start + 100]
            while batch:
                lines = ['.version %s' % version, '.target sm_90', '.address_size 64']
                owner = {}
                for number in batch:
                    for line in kernel(number, sections[number]):
                        lines.append(line)
                        owner[len(lines)] = number
                with open(path, 'w') as out:
                    out.write('\n'.join(lines) + '\n')
                run = subprocess.run([ptxas, '-arch', 'sm_90', '-O0', '-o', os.devnull, path],
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                if run.returncode == 0:
                    break
                bad = {}
                for line, message in re.findall(r'line (\d+); *(?:error|fatal) *:? *(.*)',
                                                run.stdout):
                    if int(line) in owner:
                        bad.setdefault(owner[int(line)], message)
                if not bad:
                    raise SystemExit('ptxas failed:\n' + run.stdout[:2000])
                rejected.update(bad)
                batch = [number for number in batch if number not in bad]
    return rejected


def assemble(ptxas):
    """Assembles every template, as PTX 8.0 and then, if rejected, as PTX 8.6."""
    sections = [sect for group in GROUPS.values() for sect in group]
    first = rejected_by(ptxas, '8.0', sections)
    later = [sections[number] for number in sorted(first)]
    final = rejected_by(ptxas, '8.6', later)
    for number, sect in enumerate(later):
        if number in final:
            print('rejected: %s [%s] %s' % (sect.template, sect.types, final[number]))
        else:
            print('needs PTX 8.6: %s [%s]' % (sect.template, sect.types))
    print('%d templates, %d rejected' % (len(sections), len(final)))


def main():
    parser = argparse.ArgumentParser(description='Write the PTX conformance tables.')
    parser.add_argument('folder', help='where the tables go')
    parser.add_argument('--assemble', metavar='PTXAS', help='assemble every template with PTXAS')
    options = parser.parse_args()
    integer_tables()
    logic_tables()
    move_tables()
    compare_tables()
    float_tables()
    approx_tables()
    half_tables()
    cvt_int_tables()
    cvt_int_float_tables()
    cvt_float_int_tables()
    cvt_float_tables()
    write_tables(options.folder)
    for group, sections in GROUPS.items():
        print('%-14s %4d sections %6d rows' % (group, len(sections),
                                               sum(len(s.rows) for s in sections)))
    if options.assemble:
        assemble(options.assemble)


if __name__ == '__main__':
    main()
