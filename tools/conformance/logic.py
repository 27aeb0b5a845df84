"""Logic, shifts and byte permutation: and, or, xor, not, cnot, lop3, shf, shl, shr and prmt."""

import itertools

from sections import regs
from templates import int_section
from values import Choice, edges, int_inputs
from words import mask

SHIFT_AMOUNTS = Choice([0, 1, 2, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 0x80000000,
                        0xffffffff])

# The prmt modes: source byte numbers of result bytes 0 to 3, for c[1:0] = 0 to 3.
PRMT_MODES = {
    'f4e': [(0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 6)],
    'b4e': [(0, 7, 6, 5), (1, 0, 7, 6), (2, 1, 0, 7), (3, 2, 1, 0)],
    'rc8': [(0, 0, 0, 0), (1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3)],
    'ecl': [(0, 1, 2, 3), (1, 1, 2, 3), (2, 2, 2, 3), (3, 3, 3, 3)],
    'ecr': [(0, 0, 0, 0), (0, 1, 1, 1), (0, 1, 2, 2), (0, 1, 2, 3)],
    'rc16': [(0, 1, 0, 1), (2, 3, 2, 3), (0, 1, 0, 1), (2, 3, 2, 3)],
}


def bitwise_sections(group):
    """The operations of one and two sources, for words and for predicates."""
    for op, function in [('and', lambda a, b: a & b), ('or', lambda a, b: a | b),
                         ('xor', lambda a, b: a ^ b)]:
        for bits in (16, 32, 64):
            int_section(group, op, 'b%d' % bits, 2, function)
        group.add(op + '.pred {d}, {a}, {b};', regs('pred', 'pred', 'pred'),
                  itertools.product((0, 1), repeat=2), function)
    for bits in (16, 32, 64):
        int_section(group, 'not', 'b%d' % bits, 1, lambda a: ~a)
        int_section(group, 'cnot', 'b%d' % bits, 1, lambda a: int(a == 0))
    group.add('not.pred {d}, {a};', regs('pred', 'pred'), [(0,), (1,)], lambda a: 1 - a)


def lop3_sections(group):
    """lop3 with a look-up table given as an immediate."""
    for lut in [0x00, 0x01, 0x0f, 0x1a, 0x1e, 0x2d, 0x33, 0x3c, 0x40, 0x55, 0x69, 0x78, 0x7f, 0x80,
                0x96, 0xaa, 0xca, 0xcc, 0xd8, 0xe8, 0xf0, 0xf8, 0xfe, 0xff]:
        def look_up(a, b, c, lut=lut):
            value = 0
            for i in range(32):
                entry = (a >> i & 1) << 2 | (b >> i & 1) << 1 | (c >> i & 1)
                value |= (lut >> entry & 1) << i
            return value

        template = 'lop3.b32 {d}, {a}, {b}, {c}, 0x%02x;' % lut
        group.add(template, regs('b32', 'b32', 'b32', 'b32'),
                  int_inputs(template, [32] * 3, edge_rows=12,
                             extra=[(0xf0f0f0f0, 0xcccccccc, 0xaaaaaaaa)]), look_up)


def shift_sections(group):
    """The funnel shifts, whose amount is clamped or wraps, and the plain shifts, which clamp."""
    for direction, mode in itertools.product('lr', ['clamp', 'wrap']):
        def funnel(a, b, c, left=direction == 'l', clamped=mode == 'clamp'):
            amount = min(c, 32) if clamped else c & 31
            value = b << 32 | a
            return value << amount >> 32 & mask(32) if left else value >> amount & mask(32)

        template = 'shf.%s.%s.b32 {d}, {a}, {b}, {c};' % (direction, mode)
        group.add(template, regs('b32', 'b32', 'b32', 'u32'),
                  int_inputs(template, [32] * 3, columns=[edges(32), edges(32), SHIFT_AMOUNTS],
                             edge_rows=36), funnel)
    for bits in (16, 32, 64):
        options = dict(columns=[edges(bits), SHIFT_AMOUNTS], edge_rows=36)
        int_section(group, 'shl', 'b%d' % bits, 2, lambda a, b, n=bits: a << min(b, n),
                    sources=['b%d' % bits, 'u32'], **options)
        for letter in 'bus':
            kind = letter + str(bits)
            int_section(group, 'shr', kind, 2, lambda a, b, n=bits: a >> min(b, n),
                        sources=[kind, 'u32'], **options)


def permute(a, b, selectors):
    """Four bytes of b:a; bit 3 of a selector replicates the sign of its byte instead."""
    source = b << 32 | a
    value = 0
    for i, selector in enumerate(selectors):
        byte = source >> 8 * (selector & 7) & 0xff
        if selector & 8:
            byte = 0xff if byte & 0x80 else 0
        value |= byte << 8 * i
    return value


def permute_sections(group):
    """prmt with one selector per byte, and in the modes that derive the four from one number."""
    bytes_a, bytes_b = 0x33221100, 0x77665544
    extra = [(bytes_a, bytes_b, c) for c in (0x3210, 0x7654, 0x0123, 0x5410, 0x7632, 0x4567)]
    extra += [(0x80ff7f01, 0x00818200, c) for c in (0xba98, 0xfedc, 0xb210, 0x3a98, 0x89ab)]
    group.add('prmt.b32 {d}, {a}, {b}, {c};', regs('b32', 'b32', 'b32', 'b32'),
              int_inputs('prmt', [32] * 3, extra=extra),
              lambda a, b, c: permute(a, b, [c >> 4 * i & 15 for i in range(4)]))
    for mode, rows in PRMT_MODES.items():
        template = 'prmt.b32.%s {d}, {a}, {b}, {c};' % mode
        extra = [(bytes_a, bytes_b, c) for c in (0, 1, 2, 3, 4, 7, 0xfffffffe)]
        extra += [(0x80ff7f01, 0x00818283, c) for c in range(4)]
        group.add(template, regs('b32', 'b32', 'b32', 'b32'),
                  int_inputs(template, [32] * 3, extra=extra, edge_rows=8),
                  lambda a, b, c, rows=rows: permute(a, b, rows[c & 3]))
