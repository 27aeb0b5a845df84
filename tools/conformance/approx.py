"""The approximating instructions of single and double precision, with the ISA's error bounds.

reciprocal, square_root and the like give the function of an instruction, which maps a decoded
source and its bits to the expected field.
"""

import random
from fractions import Fraction

from floats import F32, F64, decode, exact_div, finish, near_sqrt, pow2, value_of
from sections import NAN, Approx, regs
from transcendental import PI, exp2, log2, sine, tanh, to_decimal, to_fraction
from values import div_cases, float_inputs
from words import mask


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
    """A one-source section with the given numbers among its inputs."""
    template = name + ' {d}, {a};'
    ftz = '.ftz.' in name
    inputs = [(fmt.encode(p),) for p in points] + float_inputs(template, fmt, 1)
    group.add(template, regs(fmt.name, fmt.name), inputs,
              lambda a: function(decode(fmt, a, ftz), a))


def reciprocal(ftz):
    def run(x, _bits):
        if x.kind == 'nan':
            return NAN
        if x.kind == 'inf':
            return x.sign * F32.sign_bit
        if x.magnitude == 0:
            return x.sign * F32.sign_bit | F32.inf
        return rounded(F32, 1 / value_of(x), 'ulp=1', ftz)
    return run


def square_root(ftz, inverse=False):
    """sqrt, or rsqrt if inverse is set."""
    def run(x, bits):
        if x.kind == 'nan':
            return NAN
        if x.kind == 'num' and x.magnitude == 0:
            return (x.sign * F32.sign_bit | F32.inf) if inverse else x.sign * F32.sign_bit
        if x.sign:                      # the tables do not list negative subnormals without .ftz
            return None if F32.is_subnormal(bits) else NAN
        if x.kind == 'inf':
            return 0 if inverse else F32.inf
        root = near_sqrt(x).magnitude
        if inverse:
            return rounded(F32, 1 / root, 'rel=2^-22.9', ftz)
        return rounded(F32, root, 'rel=2^-23', ftz)
    return run


def trigonometric(ftz, phase):
    """sin for phase 0, cos for phase 1."""
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


def logarithm(x, bits):
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


def exponential(ftz):
    def run(x, _bits):
        if x.kind == 'nan':
            return NAN
        if x.kind == 'inf':
            return 0 if x.sign else F32.inf
        if x.magnitude == 0:
            return F32.one
        if x.magnitude > 10000:         # far outside the range: below the least subnormal or Inf
            return Approx(0 if x.sign else F32.inf, 'ulp=2')
        return rounded(F32, exp2(value_of(x)), 'ulp=2', ftz)
    return run


def hyperbolic_tangent(x, bits):
    if x.kind == 'nan':
        return NAN
    if x.kind == 'inf':
        return x.sign * F32.sign_bit | F32.one
    if x.magnitude == 0 or F32.is_subnormal(bits):      # passed through
        return bits
    return Approx(F32.encode(tanh(value_of(x))), 'rel=2^-11')


def single_sections(group):
    """The approximations of f32."""
    rng = random.Random('approx')
    spread = [Fraction(rng.randrange(1, 1 << 24), 1 << 12) for _ in range(12)]
    spread += [pow2(e) * 3 / 2 for e in (-126, -100, -50, -20, 20, 50, 100, 126)]
    spread += [1 + k * pow2(-23) for k in (-8, -4, -1, 1, 4, 8)]
    for ftz in (False, True):
        tail = '.ftz.f32' if ftz else '.f32'
        angles = [Fraction(k, 8) * s for k in (1, 4, 8, 12, 16, 25, 40, 50) for s in (1, -1)]
        angles += [to_fraction(PI * k / 4) for k in range(1, 9)]
        angles += [to_fraction(PI * k) for k in (-99, -50, 10, 33, 77, 99)]
        angles += [Fraction(rng.randrange(-314000, 314000), 1000) for _ in range(10)]
        powers = [Fraction(k) for k in (-150, -149, -148, -127, -126, -125, -1, 1, 2, 10, 126, 127,
                                        128, 129)]
        powers += [Fraction(rng.randrange(-140000, 128000), 1000) for _ in range(14)]
        powers += [Fraction(1, 2), Fraction(-1, 2), Fraction(255, 2), Fraction(-273, 2)]
        for op, points, function in [('rcp', spread, reciprocal(ftz)),
                                     ('sqrt', spread + [4, 9], square_root(ftz)),
                                     ('rsqrt', spread + [4, 9], square_root(ftz, inverse=True)),
                                     ('sin', angles, trigonometric(ftz, 0)),
                                     ('cos', angles, trigonometric(ftz, 1)),
                                     ('lg2', spread + [4, 1024], logarithm),
                                     ('ex2', powers, exponential(ftz))]:
            approx_section(group, op + '.approx' + tail, F32, points, function)
        divide(group, ftz)
    points = [Fraction(rng.randrange(-8000, 8000), 1000) for _ in range(16)]
    approx_section(group, 'tanh.approx.f32', F32, points + [10, -10, 100, pow2(-20)],
                   hyperbolic_tangent)


def divide(group, ftz):
    """div.full, and div.approx, whose bound is given for |b| in 2^-126..2^126 only."""
    def outside(x, y):
        """The field for a divisor outside that range."""
        if y.kind != 'num' or not y.magnitude:
            positive = y.kind == 'num' and not y.sign and x.kind == 'num'
            if positive and x.magnitude and not x.sign:
                return F32.inf
            return NAN if 'nan' in (x.kind, y.kind) else None
        if y.magnitude < pow2(-126):
            return None
        if x.kind != 'num':
            return NAN
        return None if x.sign or y.sign else 0

    def full(a, b):
        x, y = decode(F32, a, ftz), decode(F32, b, ftz)
        exact = exact_div(x, y)
        if exact.kind != 'num' or exact.magnitude == 0:
            return finish(F32, exact)
        return rounded(F32, value_of(exact), 'ulp=2', ftz)

    def approximate(a, b):
        x, y = decode(F32, a, ftz), decode(F32, b, ftz)
        inside = y.kind == 'num' and pow2(-126) <= y.magnitude <= pow2(126)
        return full(a, b) if inside else outside(x, y)

    great = F32.encode(pow2(127))
    extra = div_cases(F32) + [(F32.one, great), (F32.inf, great),
                              (F32.encode(3), F32.encode(pow2(126))),
                              (F32.encode(3), F32.min_normal)]
    for name, function in [('div.approx', approximate), ('div.full', full)]:
        template = '%s%s {d}, {a}, {b};' % (name, '.ftz.f32' if ftz else '.f32')
        group.add(template, regs('f32', 'f32', 'f32'), float_inputs(template, F32, 2, extra),
                  function)


def upper_word_infinite(a):
    """Whether the upper word of an f64, taken alone, reads as an infinity."""
    return (a >> 32) & 0x7fffffff == 0x7ff00000


def gross(inverse_root, ftz):
    """rcp and rsqrt of f64: no error bound is stated, so only special values are exact."""
    def run(a):
        x = decode(F64, a, ftz)
        if ftz and a & mask(32) and upper_word_infinite(a):
            return None                 # a NaN that the upper word does not show
        if x.kind == 'nan':
            return 0x7fffffff00000000 if ftz else NAN
        if x.kind == 'num' and x.magnitude == 0:
            return x.sign * F64.sign_bit | F64.inf
        if inverse_root and x.sign:
            return None if F64.is_subnormal(a) else NAN
        return x.sign * F64.sign_bit if x.kind == 'inf' else None
    return run


def low_word(inverse_root):
    """The low word of every result but those that are open, zero with .ftz."""
    def run(a):
        x = decode(F64, a, True)
        if inverse_root and x.sign or upper_word_infinite(a) and a & mask(32):
            return None
        return 0
    return run


def double_sections(group):
    """The gross approximations of f64, with sections for the zero low word of the results."""
    subnormals = [(1,), (1 << 32,), (F64.sign_bit | 1,), (F64.sign_bit | 0x000fffffffffffff,)]
    for name, inverse_root in [('rcp.approx.ftz.f64', False), ('rsqrt.approx.ftz.f64', True),
                               ('rsqrt.approx.f64', True)]:
        ftz = '.ftz.' in name
        template = name + ' {d}, {a};'
        group.add(template, 'd:f64 a:f64', float_inputs(template, F64, 1, subnormals),
                  gross(inverse_root, ftz))
        if ftz:
            template = name + ' {a}, {a}; mov.b64 {{d}, _}, {a};'
            group.add(template, 'd:b32 a:f64', float_inputs(template, F64, 1),
                      low_word(inverse_root))
