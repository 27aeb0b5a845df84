"""Conversions from floating point: cvt to integers, between formats, and to integral values."""

import itertools
import random
from fractions import Fraction

from convert_integer import CVT_INTS, cvt, extend, registers
from floats import BF16, F16, F32, F64, FORMATS, MODES, Number, decode, finish, pow2, value_of
from sections import regs
from values import random_float, specials
from words import clamp, int_range

INTEGRAL_MODES = ['rni', 'rzi', 'rmi', 'rpi']


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


def float_to_int(fmt, dst, mode, ftz, register):
    """The function of a conversion to an integer, which always saturates."""
    low, high = int_range(dst)
    bits = int(dst[1:])

    def run(a):
        x = decode(fmt, a, ftz)
        if x.kind == 'nan':
            if fmt is not F64 and bits < 64:
                return 0
            # The clause names the width of the destination: with 8-bit types, which have no
            # registers of their own, it can be read in two ways.
            return None if bits == 8 else 1 << (bits - 1)
        if x.kind == 'inf':
            value = low if x.sign else high
        else:
            value = clamp(round_to_integer(x, mode), dst)
        return extend(value, dst, register)
    return run


def float_to_int_sections(group):
    for (name, fmt), dst, mode in itertools.product(FORMATS.items(), CVT_INTS, INTEGRAL_MODES):
        variants = ['', '.ftz'] if name == 'f32' else ['']
        if mode == 'rzi' and fmt is not BF16:
            variants += [v + '.sat' for v in variants]
        for d_reg, variant in itertools.product(registers(dst), variants):
            if d_reg == 'b16' and (variant or mode in ('rmi', 'rpi') or fmt is BF16):
                continue
            convert = float_to_int(fmt, dst, mode, 'ftz' in variant, d_reg)
            modifiers = '.' + mode + variant
            key = 'cvt%s.%s.%s %s' % (modifiers, dst, name, d_reg)
            inputs = float_to_int_inputs(key, fmt, dst)
            if fmt is BF16 and dst in ('u8', 's8'):
                # With bf16 an 8-bit operand needs an 8-bit register.
                template = ('{ .reg .%s t; cvt.%s.%s.bf16 t, {a}; cvt.%s32.%s {d}, t; }'
                            % (dst, mode, dst, dst[0], dst))
                group.add(template, 'd:b32 a:bf16', inputs, convert)
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


def variants(dst, src):
    """The modifiers of a conversion: .ftz with single precision, .sat with all but bf16."""
    single = F32 in (dst, src)
    for ftz, sat in itertools.product((False, True), repeat=2):
        if (ftz and not single) or (sat and BF16 in (dst, src)):
            continue
        yield ('.ftz' if ftz else '') + ('.sat' if sat else ''), ftz, sat


def format_section(group, modifiers, dst, src, function):
    """A section for a conversion between two formats."""
    key = 'cvt%s.%s.%s' % (modifiers, dst.name, src.name)
    cvt(group, modifiers, dst.name, src.name, dst.name, src.name,
        float_to_float_inputs(key, dst, src), function)


def float_to_float_sections(group):
    """The conversions between all formats, and the rounding to integral values within one."""
    for dst, src in itertools.product(FORMATS.values(), repeat=2):
        exact = dst.m >= src.m and dst.emin <= src.emin
        for text, ftz, sat in variants(dst, src):
            if exact:
                format_section(group, text, dst, src, convert_float(dst, src, 'rn', ftz, sat))
            else:
                for mode in MODES:
                    format_section(group, '.' + mode + text, dst, src,
                                   convert_float(dst, src, mode, ftz, sat))
            if dst is src:
                for mode in INTEGRAL_MODES:
                    format_section(group, '.' + mode + text, dst, src,
                                   integral(dst, mode, ftz, sat))


def narrowing_sections(group):
    """The conversions of f32 with .relu and .satfinite, and those of two f32 to packed halves."""
    for dst, mode in itertools.product((F16, BF16), ('rn', 'rz')):
        for relu, satfinite in [(True, False), (False, True), (True, True)]:
            modifiers = '.' + mode + ('.relu' if relu else '') + ('.satfinite' if satfinite else '')
            format_section(group, modifiers, dst, F32,
                           convert_float(dst, F32, mode, relu=relu, satfinite=satfinite))
        for relu, satfinite in itertools.product((False, True), repeat=2):
            modifiers = '.' + mode + ('.relu' if relu else '') + ('.satfinite' if satfinite else '')
            pack_section(group, modifiers, dst,
                         convert_float(dst, F32, mode, relu=relu, satfinite=satfinite))


def pack_section(group, modifiers, dst, convert):
    """A section for cvt of two f32: a goes to the upper half, b to the lower."""
    def run(a, b):
        high, low = convert(a), convert(b)
        if not isinstance(high, int) or not isinstance(low, int):
            return None                 # a NaN half must be canonical
        return high << 16 | low

    template = 'cvt%s.%sx2.f32 {d}, {a}, {b};' % (modifiers, dst.name)
    column = [row[0] for row in float_to_float_inputs(template, dst, F32)]
    other = list(column)
    random.Random(template).shuffle(other)
    group.add(template, regs('b32', 'f32', 'f32'), zip(column, other), run)
