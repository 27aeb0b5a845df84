"""SIMD video instructions: two halves or four bytes of two registers at a time."""

import itertools
import random

from sections import regs
from values import int_inputs
from video import COMPARISONS, KINDS, OPERATIONS
from words import clamp, mask, read


def average(a, b):
    """Half the sum, a half of it away from zero where the sum is not negative, else down."""
    return (a + b + 1) >> 1 if a + b >= 0 else (a + b) >> 1


def choose(a, b, kind, bits, digits):
    """The parts that a selector names, the lowest first."""
    both = a | b << 32
    return [read(both >> bits * digit & mask(bits), kind[0] + str(bits)) for digit in digits]


def section(group, opcode, function, parts, d_kind, kinds, sat, adds, rng):
    """One form, with a mask and selectors chosen at random."""
    bits = 32 // parts
    letter = '.h' if parts == 2 else '.b'
    count = rng.randrange(1, parts + 1)
    named = sorted(rng.sample(range(parts), count), reverse=True)
    whole = rng.randrange(3) == 0
    selectors = [[rng.randrange(2 * parts) for _ in range(parts)] for _ in 'ab']
    if whole:
        named = list(range(parts))
        selectors = [list(range(parts)), list(range(parts, 2 * parts))]

    def run(a, b, c):
        sources = [choose(a, b, kind, bits, digits) for kind, digits in zip(kinds, selectors)]
        result = c
        for index in named:
            value = int(function(sources[0][index], sources[1][index]))
            if sat:
                value = clamp(value, d_kind[0] + str(bits))
            if adds:
                result = result + value & mask(32)
            else:
                hole = mask(bits) << bits * index
                result = result & ~hole | (value & mask(bits)) << bits * index
        return result & mask(32)

    def text(digits):
        return '' if whole else letter + ''.join(str(d) for d in digits)

    template = '%s {d}%s, {a}%s, {b}%s, {c};' % (opcode, text(named), text(selectors[0][::-1]),
                                                 text(selectors[1][::-1]))
    extra = [(0x80ff7f01, 0x017f80ff, 0x01234567), (mask(32), 0, mask(32)),
             (0x7fff8000, 0x80007fff, 0)]
    group.add(template, regs('b32', 'b32', 'b32', 'b32'),
              int_inputs(template, [32, 32, 32], extra=extra), run)


def sections(group):
    for parts in (2, 4):
        functions = dict(OPERATIONS, vavrg=average)
        for name, function in functions.items():
            rng = random.Random(name + str(parts))
            every = list(itertools.product(KINDS, KINDS, KINDS, ['', '.sat', '.add']))
            for d_kind, a_kind, b_kind, last in every:
                opcode = '%s%d.%s.%s.%s%s' % (name, parts, d_kind, a_kind, b_kind, last)
                section(group, opcode, function, parts, d_kind, (a_kind, b_kind), last == '.sat',
                        last == '.add', rng)
        for (cmp, function), a_kind, b_kind, last in itertools.product(
                COMPARISONS.items(), KINDS, KINDS, ['', '.add']):
            rng = random.Random('vset%d' % parts + cmp + a_kind + b_kind + last)
            opcode = 'vset%d.%s.%s.%s%s' % (parts, a_kind, b_kind, cmp, last)
            section(group, opcode, function, parts, 'u32', (a_kind, b_kind), False, last == '.add',
                    rng)
