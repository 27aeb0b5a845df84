"""Sections of the common shape `op.type d, a, b, c;`, for integers, floats and packed halves."""

import random

from sections import regs, type_bits
from values import float_inputs, int_inputs
from words import mask, read


def operands(arity):
    """The operand list of an instruction with one result."""
    return ', '.join('{%s}' % name for name in 'dabc'[:arity + 1])


def int_section(group, op, kind, arity, function, result=None, sources=None, **options):
    """A section for `op.kind` whose function works on the numbers the sources hold."""
    sources = sources or [kind] * arity
    result = result or kind
    template = '%s.%s %s;' % (op, kind, operands(arity))
    widths = [type_bits(t) for t in sources]
    kinds = [t if t[0] in 'us' else 'u' + t[1:] for t in sources]

    def run(*args):
        value = function(*[read(v, k) for v, k in zip(args, kinds)])
        return None if value is None else value & mask(type_bits(result))

    group.add(template, regs(result, *sources), int_inputs(template, widths, **options), run)


def float_section(group, name, fmt, arity, function, extra=()):
    """A section `name d, a, b, c;` whose sources and result have the format's type."""
    template = '%s %s;' % (name, operands(arity))
    group.add(template, regs(fmt.name, *[fmt.name] * arity),
              float_inputs(template, fmt, arity, extra), function)


def pair_sections(group, name, fmt, arity, function, extra=()):
    """Sections for the packed form of a scalar function.

    The first has the packed 32-bit result and therefore leaves out rows with a NaN that is not
    specified; the second takes the result apart and tests each half.
    """
    template = '%s %s;' % (name, operands(arity))
    scalar = float_inputs(template, fmt, arity, extra, special_rows=20)
    shuffled = list(scalar)
    random.Random('pairs' + template).shuffle(shuffled)
    inputs = [tuple(lo | hi << 16 for lo, hi in zip(low, high))
              for low, high in zip(scalar, shuffled)]

    def halves(*args):
        return tuple(function(*[v >> s & 0xffff for v in args]) for s in (0, 16))

    def packed(*args):
        low, high = halves(*args)
        if not all(isinstance(v, int) for v in (low, high)):
            return None
        return low | high << 16

    if any(packed(*args) is not None for args in inputs):
        group.add(template, regs('b32', *['b32'] * arity), inputs, packed)
    apart = '%s {a}, %s; mov.b32 {{d}, {e}}, {a};' % (
        name, ', '.join('{%s}' % n for n in 'abc'[:arity]))
    types = ['d:' + fmt.name, 'e:' + fmt.name] + [n + ':b32' for n in 'abc'[:arity]]
    group.add(apart, ' '.join(types), inputs, halves)
