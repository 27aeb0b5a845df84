"""Chains through the carry flag: add.cc, sub.cc, mad.cc and the instructions that read the flag."""

from values import int_inputs
from words import mask, read


def chain(kind, *operations):
    """Statements in which .T stands for the type."""
    return ' '.join(op.replace('.T', '.' + kind) for op in operations)


def chains(kind):
    """The cases for a type: a template each, with a function of (a, b, c)."""
    n = int(kind[1:])
    m = mask(n)

    def high(a, b):
        return (read(a, kind) * read(b, kind)) >> n & m

    def carry(*terms):                  # carry out of a sum of n-bit words and a carry in
        return sum(terms) >> n

    return [
        (chain(kind, 'add.cc.T {d}, {a}, {b};', 'addc.T {e}, {c}, 0;'),
         lambda a, b, c: (a + b & m, c + carry(a, b) & m)),
        (chain(kind, 'add.cc.T {d}, {a}, {b};', 'addc.T {e}, {c}, {c};'),
         lambda a, b, c: (a + b & m, 2 * c + carry(a, b) & m)),
        (chain(kind, 'add.cc.T {d}, {a}, {b};', 'addc.cc.T {d}, {d}, {c};', 'addc.T {e}, 0, 0;'),
         lambda a, b, c: ((a + b & m) + c + carry(a, b) & m,
                          carry(a + b & m, c, carry(a, b)))),
        (chain(kind, 'sub.cc.T {d}, {a}, {b};', 'subc.T {e}, {c}, 0;'),
         lambda a, b, c: (a - b & m, c - (a < b) & m)),
        (chain(kind, 'sub.cc.T {d}, {a}, {b};', 'subc.T {e}, {c}, {a};'),
         lambda a, b, c: (a - b & m, c - a - (a < b) & m)),
        (chain(kind, 'sub.cc.T {d}, {a}, {b};', 'subc.cc.T {d}, {d}, {c};', 'subc.T {e}, 0, 0;'),
         lambda a, b, c: ((a - b & m) - c - (a < b) & m,
                          -((a - b & m) < c + (a < b)) & m)),
        # Between additions and subtractions the flag is the carry of a + ~b + 1, as ptxas has it.
        (chain(kind, 'sub.cc.T {d}, {a}, {b};', 'addc.T {e}, {c}, 0;'),
         lambda a, b, c: (a - b & m, c + (a >= b) & m)),
        (chain(kind, 'sub.cc.T {d}, {a}, {b};', 'subc.cc.T {d}, {d}, {c};', 'addc.T {e}, 0, 0;'),
         lambda a, b, c: ((a - b & m) - c - (a < b) & m,
                          int((a - b & m) >= c + (a < b)))),
        (chain(kind, 'add.cc.T {d}, {a}, {b};', 'subc.T {e}, {c}, 0;'),
         lambda a, b, c: (a + b & m, c - 1 + carry(a, b) & m)),
        (chain(kind, 'mad.lo.cc.T {d}, {a}, {b}, {c};', 'madc.hi.T {e}, {a}, {b}, 0;'),
         lambda a, b, c: ((a * b & m) + c & m, high(a, b) + carry(a * b & m, c) & m)),
        (chain(kind, 'mad.lo.cc.T {d}, {a}, {b}, {c};', 'madc.hi.T {e}, {a}, {b}, {c};'),
         lambda a, b, c: ((a * b & m) + c & m, high(a, b) + c + carry(a * b & m, c) & m)),
        (chain(kind, 'mad.hi.cc.T {d}, {a}, {b}, {c};', 'madc.lo.T {e}, {a}, {b}, {c};'),
         lambda a, b, c: (high(a, b) + c & m, a * b + c + carry(high(a, b), c) & m)),
        (chain(kind, 'add.cc.T {d}, {a}, {b};', 'madc.lo.cc.T {d}, {a}, {c}, {b};',
               'addc.T {e}, 0, 0;'),
         lambda a, b, c: (a * c + b + carry(a, b) & m, carry(a * c & m, b, carry(a, b)))),
        (chain(kind, 'add.cc.T {d}, {a}, {b};', 'madc.hi.cc.T {d}, {a}, {c}, {b};',
               'addc.T {e}, {c}, 0;'),
         lambda a, b, c: (high(a, c) + b + carry(a, b) & m,
                          c + carry(high(a, c), b, carry(a, b)) & m)),
    ]


def carry_sections(group):
    for kind in ['u32', 's32', 'u64', 's64']:
        n = int(kind[1:])
        m = mask(n)
        extra = [(m, 1, 0), (m, 1, m), (m, m, m), (0, 0, 0), (0, 1, 0), (1, 0, m),
                 (m - 1, 1, m), (1 << (n - 1), 1 << (n - 1), m), (m, 0, m)]
        for template, function in chains(kind):
            group.add(template, 'd:%s e:%s a:%s b:%s c:%s' % ((kind,) * 5),
                      int_inputs(template, [n, n, n], extra=extra), function)
