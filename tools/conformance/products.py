"""Products of matrices on a warp: mma.sync on small whole numbers, whose sums are exact.

Which element a lane holds is the PTX ISA's description of each shape's fragments: `group` is
lane / 4, `own` lane % 4.
"""

import random

from cells import block
from floats import BF16, F16, F32
from words import mask, read

WARP = 32


def place_16(i, group, own, wide):
    """Row and column of element i of A, elements of 16 bits (wide 2) or 8 bits (wide 4)."""
    row = group + 8 * (i // wide % 2)
    return row, wide * own + i % wide + 4 * wide * (i // (2 * wide))


def place_b(i, group, own, wide):
    return wide * own + i % wide + 4 * wide * (i // wide), group


def place_32(i, group, own, _):
    """Row and column of element i of A, elements of 32 bits."""
    return group + 8 * (i % 2), own + 4 * (i // 2)


def place_b32(i, group, own, _):
    return own + 4 * i, group


def place_c(i, group, own):
    return group + 8 * (i // 2), 2 * own + i % 2


def product(form, warp):
    """D of every lane as two words of two 32-bit elements, C being zero."""
    size, wide, depth, decode_a, decode_b, encode, where_a, where_b = form
    a, b = {}, {}
    for lane, (low, high, third) in enumerate(warp):
        whole = low | high << 64
        for i in range(128 // size):
            a[where_a(i, lane // 4, lane % 4, wide)] = decode_a(whole >> size * i & mask(size))
        for i in range(64 // size):
            b[where_b(i, lane // 4, lane % 4, wide)] = decode_b(third >> size * i & mask(size))
    assert len(a) == 16 * depth and len(b) == 8 * depth
    results = []
    for lane in range(WARP):
        d = []
        for i in range(4):
            row, column = place_c(i, lane // 4, lane % 4)
            d.append(encode(sum(a[row, k] * b[k, column] for k in range(depth))))
        results.append((d[0] | d[1] << 32, d[2] | d[3] << 32))
    return results


def sections(group):
    def number(fmt, shift=0):
        table = {fmt.encode(v) << shift: v for v in range(-8, 9)}
        return table.__getitem__, list(table)

    def whole(kind):
        return lambda bits: read(bits, kind)

    forms = []
    for name, fmt, shift, size, depth in [('f16', F16, 0, 16, 16), ('bf16', BF16, 0, 16, 16),
                                          ('tf32', F32, 0, 32, 8)]:
        decode, values = number(fmt, shift)
        places = (place_32, place_b32) if size == 32 else (place_16, place_b)
        forms.append(('m16n8k%d.row.col.f32.%s.%s.f32' % (depth, name, name), 'f32',
                      (size, 2, depth, decode, decode, F32.encode) + places, values))
    for x, y in ['ss', 'su', 'us', 'uu']:
        forms.append(('m16n8k32.row.col.s32.%s8.%s8.s32' % (x, y), 's32',
                      (8, 4, 32, whole(x + '8'), whole(y + '8'), lambda v: v & mask(32), place_16,
                       place_b), list(range(256))))
    for name, kind, form, values in forms:
        size = form[0]
        rng = random.Random(name)

        def packed(bits):
            return sum(rng.choice(values) << at for at in range(0, bits, size))

        template = block(
            '.reg .b32 a<4>, b<2>; .reg .%s d<4>, z; mov.b32 z, 0;' % kind,
            'mov.b64 {a0, a1}, {a}; mov.b64 {a2, a3}, {b}; mov.b64 {b0, b1}, {c};',
            'mma.sync.aligned.%s' % name,
            '{d0, d1, d2, d3}, {a0, a1, a2, a3}, {b0, b1}, {z, z, z, z};',
            'mov.b64 {d}, {d0, d1}; mov.b64 {e}, {d2, d3};')
        rows = [(packed(64), packed(64), packed(64)) for _ in range(4 * WARP)]
        group.add_threads(template, 'd:b64 e:b64 a:b64 b:b64 c:b64', rows, WARP,
                          lambda warp, form=form: product(form, warp))
