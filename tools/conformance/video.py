"""Scalar video instructions: parts of registers, an operation, saturation, a second step.

Where the first result does not fit 32 bits and a second operation compares it, the ISA's words
leave open how much of it is compared: such rows are dropped.
"""

import itertools
import random

from sections import regs
from values import int_inputs
from words import clamp, mask, read

KINDS = ['u32', 's32']
SELECTORS = {'': (32, 0), '.b0': (8, 0), '.b1': (8, 1), '.b2': (8, 2), '.b3': (8, 3),
             '.h0': (16, 0), '.h1': (16, 1)}

OPERATIONS = {
    'vadd': lambda a, b: a + b,
    'vsub': lambda a, b: a - b,
    'vabsdiff': lambda a, b: abs(a - b),
    'vmin': min,
    'vmax': max,
}
SECOND = {'add': lambda a, b: a + b, 'min': min, 'max': max}
COMPARISONS = {
    'eq': lambda a, b: a == b, 'ne': lambda a, b: a != b, 'lt': lambda a, b: a < b,
    'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b,
}


def part(value, kind, selector):
    """partSelectSignExtend of the ISA."""
    bits, index = SELECTORS[selector]
    return read(value >> bits * index & mask(bits), kind[0] + str(bits))


def saturate(value, kind, selector):
    """optSaturate: to the type's range, in the size that is written."""
    return clamp(value, kind[0] + str(SELECTORS[selector][0]))


def merge(value, c, selector):
    """optMerge: the result in the place of one part of c."""
    bits, index = SELECTORS[selector]
    hole = mask(bits) << bits * index
    return c & ~hole & mask(32) | (value & mask(bits)) << bits * index


def second_step(value, kind, c, second):
    """optSecondaryOp; None where it is open."""
    if second in ('min', 'max') and value != read(value & mask(32), kind):
        return None
    return SECOND[second](value, read(c, kind)) & mask(32)


def forms(rng, count):
    """Combinations of types, selectors, saturation and second steps."""
    every = list(itertools.product(KINDS, KINDS, KINDS, ['', '.sat']))
    for number in range(count):
        d_kind, a_kind, b_kind, sat = every[number % len(every)]
        step = ['', 'add', 'min', 'max', 'merge'][number % 5]
        to = rng.choice(list(SELECTORS)[1:]) if step == 'merge' else ''
        a_part, b_part = (rng.choice(list(SELECTORS)) for _ in 'ab')
        if number < 4:
            a_part = b_part = ''
        yield d_kind, a_kind, b_kind, sat, step, to, a_part, b_part


def finish(value, d_kind, sat, step, to, c):
    """What is done with the result of the first operation."""
    if sat:
        value = saturate(value, d_kind, to)
    if step == 'merge':
        return merge(value, c, to)
    if step:
        return second_step(value, d_kind, c, step)
    return value & mask(32)


def add(group, opcode, to, a_part, b_part, needs_c, extra, run):
    """A section; `to` is the part of d that is written, the rest of which c gives."""
    template = '%s {d}%s, {a}%s, {b}%s%s;' % (opcode, to, a_part, b_part, ', {c}' if needs_c else '')
    types = regs('b32', *['b32'] * (3 if needs_c else 2))
    group.add(template, types, int_inputs(template, [32] * (3 if needs_c else 2), extra=extra), run)


def scalar_sections(group):
    for name, function in OPERATIONS.items():
        rng = random.Random(name)
        for d_kind, a_kind, b_kind, sat, step, to, a_part, b_part in forms(rng, 40):
            def run(a, b, c=0, function=function, d_kind=d_kind, a_kind=a_kind, b_kind=b_kind,
                    sat=sat, step=step, to=to, a_part=a_part, b_part=b_part):
                value = function(part(a, a_kind, a_part), part(b, b_kind, b_part))
                return finish(value, d_kind, sat, step, to, c)

            second = '.' + step if step in SECOND else ''
            opcode = '%s.%s.%s.%s%s%s' % (name, d_kind, a_kind, b_kind, sat, second)
            extra = [(0x80ff7f01, 0x017f80ff), (mask(32), mask(32)), (1 << 31, 1 << 31)]
            extra = [row + (0x01234567,) * bool(step) for row in extra]
            add(group, opcode, to, a_part, b_part, bool(step), extra, run)


def shift_sections(group):
    for name, mode in itertools.product(['vshl', 'vshr'], ['clamp', 'wrap']):
        rng = random.Random(name + mode)
        for d_kind, a_kind, _, sat, step, to, a_part, b_part in forms(rng, 24):
            def run(a, b, c=0, name=name, mode=mode, d_kind=d_kind, a_kind=a_kind, sat=sat,
                    step=step, to=to, a_part=a_part, b_part=b_part):
                value, amount = part(a, a_kind, a_part), part(b, 'u32', b_part)
                amount = min(amount, 32) if mode == 'clamp' else amount & 31
                value = value << amount if name == 'vshl' else value >> amount
                return finish(value, d_kind, sat, step, to, c)

            second = '.' + step if step in SECOND else ''
            opcode = '%s.%s.%s.u32%s.%s%s' % (name, d_kind, a_kind, sat, mode, second)
            extra = [(value, amount) + (0x89abcdef,) * bool(step)
                     for value in (1, 2, 0x80ff7f81, mask(32))
                     for amount in (0, 1, 7, 31, 32, 33, 0x1f201f20)]
            add(group, opcode, to, a_part, b_part, bool(step), extra, run)


def mad_sections(group):
    rng = random.Random('vmad')
    signs = ['', 'a', 'b', 'ab', 'c', 'po']
    every = list(itertools.product(KINDS, KINDS, KINDS, signs, ['', '.sat'], [0, 7, 15]))
    for d_kind, a_kind, b_kind, sign, sat, scale in rng.sample(every, 90):
        a_part, b_part = (rng.choice([''] * 6 + list(SELECTORS)) for _ in 'ab')

        def run(a, b, c, a_kind=a_kind, b_kind=b_kind, sign=sign, sat=sat, scale=scale,
                a_part=a_part, b_part=b_part):
            minus_product, minus_c = sign in ('a', 'b'), sign == 'c'
            is_signed = 's' in a_kind[0] + b_kind[0] or minus_product or minus_c
            value = part(a, a_kind, a_part) * part(b, b_kind, b_part)
            third = read(c, 's32' if is_signed else 'u32')
            value = -value if minus_product else value
            value += -third if minus_c else third
            value += sign == 'po'
            value = value >> scale & mask(64)
            if sat:
                value = clamp(read(value, 's64' if is_signed else 'u64'),
                              's32' if is_signed else 'u32')
            return value & mask(32)

        opcode = 'vmad.%s.%s.%s%s%s%s' % (d_kind, a_kind, b_kind, sat,
                                          '.po' if sign == 'po' else '',
                                          '.shr%d' % scale if scale else '')
        minus = {name: '-' if sign != 'po' and name in sign else '' for name in 'abc'}
        template = '%s {d}, %s{a}%s, %s{b}%s, %s{c};' % (opcode, minus['a'], a_part, minus['b'],
                                                         b_part, minus['c'])
        big = [(x, y, z) for x in (mask(32), 1 << 31, 0x7fffffff) for y in (mask(32), 1 << 31)
               for z in (0, mask(32), 1 << 31)]
        group.add(template, regs('b32', 'b32', 'b32', 'b32'),
                  int_inputs(template, [32, 32, 32], extra=big), run)


def set_sections(group):
    rng = random.Random('vset')
    number = 0
    for a_kind, b_kind, (cmp, function) in itertools.product(KINDS, KINDS, COMPARISONS.items()):
        step = ['', 'add', 'min', 'max', 'merge'][number % 5]
        number += 1
        to = rng.choice(list(SELECTORS)[1:]) if step == 'merge' else ''
        a_part, b_part = (rng.choice([''] * 4 + list(SELECTORS)) for _ in 'ab')

        def run(a, b, c=0, function=function, a_kind=a_kind, b_kind=b_kind, step=step, to=to,
                a_part=a_part, b_part=b_part):
            value = int(function(part(a, a_kind, a_part), part(b, b_kind, b_part)))
            return finish(value, 'u32', '', step, to, c)

        second = '.' + step if step in SECOND else ''
        extra = [(v, v) + (0xfedcba98,) * bool(step) for v in (0, mask(32), 1 << 31, 0x80808080)]
        add(group, 'vset.%s.%s.%s%s' % (a_kind, b_kind, cmp, second), to, a_part, b_part,
            bool(step), extra, run)
