"""Selection between two values: selp by a predicate, slct by the sign of a number."""

import random

from floats import F32, decode
from sections import regs, type_bits
from values import int_inputs, random_float, specials
from words import INT_TYPES, signed


def selection_sections(group):
    for kind in ['b16', 'b32', 'b64'] + INT_TYPES + ['f32', 'f64']:
        bits = type_bits(kind)
        template = 'selp.%s {d}, {a}, {b}, {c};' % kind
        rows = int_inputs(template, [bits, bits], edge_rows=12, random_rows=20)
        group.add(template, regs(kind, kind, kind, 'pred'),
                  [row + (n & 1,) for n, row in enumerate(rows)], lambda a, b, c: a if c else b)
        template = 'slct.%s.s32 {d}, {a}, {b}, {c};' % kind
        group.add(template, regs(kind, kind, kind, 's32'),
                  int_inputs(template, [bits, bits, 32], edge_rows=20),
                  lambda a, b, c: a if signed(c, 32) >= 0 else b)
        for ftz in (False, True):
            template = 'slct%s.%s.f32 {d}, {a}, {b}, {c};' % ('.ftz' if ftz else '', kind)
            rng = random.Random(template)
            rows = [(rng.getrandbits(bits), rng.getrandbits(bits), c)
                    for c in specials(F32) + [random_float(F32, rng) for _ in range(20)]]

            def select(a, b, c, ftz=ftz):
                x = decode(F32, c, ftz)
                if x.kind == 'nan':
                    return b
                return a if not x.sign or (x.kind == 'num' and x.magnitude == 0) else b

            group.add(template, regs(kind, kind, kind, 'f32'), rows, select)
