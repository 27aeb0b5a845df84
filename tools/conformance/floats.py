"""Floating-point formats, exact operations on decoded numbers, and the rounding function.

An operation decodes its source bits, computes the exact result with fractions and rounds it once,
in Format.round; finish() then applies the modifiers .ftz, .sat and .relu.
"""

import collections
import math
from fractions import Fraction

from sections import NAN
from words import mask

MODES = ['rn', 'rz', 'rm', 'rp']


def pow2(exponent):
    """A power of two as a Fraction."""
    return Fraction(1 << exponent) if exponent >= 0 else Fraction(1, 1 << -exponent)


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
                'rna': 2 * rest >= scaled.denominator,
                'rz': False,
                'rm': sign and rest,
                'rp': not sign and rest}[mode]
        bits = ((exponent - self.emin) << self.m) + whole + (1 if away else 0)
        if bits >= self.inf:
            bits = self.inf if mode in ('rn', 'rna') or mode == ('rm' if sign else 'rp') else self.max
        return sign * self.sign_bit | bits

    def is_subnormal(self, bits):
        return 0 < bits & ~self.sign_bit < self.min_normal

    def flush(self, bits):
        """A subnormal number turned into the zero of its sign."""
        return bits & self.sign_bit if self.is_subnormal(bits) else bits


F16 = Format('f16', 5, 10, 0x7fff)
BF16 = Format('bf16', 8, 7, 0x7fff)
F32 = Format('f32', 8, 23, 0x7fffffff)
F64 = Format('f64', 11, 52, None)
FORMATS = {f.name: f for f in (F16, BF16, F32, F64)}

# A decoded number: kind is 'nan', 'inf' or 'num', magnitude a Fraction for 'num'.
Number = collections.namedtuple('Number', 'kind sign magnitude')
INVALID = Number('nan', 0, None)


def decode(fmt, bits, ftz=False):
    """The number that bits stand for, subnormal ones read as zero if ftz is set."""
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
    """A finite number as a signed Fraction."""
    return -number.magnitude if number.sign else number.magnitude


def negate(x):
    return x if x.kind == 'nan' else x._replace(sign=1 - x.sign)


def exact_add(x, y, mode):
    """The sum; the rounding mode decides the sign of an exact cancellation."""
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


def exact_sub(x, y, mode):
    return exact_add(x, negate(y), mode)


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


def exact_rcp(x, mode):
    return exact_div(Number('num', 0, Fraction(1)), x, mode)


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
    root = math.isqrt(scaled.numerator)
    root = 2 * root + (root * root != scaled.numerator)
    return Number('num', 0, Fraction(root) * pow2(-shift - 1))


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


def arithmetic(fmt, function, mode='rn', ftz=False, sat=False, relu=False):
    """The bits function of an arithmetic instruction with its modifiers."""
    def run(*args):
        numbers = [decode(fmt, v, ftz) for v in args]
        return finish(fmt, function(*numbers, mode), mode, ftz, sat, relu)
    return run
