"""Half precision, f16 and bf16, scalar and packed: arithmetic, sign, extremes, approximations."""

import itertools
import random
from fractions import Fraction

from float_tables import extreme, sign_change
from floats import (BF16, F16, arithmetic, decode, exact_add, exact_fma, exact_mul, exact_sub,
                    pow2, value_of)
from sections import NAN, Approx
from templates import float_section, pair_sections
from transcendental import exp2, tanh
from values import add_cases, extreme_cases, fma_cases, mul_cases, sub_cases


def half_sections(group, name, fmt, arity, function, extra=()):
    """The sections of the scalar and of the packed form."""
    float_section(group, name + '.' + fmt.name, fmt, arity, function, extra)
    pair_sections(group, name + '.' + fmt.name + 'x2', fmt, arity, function, extra)


def arithmetic_sections(group):
    """add, sub, mul and fma with their modifiers."""
    for op, arity, function, cases in [('add', 2, exact_add, add_cases),
                                       ('sub', 2, exact_sub, sub_cases),
                                       ('mul', 2, exact_mul, mul_cases)]:
        for rnd in ('', '.rn'):
            for ftz, sat in itertools.product((False, True), repeat=2):
                name = op + rnd + ('.ftz' if ftz else '') + ('.sat' if sat else '')
                half_sections(group, name, F16, arity, arithmetic(F16, function, 'rn', ftz, sat),
                              cases(F16))
            half_sections(group, op + rnd, BF16, arity, arithmetic(BF16, function), cases(BF16))
    for ftz in (False, True):
        for modifier in ('', '.sat', '.relu'):
            half_sections(group, 'fma.rn' + ('.ftz' if ftz else '') + modifier, F16, 3,
                          arithmetic(F16, exact_fma, 'rn', ftz, modifier == '.sat',
                                     modifier == '.relu'),
                          fma_cases(F16))
    for modifier in ('', '.relu'):
        half_sections(group, 'fma.rn' + modifier, BF16, 3,
                      arithmetic(BF16, exact_fma, relu=modifier == '.relu'), fma_cases(BF16))


def packed_extreme(op, fmt, ftz, flags):
    """min and max of packed halves.

    The ISA's code for the packed max looks at a NaN in a, where that for the packed min and for
    the scalar forms looks at a NaN in the result.
    """
    scalar = extreme(op, fmt, ftz, flags)

    def run(a, b):
        nans = [decode(fmt, v).kind == 'nan' for v in (a, b)]
        if op == 'max' and 'xorsign' in flags and nans[0] and not nans[1]:
            return None
        return scalar(a, b)
    return run


def sign_sections(group):
    """neg, abs, min and max."""
    for fmt, ftz in [(F16, False), (F16, True), (BF16, False)]:
        tail = '.ftz' if ftz else ''
        for op in ('neg', 'abs'):
            half_sections(group, op + tail, fmt, 1, sign_change(op, fmt, ftz))
        for op in ('min', 'max'):
            for flags in [(), ('NaN',), ('xorsign', 'abs'), ('NaN', 'xorsign', 'abs')]:
                name = '.'.join([op + tail] + list(flags) + [fmt.name])
                cases = extreme_cases(fmt)
                float_section(group, name, fmt, 2, extreme(op, fmt, ftz, flags), cases)
                pair_sections(group, name + 'x2', fmt, 2, packed_extreme(op, fmt, ftz, flags),
                              cases)


def hyperbolic_tangent(fmt, bound):
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


def exponential(fmt, bound, ftz):
    """ex2; where the result would be subnormal, a relative bound says nothing."""
    greatest = decode(fmt, fmt.max).magnitude
    margin = 1 + pow2(-5)

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
        if value > greatest * margin:
            return fmt.inf
        if value * margin > greatest:
            return None
        if value < pow2(fmt.emin) * margin:
            return 0 if ftz and value * margin < pow2(fmt.emin) else None
        return Approx(fmt.encode(value), bound)
    return run


def approximate_sections(group):
    """tanh and ex2, with the magnitude up to which their random sources go."""
    rng = random.Random('half approx')
    for name, fmt, function, reach in [
            ('tanh.approx', F16, hyperbolic_tangent(F16, 'abs=2^-10.987'), 4),
            ('ex2.approx', F16, exponential(F16, 'rel=2^-9.9', False), 15),
            ('tanh.approx', BF16, hyperbolic_tangent(BF16, 'abs=2^-8'), 4),
            ('ex2.approx.ftz', BF16, exponential(BF16, 'rel=2^-7', True), 127)]:
        points = [(fmt.encode(Fraction(rng.randrange(-1000, 1000) * reach, 1000)),)
                  for _ in range(20)]
        half_sections(group, name, fmt, 1, function, points)
