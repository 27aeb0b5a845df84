"""Dot products of bytes and halves: dp4a and dp2a, the sum taken modulo 2^32."""

import itertools

from sections import regs
from values import int_inputs
from words import mask, read


def dot_sections(group):
    for a_kind, b_kind in itertools.product('us', repeat=2):
        total = 'u32' if a_kind + b_kind == 'uu' else 's32'
        types = regs(total, a_kind + '32', b_kind + '32', total)

        def four(a, b, c, x=a_kind, y=b_kind):
            for s in (0, 8, 16, 24):
                c += read(a >> s, x + '8') * read(b >> s, y + '8')
            return c & mask(32)

        template = 'dp4a.%s32.%s32 {d}, {a}, {b}, {c};' % (a_kind, b_kind)
        group.add(template, types,
                  int_inputs(template, [32, 32, 32],
                             extra=[(0x80808080, 0x80808080, 0), (0x7f807f80, 0x80808080, 1),
                                    (0x01020304, 0x05060708, 0xffffffff)]), four)
        for half in ['lo', 'hi']:
            def two(a, b, c, x=a_kind, y=b_kind, first=0 if half == 'lo' else 16):
                for i in (0, 1):
                    c += read(a >> 16 * i, x + '16') * read(b >> (first + 8 * i), y + '8')
                return c & mask(32)

            template = 'dp2a.%s.%s32.%s32 {d}, {a}, {b}, {c};' % (half, a_kind, b_kind)
            group.add(template, types,
                      int_inputs(template, [32, 32, 32],
                                 extra=[(0x80008000, 0x80808080, 0), (0x00010002, 0x03040506, 7)]),
                      two)
