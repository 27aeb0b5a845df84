"""Loads and stores: every type and space, extension and truncation, vectors, generic addresses.

Memory is little-endian; a load narrower than its register extends by the type's sign, a store
takes the low bits.
"""

from cells import block, cell, places
from sections import regs
from values import int_inputs
from words import mask, signed

INTEGERS = ['b8', 'u8', 's8', 'b16', 'u16', 's16', 'b32', 'u32', 's32', 'b64', 'u64', 's64']


def bits_of(kind):
    return int(kind[1:])


def extended(value, kind, register):
    """What a register of `register` bits holds after a load of the type."""
    value &= mask(bits_of(kind))
    return signed(value, bits_of(kind)) & mask(register) if kind[0] == 's' else value


def fill(suffix):
    """The 16 bytes of the cell from {a} and {b}."""
    return 'st%s.b64 [at], {a}; st%s.b64 [at+8], {b};' % (suffix, suffix)


def load_sections(group):
    """Each type from each space into registers of its own and greater width."""
    for space, generic, suffix in places():
        start = cell(space, generic)
        for kind in INTEGERS + ['f32', 'f64']:
            size = bits_of(kind) // 8
            registers = [w for w in (16, 32, 64) if w >= 8 * size]
            registers = registers[:1] if kind[0] == 'f' else registers
            for register in registers:
                offset = {1: 5, 2: 10, 4: 4, 8: 8}[size]
                result = kind if kind[0] == 'f' else 'b%d' % register
                template = block(start, fill(suffix), 'ld%s.%s {d}, [at+%d];'
                                 % (suffix, kind, offset))
                group.add(template, regs(result, 'b64', 'b64'),
                          int_inputs(template, [64, 64], edge_rows=8, random_rows=12),
                          lambda a, b, k=kind, r=register, o=offset:
                          extended((a | b << 64) >> 8 * o, k, r))


def store_sections(group):
    """Each type to each space: the low bits of the register, and nothing beside them."""
    for space, generic, suffix in places():
        start = cell(space, generic)
        for kind in INTEGERS + ['f32', 'f64']:
            bits = bits_of(kind)
            offset = {8: 3, 16: 6, 32: 12, 64: 0}[bits]
            source = kind if kind[0] == 'f' else 'b%d' % max(bits, 32)

            def stored(a, b, c, bits=bits, offset=offset):
                whole = (a | b << 64) & ~(mask(bits) << 8 * offset)
                whole |= (c & mask(bits)) << 8 * offset
                return whole & mask(64), whole >> 64

            template = block(start, fill(suffix), 'st%s.%s [at+%d], {c};' % (suffix, kind, offset),
                             'ld%s.b64 {d}, [at]; ld%s.b64 {e}, [at+8];' % (suffix, suffix))
            group.add(template, 'd:b64 e:b64 a:b64 b:b64 c:%s' % source,
                      int_inputs(template, [64, 64, int(source[1:])], edge_rows=8, random_rows=12),
                      stored)


def vector_sections(group):
    """Vectors of two and four, element 0 at the lowest address."""
    for space, generic, suffix in places():
        start = cell(space, generic)
        for kind, count in [('u8', 4), ('s8', 2), ('u16', 4), ('s16', 2), ('b16', 4), ('u32', 2),
                            ('b32', 4), ('f32', 4), ('s32', 4), ('b64', 2), ('f64', 2)]:
            bits = bits_of(kind)
            register = kind if bits >= 32 else 'b32'
            width = max(bits, 32)
            names = ['{d}'] + ['_'] * (count - 2) + ['{e}']
            template = block(start, fill(suffix), 'ld%s.v%d.%s {%s}, [at];'
                             % (suffix, count, kind, ', '.join(names)))

            def both(a, b, kind=kind, bits=bits, count=count, width=width):
                whole = a | b << 64
                return (extended(whole, kind, width),
                        extended(whole >> bits * (count - 1), kind, width))

            group.add(template, 'd:%s e:%s a:b64 b:b64' % (register, register),
                      int_inputs(template, [64, 64], edge_rows=8, random_rows=12), both)
        for kind, count in [('u8', 2), ('u8', 4), ('b16', 2), ('b16', 4), ('b32', 2), ('b32', 4),
                            ('b64', 2)]:
            bits = bits_of(kind)
            names = ['{a}', '{b}'] * (count // 2)
            source = 'b%d' % max(bits, 32)
            template = block(start, 'st%s.b64 [at], 0; st%s.b64 [at+8], 0;' % (suffix, suffix),
                             'st%s.v%d.%s [at], {%s};' % (suffix, count, kind, ', '.join(names)),
                             'ld%s.b64 {d}, [at]; ld%s.b64 {e}, [at+8];' % (suffix, suffix))

            def laid(a, b, bits=bits, count=count):
                whole = sum(((a, b)[i % 2] & mask(bits)) << bits * i for i in range(count))
                return whole & mask(64), whole >> 64

            group.add(template, 'd:b64 e:b64 a:%s b:%s' % (source, source),
                      int_inputs(template, [int(source[1:])] * 2, edge_rows=8, random_rows=12),
                      laid)


def order_sections(group):
    """Loads and stores that say how they are ordered or cached move the same bytes."""
    forms = [('.volatile', '.volatile', ['global', 'shared']),
             ('.relaxed.gpu', '.relaxed.gpu', ['global', 'shared']),
             ('.acquire.cta', '.release.cta', ['global', 'shared']),
             ('.acquire.sys', '.release.sys', ['global']), ('.weak', '.weak', ['global', 'shared'])]
    for load, store, spaces in forms:
        for space in spaces:
            template = block(cell(space), 'st%s.%s.b32 [at], {a};' % (store, space),
                             'ld%s.%s.b32 {d}, [at];' % (load, space))
            group.add(template, regs('b32', 'b32'), int_inputs(template, [32]), lambda a: a)
    for cache in ['ca', 'cg', 'cs', 'lu', 'cv']:
        template = block(cell('global'), 'st.global.b32 [at], {a};',
                         'ld.global.%s.b32 {d}, [at];' % cache)
        group.add(template, regs('b32', 'b32'), int_inputs(template, [32]), lambda a: a)
    for cache in ['wb', 'cg', 'cs', 'wt']:
        template = block(cell('global'), 'st.global.%s.b32 [at], {a};' % cache,
                         'ld.global.b32 {d}, [at];')
        group.add(template, regs('b32', 'b32'), int_inputs(template, [32]), lambda a: a)


def constant_sections(group):
    """Tables in constant memory, indexed by the thread."""
    values = [7 * k * k + 3 for k in range(8)]
    template = block('.const .align 4 .u32 m[8] = {%s};' % ', '.join(map(str, values)),
                     '.reg .b64 at, own; .reg .b32 k; mov.u64 at, m; and.b32 k, {a}, 7;',
                     'mul.wide.u32 own, k, 4; add.u64 at, at, own; ld.const.u32 {d}, [at];')
    group.add(template, regs('u32', 'u32'), int_inputs(template, [32]), lambda a: values[a & 7])


def space_sections(group):
    """Generic addresses: where they lie, and the way back."""
    for space in ['global', 'shared', 'local']:
        for asked in ['global', 'shared', 'local', 'const']:
            template = block(cell(space, True), 'isspacep.%s {d}, at;' % asked)
            group.add(template, 'd:pred', [()], lambda space=space, asked=asked: space == asked)
        template = block(cell(space), '.reg .b64 there; cvta.%s.u64 there, at;' % space,
                         'st.b32 [there], {a}; cvta.to.%s.u64 there, there;' % space,
                         'ld.%s.b32 {d}, [there];' % space)
        group.add(template, regs('b32', 'b32'), int_inputs(template, [32]), lambda a: a)
