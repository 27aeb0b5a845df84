"""Interesting inputs: boundary values, special numbers, ties and reproducible random values.

Source rows are tuples of bits.  Random choices are seeded with a text, mostly the template, so
that every run gives the same rows, whatever other sections there are.
"""

import itertools
import random
from fractions import Fraction

from floats import pow2
from words import mask


class Choice(list):
    """A column whose random rows, too, come from the listed values alone."""


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


def float_inputs(template, fmt, arity, extra=(), special_rows=24, random_rows=20):
    """Source rows for a floating-point template: given ones, special values, random values."""
    rng = random.Random(template)
    rows = list(extra)
    if arity == 1:
        rows += [(value,) for value in specials(fmt)]
    else:
        rows += product_sample([specials(fmt)] * arity, special_rows, rng)
    for _ in range(random_rows):
        row = []
        for _ in range(arity):
            row.append(random_float(fmt, rng, row[0] if row else None))
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
    """The cases of add with the second operand negated."""
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
    """Inexact quotients, both ends of the range, and divisions by and of zero and infinity."""
    e = fmt.encode
    s = fmt.sign_bit
    return [(fmt.one, e(3)), (fmt.one | s, e(3)), (e(2), e(3)), (fmt.one, e(10)), (e(7), e(5)),
            (fmt.one, fmt.one + 1), (fmt.one, fmt.one - 1), (fmt.max, e(Fraction(1, 2))),
            (fmt.max, fmt.min_normal), (fmt.min_normal, e(2)), (fmt.min_normal, fmt.max),
            (1, e(2)), (1 | s, e(2)), (3, e(2)), (1, fmt.max), (fmt.one, 0), (fmt.one, s),
            (fmt.one | s, 0), (0, 0), (0, fmt.one), (s, fmt.one), (fmt.inf, fmt.inf),
            (fmt.inf, e(2)), (fmt.inf, s), (fmt.one, fmt.inf | s), (fmt.max, fmt.max), (1, 1),
            (fmt.one, 1), (fmt.one, fmt.max), (fmt.min_normal - 1, fmt.one + 1), (fmt.inf, fmt.max)]


def extreme_cases(fmt):
    """Pairs for min and max: zeros of either sign, a NaN on either side, neighbours."""
    s = fmt.sign_bit
    nan, one = fmt.inf | 1 << (fmt.m - 1), fmt.one
    return [(0, s), (s, 0), (0, 0), (s, s), (nan, one), (one, nan), (nan, nan), (nan | s, one),
            (one | s, nan), (nan, one | s), (nan, nan | s), (nan, fmt.inf), (1, 0), (1 | s, 0),
            (1, 1 | s), (fmt.inf, fmt.inf | s), (one, one | s), (one | s, one | s), (nan, 1),
            (1 | s, nan), (one, one + 1), (one | s, one + 1 | s)]
