"""Comparisons: setp into predicates, set into numbers, for every operand type."""

import itertools
import random

from floats import BF16, F16, F32, FORMATS, decode, value_of
from sections import regs
from values import float_inputs, int_inputs
from words import INT_TYPES, mask, read

FLOAT_COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'equ', 'neu', 'ltu', 'leu', 'gtu', 'geu',
                     'num', 'nan']
RELATIONS = {'eq': lambda a, b: a == b, 'ne': lambda a, b: a != b, 'lt': lambda a, b: a < b,
             'le': lambda a, b: a <= b, 'gt': lambda a, b: a > b, 'ge': lambda a, b: a >= b}
UNSIGNED_NAMES = {'lo': 'lt', 'ls': 'le', 'hi': 'gt', 'hs': 'ge'}
BOOL_OPS = {'and': lambda t, c: t & c, 'or': lambda t, c: t | c, 'xor': lambda t, c: t ^ c}

# The scalar operand types, and those with a packed form, each with and without .ftz.
KINDS = [(kind, '') for kind in ['b16', 'b32', 'b64'] + INT_TYPES]
KINDS += [('f16', ''), ('f16', '.ftz'), ('bf16', ''), ('f32', ''), ('f32', '.ftz'), ('f64', '')]
PACKED_KINDS = [('f16', ''), ('f16', '.ftz'), ('bf16', '')]

# What set writes for true, by destination type.
TRUE_VALUES = {'u32': mask(32), 's32': mask(32), 'u16': 0xffff, 's16': 0xffff,
               'f32': F32.one, 'f16': F16.one, 'bf16': BF16.one}


def comparisons(kind):
    """The comparison operators that an operand type has."""
    if kind in FORMATS:
        return FLOAT_COMPARISONS
    names = ['eq', 'ne'] if kind[0] == 'b' else ['eq', 'ne', 'lt', 'le', 'gt', 'ge']
    return names + (list(UNSIGNED_NAMES) if kind[0] == 'u' else [])


def compare(kind, name, ftz=False):
    """A function of two sources' bits that gives 0 or 1."""
    if kind not in FORMATS:
        kind = 'u' + kind[1:] if kind[0] == 'b' else kind
        relation = RELATIONS[UNSIGNED_NAMES.get(name, name)]
        return lambda a, b: int(relation(read(a, kind), read(b, kind)))
    fmt = FORMATS[kind]

    def run(a, b):
        x, y = decode(fmt, a, ftz), decode(fmt, b, ftz)
        unordered = 'nan' in (x.kind, y.kind)
        if name in ('num', 'nan'):
            return int(unordered == (name == 'nan'))
        if unordered:
            return int(len(name) == 3)
        order = [(-1 if v.sign else 1) * 2 ** 2000 if v.kind == 'inf' else value_of(v)
                 for v in (x, y)]
        return int(RELATIONS[name[:2]](*order))
    return run


def compare_inputs(template, kind, combine):
    """Pairs of equal, neighbouring and extreme values, with a predicate when it is combined."""
    rng = random.Random(template)
    if kind in FORMATS:
        fmt = FORMATS[kind]
        s = fmt.sign_bit
        nan = fmt.inf | 1 << (fmt.m - 1)
        rows = [(0, s), (s, 0), (fmt.one, fmt.one), (fmt.one, fmt.one + 1), (fmt.one + 1, fmt.one),
                (fmt.one, fmt.one | s), (fmt.one | s, fmt.one), (1, 0), (0, 1), (1 | s, 0), (1, 2),
                (1, 1 | s), (fmt.min_normal - 1, 0), (fmt.inf, fmt.max), (fmt.inf, fmt.inf),
                (fmt.inf | s, fmt.inf), (nan, fmt.one), (fmt.one, nan), (nan, nan), (nan | s, nan)]
        rows += float_inputs(template, fmt, 2, special_rows=8, random_rows=8)
    else:
        bits = int(kind[1:])
        top = 1 << (bits - 1)
        rows = [(0, 0), (0, 1), (1, 0), (mask(bits), 0), (0, mask(bits)), (top, top - 1),
                (top - 1, top), (top, top), (mask(bits), mask(bits)), (1, mask(bits)), (top, 0)]
        rows += int_inputs(template, [bits, bits], edge_rows=10, random_rows=8)
    if not combine:
        return rows
    return [row + (c,) for row in rows
            for c in ((0, 1) if rng.random() < .4 else (rng.randrange(2),))]


def combined(test, bool_op, inverted):
    """The comparison's truth value, alone or combined with the predicate c."""
    def run(t, c):
        return BOOL_OPS[bool_op](t, c ^ inverted) if bool_op else t

    return lambda a, b, c=0: (run(test(a, b), c), run(1 - test(a, b), c))


def pack_rows(rows, template):
    """Rows for a packed form: every scalar row in the lower half, another in the upper half."""
    shuffled = list(rows)
    random.Random('pack' + template).shuffle(shuffled)
    return [(x[0] | y[0] << 16, x[1] | y[1] << 16) + x[2:] for x, y in zip(rows, shuffled)]


def setp_sections(group):
    """Every comparison, alone and combined with a predicate, the Boolean operators in turn."""
    turn = itertools.cycle(itertools.product(BOOL_OPS, (0, 1)))
    for kind, ftz in KINDS:
        for name in comparisons(kind):
            setp_scalar(group, kind, ftz, name, *next(turn))
    for kind, ftz in PACKED_KINDS:
        for name in FLOAT_COMPARISONS:
            setp_packed(group, kind, ftz, name, *next(turn))


def setp_scalar(group, kind, ftz, name, bool_op, inverted):
    test = compare(kind, name, bool(ftz))
    mixed = combined(test, bool_op, inverted)
    simple = 'setp.%s%s.%s %%s, {a}, {b};' % (name, ftz, kind)
    mixing = 'setp.%s.%s%s.%s %%s, {a}, {b}, %s{c};' % (name, bool_op, ftz, kind,
                                                        '!' if inverted else '')
    template = simple % '{d}'
    group.add(template, regs('pred', kind, kind), compare_inputs(template, kind, False), test)
    if kind in ('f16', 'bf16'):         # the scalar half forms have a single destination
        template = mixing % '{d}'
        group.add(template, regs('pred', kind, kind, 'pred'),
                  compare_inputs(template, kind, True), lambda a, b, c: mixed(a, b, c)[0])
        return
    template = simple % '{d}|{e}'
    group.add(template, 'd:pred e:pred a:%s b:%s' % (kind, kind),
              compare_inputs(template, kind, False), combined(test, None, 0))
    template = mixing % '{d}|{e}'
    group.add(template, 'd:pred e:pred a:%s b:%s c:pred' % (kind, kind),
              compare_inputs(template, kind, True), mixed)


def setp_packed(group, kind, ftz, name, bool_op, inverted):
    test = compare(kind, name, bool(ftz))

    def two(a, b):
        return test(a & 0xffff, b & 0xffff), test(a >> 16, b >> 16)

    def two_mixed(a, b, c):
        return tuple(BOOL_OPS[bool_op](t, c ^ inverted) for t in two(a, b))

    template = 'setp.%s%s.%sx2 {d}|{e}, {a}, {b};' % (name, ftz, kind)
    group.add(template, 'd:pred e:pred a:b32 b:b32',
              pack_rows(compare_inputs(template, kind, False), template), two)
    template = 'setp.%s.%s%s.%sx2 {d}|{e}, {a}, {b}, %s{c};' % (
        name, bool_op, ftz, kind, '!' if inverted else '')
    group.add(template, 'd:pred e:pred a:b32 b:b32 c:pred',
              pack_rows(compare_inputs(template, kind, True), template), two_mixed)


def set_sections(group):
    """Every comparison of every type; destinations and Boolean operators take turns."""
    ops = itertools.cycle([None, ('and', 0), None, ('or', 0), None, ('xor', 0), None, ('and', 1),
                           None, ('or', 1), None, ('xor', 1)])
    for dtypes, sources in [
            (['u32', 's32', 'f32'], [k for k in KINDS if k[0] not in ('f16', 'bf16')]),
            (['u16', 's16', 'u32', 's32', 'f16'], [('f16', ''), ('f16', '.ftz')]),
            (['u16', 's16', 'u32', 's32', 'bf16'], [('bf16', '')])]:
        for kind, ftz in sources:
            turn = itertools.cycle(dtypes)
            count = len(comparisons(kind))
            for number in range(max(count, len(dtypes))):
                set_scalar(group, next(turn), kind, ftz, comparisons(kind)[number % count],
                           next(ops))
            if len(dtypes) == 3 and count % 3 == 0:     # shift the pairing once
                next(turn)
                for name in comparisons(kind):
                    set_scalar(group, next(turn), kind, ftz, name, next(ops))
    for dtype in ('f16', 'bf16'):
        for kind in ['b16', 'b32', 'b64'] + INT_TYPES + ['f32', 'f64', 'f16']:
            names = comparisons(kind)
            if kind == dtype:
                continue
            for name in names[:2] if len(names) == 2 else (names[2], names[-1]):
                set_scalar(group, dtype, kind, '', name, next(ops))
    for kind, ftz in PACKED_KINDS:
        for dtype, name in zip(itertools.cycle([kind + 'x2', 'u32', 's32']),
                               FLOAT_COMPARISONS + FLOAT_COMPARISONS[:1]):
            set_packed(group, dtype, kind, ftz, name, next(ops))


def set_template(name, ftz, dtype, kind, op):
    """The text of a set instruction; op is None or a Boolean operator and whether c is inverted."""
    return 'set.%s%s%s.%s.%s {d}, {a}, {b}%s;' % (
        name, '.' + op[0] if op else '', ftz, dtype, kind,
        ', %s{c}' % ('!' if op[1] else '') if op else '')


def set_scalar(group, dtype, kind, ftz, name, op):
    test = combined(compare(kind, name, bool(ftz)), *(op or (None, 0)))
    template = set_template(name, ftz, dtype, kind, op)
    sources = [kind, kind] + (['pred'] if op else [])
    group.add(template, regs(dtype, *sources), compare_inputs(template, kind, bool(op)),
              lambda a, b, c=0: test(a, b, c)[0] * TRUE_VALUES[dtype])


def set_packed(group, dtype, kind, ftz, name, op):
    test = combined(compare(kind, name, bool(ftz)), *(op or (None, 0)))
    value = TRUE_VALUES[kind] if dtype == kind + 'x2' else 0xffff

    def run(a, b, c=0):
        return sum(test(a >> s & 0xffff, b >> s & 0xffff, c)[0] * value << s for s in (0, 16))

    template = set_template(name, ftz, dtype, kind + 'x2', op)
    group.add(template, regs('b32', 'b32', 'b32', *(['pred'] if op else [])),
              pack_rows(compare_inputs(template, kind, bool(op)), template), run)
