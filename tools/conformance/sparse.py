"""Products with a sparse A on a warp: mma.sp, on small numbers whose sums are exact.

A row of A has half of its elements, in runs: two of every four columns (of 4-bit integers two pairs
of every four pairs, of tf32 one of every two).  Four bits of metadata say for each run which, and
the sparsity selector says which lanes of four give them (PTX ISA, "Sparse matrix storage").  With
elements of 16 and 32 bits a lane's word holds four runs of row g in its lower half and of row g + 8
in its upper one, with smaller elements eight runs of one row.
"""

import random

from cells import block
from floats import BF16, F16, F32, decode, value_of
from narrow import FLOAT8
from products import place_c
from words import mask, read

WARP = 32
PAIRS = [low | high << 2 for high in range(4) for low in range(high)]   # each of two numbers of 0..3
SINGLES = [0b0100, 0b1110]                                              # tf32: the first, the second


def columns_of_run(size, bits):
    """The columns, of those of a run, that its stored elements have."""
    if size == 32:
        return [SINGLES.index(bits)]
    first, second = bits & 3, bits >> 2
    if size == 4:
        return [2 * first, 2 * first + 1, 2 * second, 2 * second + 1]
    return [first, second]


def metadata_bits(words, size, depth, selector, row, run):
    """Four bits of the metadata; words by lane."""
    group, lower = row % 8, row // 8
    runs = depth // {32: 2, 4: 8}.get(size, 4)
    lanes = 16 * runs * 4 // (8 * 32)           # of four that give metadata
    if size >= 16:
        own, bit = run // 4, 16 * lower + 4 * (run % 4)
    else:
        own, bit = lower + 2 * (run // 8), 4 * (run % 8)
    return words[4 * group + selector * lanes + own] >> bit & 15


def expand(stored, words, size, depth, selector):
    """A by (row, column), zeros left out."""
    width = {32: 2, 4: 8}.get(size, 4)
    a = {}
    for row in range(16):
        for run in range(depth // width):
            columns = columns_of_run(size, metadata_bits(words, size, depth, selector, row, run))
            for e, column in enumerate(columns):
                a[row, run * width + column] = stored[row, run * width // 2 + e]
    return a


def elements(registers, size):
    """Of each register, lowest first."""
    return [[r >> at & mask(size) for at in range(0, 32, size)] for r in registers]


def product(form, warp):
    """The words of D of every lane, C being zero."""
    size, depth, selector, decode_a, decode_b, encode, narrow = form
    per, half = 32 // size, 16 * depth // 2 * size // 1024
    stored, b, words = {}, {}, []
    for lane, (first, second, third) in enumerate(warp):
        group, own = lane // 4, lane % 4
        parts = [first & mask(32), first >> 32, third & mask(32), third >> 32]
        words.append(second & mask(32))
        for r, values in enumerate(elements(parts[:half], size)):
            for e, bits in enumerate(values):
                stored[group + 8 * (r % 2), 4 * per * (r // 2) + per * own + e] = decode_a(bits)
        for r, values in enumerate(elements((parts[2:] + parts[:2])[:8 * depth * size // 1024], size)):
            for e, bits in enumerate(values):
                b[4 * per * r + per * own + e, group] = decode_b(bits)
    assert len(stored) == 8 * depth and len(b) == 8 * depth
    a = expand(stored, words, size, depth, selector)
    results = []
    for lane in range(WARP):
        d = []
        for i in range(4):
            row, column = place_c(i, lane // 4, lane % 4)
            d.append(encode(sum(v * b[k, column] for (r, k), v in a.items() if r == row)))
        if narrow:
            results.append((d[0] | d[1] << 16 | d[2] << 32 | d[3] << 48,))
        else:
            results.append((d[0] | d[1] << 32, d[2] | d[3] << 32))
    return results


def float_values(fmt, other=None):
    """Bits of numbers up to 8 in steps of 1/4 or more, in both formats."""
    if other is None:
        return [fmt.encode(v) for v in range(-8, 9)]

    def small(f, bits):
        number = f.number(bits)
        return number.kind == 'num' and number.magnitude <= 8 and 4 % number.magnitude.denominator == 0

    return [bits for bits in range(256) if small(fmt, bits) and small(other, bits)]


def reader_of(fmt):
    """Of bits the number that they stand for."""
    if hasattr(fmt, 'number'):
        return lambda bits: value_of(fmt.number(bits))
    return lambda bits: value_of(decode(fmt, bits))


def forms():
    """(words of the instruction, size, depth, selectors, decoders, encoder, values)"""
    table = []

    def add(k, d, x, y, size, selectors, decode_a, decode_b, encode, values):
        table.append(('m16n8k%d.row.col.%s.%s.%s.%s' % (k, d, x, y, d), size, k, selectors, decode_a,
                      decode_b, encode, values, d))

    for name, fmt, size, depths in [('f16', F16, 16, (16, 32)), ('bf16', BF16, 16, (16, 32)),
                                    ('tf32', F32, 32, (8, 16))]:
        values = float_values(fmt)
        for k in depths:
            add(k, 'f32', name, name, size, 4 if k == depths[0] else 2, reader_of(fmt),
                reader_of(fmt), F32.encode, values)
            if name == 'f16':
                add(k, 'f16', name, name, size, 4 if k == depths[0] else 2, reader_of(fmt),
                    reader_of(fmt), F16.encode, values)
    for x in FLOAT8:
        for y in FLOAT8:
            add(64, 'f32', x.name, y.name, 8, 1, reader_of(x), reader_of(y), F32.encode,
                float_values(x, y))
    for size, depths in ((8, (32, 64)), (4, (64, 128))):
        for k in depths:
            for x in 'su':
                for y in 'su':
                    x_kind, y_kind = x + str(size), y + str(size)
                    add(k, 's32', x_kind, y_kind, size, 2 if k == depths[0] else 1,
                        lambda v, kind=x_kind: read(v, kind), lambda v, kind=y_kind: read(v, kind),
                        lambda v: v & mask(32), list(range(1 << size)))
    return table


def sections(group):
    for name, size, depth, selectors, decode_a, decode_b, encode, values, d in forms():
        for selector in range(selectors):
            # ptxas takes both; the ordered form is what new code has.
            variant = 'sp' if selector % 2 else 'sp::ordered_metadata'
            rng = random.Random('%s %d' % (name, selector))
            half, whole = 16 * depth // 2 * size // 1024, 8 * depth * size // 1024
            regs = ['a0', 'a1', 'c0', 'c1']
            narrow = d == 'f16'
            sums = ['d%d' % i for i in range(2 if narrow else 4)]
            kind = 'b32' if narrow else d
            template = block(
                '.reg .b32 a<2>, c<2>, m, n; .reg .%s d<4>, z; mov.b32 z, 0;' % kind,
                'mov.b64 {a0, a1}, {a}; mov.b64 {m, n}, {b}; mov.b64 {c0, c1}, {c};',
                'mma.%s.sync.aligned.%s' % (variant, name),
                '{%s}, {%s}, {%s}, {%s}, m, %d;' % (
                    ', '.join(sums), ', '.join(regs[:half]), ', '.join((regs[2:] + regs[:2])[:whole]),
                    ', '.join('z' for _ in sums), selector),
                'mov.b64 {d}, {d0, d1};' + ('' if narrow else ' mov.b64 {e}, {d2, d3};'))

            def packed(bits, rng=rng, size=size, values=values):
                return sum(rng.choice(values) << at for at in range(0, bits, size))

            def metadata(rng=rng, size=size):
                choices = SINGLES if size == 32 else PAIRS
                return sum(rng.choice(choices) << at for at in range(0, 32, 4))

            rows = [(packed(64), metadata() | rng.getrandbits(32) << 32, packed(64))
                    for _ in range(2 * WARP)]
            form = (size, depth, selector, decode_a, decode_b, encode, narrow)
            types = 'd:b64 a:b64 b:b64 c:b64' if narrow else 'd:b64 e:b64 a:b64 b:b64 c:b64'
            group.add_threads(template, types, rows, WARP,
                              lambda warp, form=form: product(form, warp))
