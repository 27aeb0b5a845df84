"""Conversions of types that only cvt and matrices have: tf32, e4m3, e5m2, packed integers."""

import itertools
import random

from convert_float import convert_float, float_to_float_inputs
from floats import F16, F32, Format, decode, finish
from sections import NAN, regs
from values import int_inputs
from words import clamp, mask, signed

TF32 = Format('tf32', 8, 10, None)


class Float8(Format):
    """A float of 8 bits; e4m3 has no infinity, and its only NaN is all ones."""

    def __init__(self, name, exponent_bits, mantissa_bits):
        super().__init__(name, exponent_bits, mantissa_bits, 0x7f)
        if name == 'e4m3':
            self.inf = 0x7f             # what lies beyond the largest number
            self.max = 0x7e

    def number(self, bits):
        """The number that bits stand for."""
        if self.name == 'e4m3' and bits & 0x7f == 0x7f:
            return decode(self, self.inf)._replace(kind='nan')
        return decode(self, bits)


FLOAT8 = [Float8('e4m3', 4, 3), Float8('e5m2', 5, 2)]


def tf32_sections(group):
    """f32 to tf32: the upper 19 bits of the register."""
    for mode, relu, satfinite in [('rna', False, False), ('rna', False, True),
                                  ('rn', False, False), ('rn', True, False),
                                  ('rz', False, False), ('rz', True, False)]:
        modifiers = mode + ('.relu' if relu else '') + ('.satfinite' if satfinite else '')
        convert = convert_float(TF32, F32, mode, relu=relu, satfinite=satfinite)
        if relu:                        # a NaN becomes canonical, which is some NaN
            convert = (lambda a, f=convert: NAN if decode(F32, a).kind == 'nan' else f(a))

        def run(a, convert=convert):
            value = convert(a)
            return value << 13 if isinstance(value, int) else value

        template = '{ .reg .b32 t; cvt.%s.tf32.f32 t, {a}; mov.b32 {d}, t; }' % modifiers
        group.add(template, regs('f32', 'f32'), float_to_float_inputs(template, TF32, F32), run)


def both(high, low, bits):
    """Two results in a register, unless one of them is open or any NaN."""
    if not isinstance(high, int) or not isinstance(low, int):
        return None
    return high << bits | low


def float8_sections(group):
    """Two floats of 8 bits at a time, from f32 and f16 and to f16."""
    for fmt, relu in itertools.product(FLOAT8, (False, True)):
        text = '.relu' if relu else ''
        for src in (F32, F16):
            convert = convert_float(fmt, src, 'rn', relu=relu, satfinite=True)
            name = 'cvt.rn.satfinite%s.%sx2.%s' % (text, fmt.name, 'f32' if src is F32 else 'f16x2')
            column = [row[0] for row in float_to_float_inputs(name, fmt, src)]
            other = list(column)
            random.Random(name).shuffle(other)
            if src is F32:
                group.add(name + ' {d}, {a}, {b};', regs('b16', 'f32', 'f32'), zip(column, other),
                          lambda a, b, f=convert: both(f(a), f(b), 8))
            else:
                group.add(name + ' {d}, {a};', regs('b16', 'b32'),
                          [(a | b << 16,) for a, b in zip(column, other)],
                          lambda a, f=convert: both(f(a >> 16), f(a & 0xffff), 8))

        def widen(bits, fmt=fmt, relu=relu):
            return finish(F16, fmt.number(bits), relu=relu)

        every = list(range(256))
        random.Random(fmt.name + text).shuffle(every)
        group.add('cvt.rn%s.f16x2.%sx2 {d}, {a};' % (text, fmt.name), regs('b32', 'b16'),
                  [(low | high << 8,) for low, high in enumerate(every)],
                  lambda a, f=widen: both(f(a >> 8), f(a & 0xff), 16))


def pack_sections(group):
    """cvt.pack: two saturated integers, and for the smaller types what c has behind them."""
    for kind in ['u16', 's16', 'u8', 's8', 'u4', 's4', 'u2', 's2']:
        bits = int(kind[1:])

        def run(a, b, c=0, kind=kind, bits=bits):
            ta, tb = (clamp(signed(v, 32), kind) & mask(bits) for v in (a, b))
            return (c << 2 * bits | ta << bits | tb) & mask(32)

        template = 'cvt.pack.sat.%s.s32' % kind
        near = [(v & mask(32), -v & mask(32), 0x12345678)
                for v in range(-3, 9)] + [(mask(bits), mask(bits) + 1, mask(32)),
                                          (1 << bits >> 1, (1 << bits >> 1) - 1, 1)]
        if bits == 16:
            template += ' {d}, {a}, {b};'
            group.add(template, regs('b32', 's32', 's32'),
                      int_inputs(template, [32, 32], extra=[row[:2] for row in near]), run)
        else:
            template += '.b32 {d}, {a}, {b}, {c};'
            group.add(template, regs('b32', 's32', 's32', 'b32'),
                      int_inputs(template, [32, 32, 32], extra=near), run)
