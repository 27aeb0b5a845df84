"""Conversions from integers: cvt to integers, with saturation, and to floating point."""

import itertools
import random
from fractions import Fraction

from floats import BF16, F16, F32, FORMATS, MODES, Number, finish
from sections import type_bits
from values import edges
from words import clamp, int_range, mask, read

CVT_INTS = ['u8', 's8', 'u16', 's16', 'u32', 's32', 'u64', 's64']


def registers(kind):
    """The register types to use for an operand of a type: 8-bit types live in wider ones."""
    return ['b32', 'b16'] if kind in ('u8', 's8') else [kind]


def extend(value, kind, register):
    """An integer result in its register: sign- or zero-extended from the destination type."""
    return read(value, kind) & mask(type_bits(register))


def int_cvt_inputs(key, kind, register):
    """Source bits for an integer type: its own boundaries and those of the narrower types."""
    bits, width = int(kind[1:]), type_bits(register)
    values = set(edges(bits))
    for target in CVT_INTS:
        if int(target[1:]) <= bits:
            for limit in int_range(target):
                values.update((limit + k) & mask(bits) for k in (-1, 0, 1))
    values = sorted(values)
    rng = random.Random(key)
    if len(values) > 40:
        values = sorted(rng.sample(values, 40))
    values += [rng.getrandbits(bits) >> rng.randrange(bits) for _ in range(20)]
    if width > bits:                    # the unused upper bits hold anything
        values = [v | rng.getrandbits(width - bits) << bits for v in values]
    return [(v,) for v in values]


def cvt(group, modifiers, dst, src, d_reg, a_reg, inputs, function):
    """A section for a plain conversion between two registers."""
    template = 'cvt%s.%s.%s {d}, {a};' % (modifiers, dst, src)
    group.add(template, 'd:%s a:%s' % (d_reg, a_reg), inputs, function)


def int_to_int(dst, src, register, sat=False):
    """The function of a conversion between integer types."""
    def run(a):
        value = read(a, src)
        return extend(clamp(value, dst) if sat else value, dst, register)
    return run


def int_to_int_sections(group):
    """Every pair of types, with every register type that the narrow ones may have."""
    for dst, src in itertools.product(CVT_INTS, repeat=2):
        low, high = int_range(dst)
        can_saturate = int_range(src)[0] < low or int_range(src)[1] > high
        for d_reg, a_reg in itertools.product(registers(dst), registers(src)):
            for sat in ('', '.sat') if can_saturate else ('',):
                key = 'cvt%s.%s.%s %s %s' % (sat, dst, src, d_reg, a_reg)
                cvt(group, sat, dst, src, d_reg, a_reg, int_cvt_inputs(key, src, a_reg),
                    int_to_int(dst, src, d_reg, bool(sat)))
    # Destination and source registers wider than the types.
    for dst, src, d_reg, a_reg in [('s16', 'u32', 'b32', 'b32'), ('u16', 's32', 'b32', 'b32'),
                                   ('s8', 's64', 'b64', 'b64'), ('s32', 's64', 'b64', 'b64'),
                                   ('u32', 's64', 'b64', 'b64'), ('s16', 's8', 'b64', 'b64'),
                                   ('u16', 's8', 'b32', 'b64'), ('u64', 's16', 'b64', 'b32')]:
        key = 'cvt.%s.%s %s %s' % (dst, src, d_reg, a_reg)
        cvt(group, '', dst, src, d_reg, a_reg, int_cvt_inputs(key, src, a_reg),
            int_to_int(dst, src, d_reg))


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
            upper = 0 if type_bits(register) == bits else rng.getrandbits(8) << bits
            rows.append((value & mask(bits) | upper,))
    if fmt is F16 and bits > 16:
        rows += [(v,) for v in (65504, 65505, 65519, 65520, 65521, 65535, 65536)]
    return rows


def int_to_float(fmt, src, mode, sat):
    """The function of a conversion to a floating-point format."""
    def run(a):
        value = read(a, src)
        exact = Number('num', int(value < 0), Fraction(abs(value)))
        return finish(fmt, exact, mode, sat=sat)
    return run


def modifiers_to_float(fmt, mode):
    """The modifiers to test after the rounding mode: all those of a format with .rn."""
    if mode != 'rn' or fmt is BF16:
        return ['']
    return ['', '.ftz', '.sat', '.ftz.sat'] if fmt is F32 else ['', '.sat']


def int_to_float_sections(group):
    """Every integer type to every format, with every rounding mode."""
    for (name, fmt), src, mode in itertools.product(FORMATS.items(), CVT_INTS, MODES):
        for a_reg, variant in itertools.product(registers(src), modifiers_to_float(fmt, mode)):
            if a_reg == 'b16' and (variant or fmt is BF16):
                continue
            convert = int_to_float(fmt, src, mode, '.sat' in variant)
            modifiers = '.' + mode + variant
            key = 'cvt%s.%s.%s %s' % (modifiers, name, src, a_reg)
            inputs = int_to_float_inputs(key, src, a_reg, fmt)
            if fmt is BF16 and src in ('u8', 's8'):
                # With bf16 an 8-bit operand needs an 8-bit register.
                template = ('{ .reg .%s t; cvt.%s.%s32 t, {a}; cvt%s.bf16.%s {d}, t; }'
                            % (src, src, src[0], modifiers, src))
                group.add(template, 'd:bf16 a:b32', inputs, convert)
                continue
            cvt(group, modifiers, name, src, name, a_reg, inputs, convert)
