"""Single and double precision: arithmetic, division, signs, minimum and maximum, testp."""

import itertools

from floats import (F32, F64, MODES, arithmetic, decode, exact_add, exact_div, exact_fma,
                    exact_mul, exact_rcp, exact_sub, near_sqrt)
from sections import NAN, regs
from templates import float_section
from values import (add_cases, div_cases, extreme_cases, float_inputs, fma_cases, mul_cases,
                    sub_cases)

ARITHMETIC = [('add', 2, exact_add, add_cases), ('sub', 2, exact_sub, sub_cases),
              ('mul', 2, exact_mul, mul_cases), ('fma', 3, exact_fma, fma_cases)]
DIVISIONS = [('div', 2, exact_div, div_cases), ('rcp', 1, exact_rcp, lambda fmt: []),
             ('sqrt', 1, near_sqrt, lambda fmt: [(fmt.encode(v),) for v in (2, 3, 4, 9, 10)])]


def arithmetic_sections(group):
    """add, sub, mul, fma and mad with every rounding mode, .ftz and .sat."""
    for op, arity, function, cases in ARITHMETIC:
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


def division_sections(group):
    """div, rcp and sqrt with every rounding mode and .ftz."""
    for op, arity, function, cases in DIVISIONS:
        for mode in MODES:
            for ftz in (False, True):
                name = '%s.%s%s.f32' % (op, mode, '.ftz' if ftz else '')
                float_section(group, name, F32, arity, arithmetic(F32, function, mode, ftz),
                              cases(F32))
            float_section(group, '%s.%s.f64' % (op, mode), F64, arity,
                          arithmetic(F64, function, mode), cases(F64))


def sign_sections(group):
    """neg, abs, min and max, which do not round."""
    for fmt, ftz in [(F32, False), (F32, True), (F64, False)]:
        tail = ('.ftz.' if ftz else '.') + fmt.name
        for op in ('neg', 'abs'):
            float_section(group, op + tail, fmt, 1, sign_change(op, fmt, ftz))
        for op in ('min', 'max'):
            for flags in ([(), ('NaN',), ('xorsign', 'abs'), ('NaN', 'xorsign', 'abs')]
                          if fmt is F32 else [()]):
                name = '.'.join([op] + (['ftz'] if ftz else []) + list(flags) + [fmt.name])
                float_section(group, name, fmt, 2, extreme(op, fmt, ftz, flags), extreme_cases(fmt))


def other_sections(group):
    """copysign, and testp for every class of numbers."""
    for fmt in (F32, F64):
        template = 'copysign.%s {d}, {a}, {b};' % fmt.name
        group.add(template, regs(fmt.name, fmt.name, fmt.name),
                  float_inputs(template, fmt, 2),
                  lambda a, b, f=fmt: NAN if decode(f, b).kind == 'nan'
                  else b & ~f.sign_bit | a & f.sign_bit)
        for what, test in [('finite', lambda f, x, b: x.kind == 'num'),
                           ('infinite', lambda f, x, b: x.kind == 'inf'),
                           ('number', lambda f, x, b: x.kind != 'nan'),
                           ('notanumber', lambda f, x, b: x.kind == 'nan'),
                           ('normal', lambda f, x, b: x.kind == 'num' and not f.is_subnormal(b)),
                           ('subnormal', lambda f, x, b: f.is_subnormal(b))]:
            template = 'testp.%s.%s {d}, {a};' % (what, fmt.name)
            group.add(template, regs('pred', fmt.name), float_inputs(template, fmt, 1),
                      lambda a, f=fmt, t=test: int(t(f, decode(f, a), a)))


def sign_change(op, fmt, ftz):
    """neg and abs: a NaN gives a NaN that is not specified."""
    def run(a):
        if decode(fmt, a).kind == 'nan':
            return NAN
        a = fmt.flush(a) if ftz else a
        return a ^ fmt.sign_bit if op == 'neg' else a & ~fmt.sign_bit
    return run


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
