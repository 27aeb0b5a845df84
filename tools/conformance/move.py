"""Moves: mov of every type, and mov that packs or unpacks a vector of registers."""

from sections import regs, type_bits
from values import int_inputs
from words import mask


def copy_sections(group):
    """The plain moves."""
    for kind in ['b16', 'b32', 'b64', 'u16', 's16', 'u32', 's32', 'u64', 's64', 'f32', 'f64']:
        bits = type_bits(kind)
        template = 'mov.%s {d}, {a};' % kind
        group.add(template, regs(kind, kind), int_inputs(template, [bits]), lambda a: a)
    group.add('mov.pred {d}, {a};', regs('pred', 'pred'), [(0,), (1,)], lambda a: a)


def vector_sections(group):
    """Packing into and unpacking from a wider register, the first element lowest."""
    def add(template, types, function):
        widths = [type_bits(t.split(':')[1]) for t in types.split() if t[0] in 'abc']
        group.add(template, types, int_inputs(template, widths), function)

    add('mov.b32 {d}, {{a}, {b}};', 'd:b32 a:b16 b:b16', lambda a, b: a | b << 16)
    add('mov.b32 {d}, {{b}, {a}};', 'd:b32 a:b16 b:b16', lambda a, b: b | a << 16)
    add('mov.b32 {{d}, {e}}, {a};', 'd:b16 e:b16 a:b32', lambda a: (a & 0xffff, a >> 16))
    add('mov.b32 {{d}, _}, {a};', 'd:b16 a:b32', lambda a: a & 0xffff)
    add('mov.b32 {_, {d}}, {a};', 'd:b16 a:b32', lambda a: a >> 16)
    add('mov.b32 {{d}, {e}}, {a};', 'd:u16 e:s16 a:f32', lambda a: (a & 0xffff, a >> 16))
    add('mov.b64 {d}, {{a}, {b}};', 'd:b64 a:b32 b:b32', lambda a, b: a | b << 32)
    add('mov.b64 {d}, {{a}, {b}};', 'd:f64 a:u32 b:s32', lambda a, b: a | b << 32)
    add('mov.b64 {d}, {{a}, {b}};', 'd:b64 a:f32 b:f32', lambda a, b: a | b << 32)
    add('mov.b64 {{d}, {e}}, {a};', 'd:b32 e:b32 a:b64', lambda a: (a & mask(32), a >> 32))
    add('mov.b64 {{d}, {e}}, {a};', 'd:u32 e:s32 a:f64', lambda a: (a & mask(32), a >> 32))
    add('mov.b64 {{d}, _}, {a};', 'd:b32 a:b64', lambda a: a & mask(32))
    add('mov.b64 {_, {d}}, {a};', 'd:b32 a:b64', lambda a: a >> 32)
    # Four halves: the format has three sources and two results, so some names repeat or sink.
    add('mov.b64 {d}, {{a}, {b}, {c}, {a}};', 'd:b64 a:b16 b:b16 c:b16',
        lambda a, b, c: a | b << 16 | c << 32 | a << 48)
    add('mov.b64 {d}, {{c}, {a}, {a}, {b}};', 'd:b64 a:b16 b:b16 c:b16',
        lambda a, b, c: c | a << 16 | a << 32 | b << 48)
    add('mov.b64 {{d}, {e}, _, _}, {a};', 'd:b16 e:b16 a:b64',
        lambda a: (a & 0xffff, a >> 16 & 0xffff))
    add('mov.b64 {_, _, {d}, {e}}, {a};', 'd:b16 e:b16 a:b64',
        lambda a: (a >> 32 & 0xffff, a >> 48))
    add('mov.b64 {{e}, _, _, {d}}, {a};', 'd:b16 e:b16 a:b64',
        lambda a: (a >> 48, a & 0xffff))
