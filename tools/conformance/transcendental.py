"""Transcendental functions of fractions, computed with 60-digit decimals."""

import decimal
from decimal import Decimal
from fractions import Fraction

from floats import pow2

decimal.getcontext().prec = 60
decimal.getcontext().Emax = 10 ** 9
decimal.getcontext().Emin = -10 ** 9


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
