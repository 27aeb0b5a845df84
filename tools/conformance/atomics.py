"""Atomic operations: atom and red of every type and operation, by one thread and by a block.

By one thread: memory holds a, the operand is b (and c for a successful cas); `atom` gives what was
there.  By a block: the order in which threads come is open, so what they leave together is told
of operations whose result does not depend on it.
"""

import functools

from cells import THREADS, block, cell, word
from floats import BF16, F16, F32, F64, arithmetic, exact_add
from sections import NAN, regs, type_bits
from values import Choice, add_cases, float_inputs, int_inputs
from words import mask, read

PLACES = [('global', False, '.global'), ('shared', False, '.shared'), ('global', True, ''),
          ('shared', True, '')]

# (operation, types, function of the old value and the operand as numbers of the type)
INTEGER = [
    ('add', ['u32', 's32', 'u64'], lambda old, b: old + b),
    ('min', ['u32', 's32', 'u64', 's64'], min),
    ('max', ['u32', 's32', 'u64', 's64'], max),
    ('and', ['b32', 'b64'], lambda old, b: old & b),
    ('or', ['b32', 'b64'], lambda old, b: old | b),
    ('xor', ['b32', 'b64'], lambda old, b: old ^ b),
    ('inc', ['u32'], lambda old, b: 0 if old >= b else old + 1),
    ('dec', ['u32'], lambda old, b: b if old == 0 or old > b else old - 1),
    ('exch', ['b32', 'b64'], lambda old, b: b),
]
FORMATS = {'f32': F32, 'f64': F64, 'f16': F16, 'bf16': BF16}


def both(group, name, suffix, place, kind, sources, inputs, function, bits):
    """Sections for atom (old and new value) and red (new value) at a place.

    The function gives the new value from the old one and the operands.
    """
    start = block(cell(*place), 'X')[:-3]
    operands = ', '.join('{%s}' % n for n in 'bc'[:len(sources)])
    put = 'st%s.b%d [at], {a};' % (suffix, bits)
    last = 'X%s.b%d {e}, [at]; }' % (suffix, bits)
    types = ' '.join('%s:%s' % pair for pair in zip('abc', [kind] + sources))

    def pair(a, *others):
        new = function(a, *others)
        return None if new is None else (a, new)

    template = '%s %s atom%s.%s {d}, [at], %s; %s' % (start, put, suffix, name, operands,
                                                      last.replace('X', 'ld'))
    group.add(template, 'd:%s e:%s %s' % (kind, kind, types), inputs, pair)
    if name.split('.')[0] in ('exch', 'cas'):
        return
    template = '%s %s red%s.%s [at], %s; %s' % (start, put, suffix, name, operands,
                                                last.replace('X', 'ld').replace('{e}', '{d}'))
    group.add(template, 'd:%s %s' % (kind, types), inputs, function)


def integer_sections(group):
    for space, generic, suffix in PLACES:
        for op, kinds, function in INTEGER:
            for kind in kinds:
                bits = type_bits(kind)
                number = 'u%d' % bits if kind[0] == 'b' else kind

                def run(a, b, f=function, k=number, n=bits):
                    return f(read(a, k), read(b, k)) & mask(n)

                name = op + '.' + kind
                inputs = int_inputs(name, [bits, bits], extra=[(3, 3), (3, 2), (2, 3)])
                both(group, name, suffix, (space, generic), kind, [kind], inputs, run, bits)


def swap_sections(group):
    for space, generic, suffix in PLACES:
        for kind in ['b16', 'b32', 'b64']:
            bits = type_bits(kind)
            name = 'cas.' + kind
            inputs = int_inputs(name, [bits] * 3)
            inputs += [(a, a, c) for a, _, c in inputs]
            both(group, name, suffix, (space, generic), kind, [kind, kind], inputs,
                 lambda a, b, c: c if a == b else a, bits)


def float_sections(group):
    """add rounds to nearest even.

    Of f32 in global memory subnormal sources and results are made zeros of their sign, in shared
    memory not; f16 and bf16 with .noftz keep them.
    """
    for space, generic, suffix in PLACES:
        for kind, name in [('f32', 'add.f32'), ('f64', 'add.f64'), ('f16', 'add.noftz.f16'),
                           ('bf16', 'add.noftz.bf16')]:
            fmt = FORMATS[kind]
            inputs = float_inputs(name, fmt, 2, add_cases(fmt))
            run = arithmetic(fmt, exact_add, ftz=kind == 'f32' and space == 'global')

            both(group, name, suffix, (space, generic), kind, [kind], inputs, run, fmt.width)
            if kind not in ('f16', 'bf16'):
                continue

            def packed(a, b, run=run):
                halves = [run(a >> s & 0xffff, b >> s & 0xffff) for s in (0, 16)]
                return None if NAN in halves else halves[0] | halves[1] << 16

            rows = [(a | c << 16, b | d << 16)
                    for (a, b), (c, d) in zip(inputs, inputs[1:] + inputs[:1])]
            both(group, name + 'x2', suffix, (space, generic), 'b32', ['b32'], rows, packed, 32)


def ordered_sections(group):
    """What is said of order and scope changes nothing for one thread."""
    for words in ['.relaxed.gpu', '.acquire.cta', '.release.gpu', '.acq_rel.sys', '.gpu', '.cta',
                  '.sys', '.acq_rel']:
        template = block(cell('global'), 'st.global.u32 [at], {a};',
                         'atom%s.global.add.u32 {d}, [at], {b}; ld.global.u32 {e}, [at];' % words)
        group.add(template, 'd:u32 e:u32 a:u32 b:u32',
                  int_inputs(template, [32, 32], edge_rows=8, random_rows=8),
                  lambda a, b: (a, a + b & mask(32)))


def block_sections(group):
    """All threads of a block on one word, which the first has set; all read it afterwards."""
    for space in ['global', 'shared']:
        for instruction in ['atom', 'red']:
            for op, kinds, function in INTEGER:
                if op in ('exch', 'dec'):
                    continue
                for kind in kinds:
                    bits = type_bits(kind)
                    number = 'u%d' % bits if kind[0] == 'b' else kind
                    together(group, space, instruction, op, kind, bits, function, number)


def together(group, space, instruction, op, kind, bits, function, number):
    old = '.reg .b%d old;' % bits if instruction == 'atom' else ''
    target = 'old, ' if instruction == 'atom' else ''
    template = block(
        word(space), old, '.reg .pred first; .reg .b32 t; mov.u32 t, %tid.x;',
        'setp.eq.u32 first, t, 0; @first st.%s.b%d [at], 0; bar.sync 0;' % (space, bits),
        '%s.%s.%s.%s %s[at], {a}; bar.sync 0;' % (instruction, space, op, kind, target),
        'ld.%s.b%d {d}, [at];' % (space, bits))
    rows = int_inputs(template, [bits], columns=[Choice([100])] if op == 'inc' else None,
                      random_rows=THREADS, edge_rows=64)
    rows = rows[:len(rows) // 32 * 32]

    def all_of(values):
        total = functools.reduce(lambda x, row: function(x, read(row[0], number)), values, 0)
        return [total & mask(bits)] * len(values)

    group.add_threads(template, regs(kind, kind), rows, THREADS, all_of)
