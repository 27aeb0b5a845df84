"""Instructions across the lanes of a warp and the threads of a block: row r is thread r.

Threads whose part is left out (a membermask of less than 32 lanes) keep what they had.
"""

import random

from cells import THREADS, block
from sections import regs
from words import mask, read

WARP = 32
FULL = 0xffffffff
LOW = '.reg .pred q; .reg .b32 l; mov.u32 l, %laneid; setp.lt.u32 q, l, 16;'   # 16 lanes: 0xffff


def words(seed, bits, count=4 * WARP, few=None):
    """Rows of one column; few: how many different values there are."""
    rng = random.Random(seed)
    pool = [rng.getrandbits(bits) for _ in range(few)] if few else None
    return [(rng.choice(pool) if few else rng.getrandbits(bits),) for _ in range(count)]


def predicates(seed):
    """Warps of which all, none, one and some have a predicate that holds."""
    rng = random.Random(seed)
    warps = [[1] * WARP, [0] * WARP, [k == 7 for k in range(WARP)], [k != 31 for k in range(WARP)],
             [rng.randrange(2) for _ in range(WARP)], [k < 16 for k in range(WARP)]]
    return [(int(value),) for warp in warps for value in warp]


def bits_of(flags):
    return sum(1 << k for k, flag in enumerate(flags) if flag)


def shuffle(mode, rows):
    """(value, predicate) of each lane, by the PTX ISA's description of shfl.sync."""
    results = []
    for lane, (_, b, c) in enumerate(rows):
        source, segment = b & 31, c >> 8 & 31
        greatest = lane & segment | (c & 31) & ~segment
        least = lane & segment
        if mode == 'up':
            j = lane - source
            inside = j >= greatest
        elif mode == 'down':
            j = lane + source
            inside = j <= greatest
        elif mode == 'bfly':
            j = lane ^ source
            inside = j <= greatest
        else:
            j = least | source & ~segment
            inside = j <= greatest
        results.append((rows[j if inside else lane][0], int(inside)))
    return results


def shuffle_sections(group):
    for mode in ['up', 'down', 'bfly', 'idx']:
        rng = random.Random(mode)
        rows = []
        for c in [0 if mode == 'up' else 31, 0x1c00 | (0 if mode == 'up' else 31),
                  0x1000 | (0 if mode == 'up' else 0xf), 0x1f00 | (0 if mode == 'up' else 31)]:
            for b in [1, 2, 16, 31, None]:
                rows += [(rng.getrandbits(32), rng.randrange(32) if b is None else b, c)
                         for _ in range(WARP)]
        group.add_threads('shfl.sync.%s.b32 {d}|{e}, {a}, {b}, {c}, -1;' % mode,
                          'd:b32 e:pred a:b32 b:b32 c:b32', rows, WARP,
                          lambda warp, mode=mode: shuffle(mode, warp))
        group.add_threads('shfl.sync.%s.b32 {d}, {a}, {b}, {c}, 0xffffffff;' % mode,
                          regs('b32', 'b32', 'b32', 'b32'), rows, WARP,
                          lambda warp, mode=mode: [v for v, _ in shuffle(mode, warp)])

    def half(warp):
        return [warp[lane ^ 5][0] if lane < 16 else 0 for lane in range(WARP)]

    group.add_threads(block(LOW, 'mov.b32 {d}, 0;',
                            '@q shfl.sync.bfly.b32 {d}, {a}, 5, 31, 0xffff;'),
                      regs('b32', 'b32'), words('half', 32), WARP, half)


def vote_sections(group):
    modes = {'all': all, 'any': any, 'uni': lambda flags: len(set(map(bool, flags))) == 1}
    rows = predicates('votes')
    for mode, function in modes.items():
        for sign in ('', '!'):
            def vote(warp, f=function, sign=sign):
                return [int(f([bool(a) != bool(sign) for a, in warp]))] * WARP

            group.add_threads('vote.sync.%s.pred {d}, %s{a}, -1;' % (mode, sign),
                              regs('pred', 'pred'), rows, WARP, vote)

        def low(warp, f=function):
            return [int(f([a for a, in warp[:16]])) if lane < 16 else 0 for lane in range(WARP)]

        group.add_threads(block(LOW, 'setp.ne.u32 {d}, l, l;',
                                '@q vote.sync.%s.pred {d}, {a}, 0xffff;' % mode),
                          regs('pred', 'pred'), rows, WARP, low)
    group.add_threads('vote.sync.ballot.b32 {d}, {a}, -1;', regs('b32', 'pred'), rows, WARP,
                      lambda warp: [bits_of(a for a, in warp)] * WARP)
    group.add_threads('vote.sync.ballot.b32 {d}, !{a}, -1;', regs('b32', 'pred'), rows, WARP,
                      lambda warp: [bits_of(not a for a, in warp)] * WARP)
    group.add_threads(block(LOW, 'mov.b32 {d}, 0;',
                            '@q vote.sync.ballot.b32 {d}, {a}, 0xffff;'),
                      regs('b32', 'pred'), rows, WARP,
                      lambda warp: [bits_of(a for a, in warp[:16]) if lane < 16 else 0
                                    for lane in range(WARP)])


def match_sections(group):
    for kind, bits in [('b32', 32), ('b64', 64)]:
        rows = (words('few' + kind, bits, few=5) + words('two' + kind, bits, WARP, few=2)
                + words('same' + kind, bits, WARP, few=1) + words('all' + kind, bits, WARP))

        def any_of(warp):
            return [bits_of(b == a for b in warp) for a in warp]

        def all_of(warp):
            same = len(set(warp)) == 1
            return [(FULL if same else 0, int(same))] * WARP

        def low(warp):
            return [bits_of(b == a for b in warp[:16]) if lane < 16 else 0
                    for lane, a in enumerate(warp)]

        group.add_threads('match.any.sync.%s {d}, {a}, -1;' % kind, regs('b32', kind), rows, WARP,
                          any_of)
        group.add_threads('match.all.sync.%s {d}|{e}, {a}, -1;' % kind,
                          'd:b32 e:pred a:%s' % kind, rows, WARP, all_of)
        group.add_threads(block(LOW, 'mov.b32 {d}, 0;',
                                '@q match.any.sync.%s {d}, {a}, 0xffff;' % kind),
                          regs('b32', kind), rows, WARP, low)


def redux_sections(group):
    def folded(function):
        def run(values):
            total = values[0]
            for value in values[1:]:
                total = function(total, value)
            return total
        return run

    operations = [('add', ['u32', 's32'], sum), ('min', ['u32', 's32'], min),
                  ('max', ['u32', 's32'], max), ('and', ['b32'], folded(lambda x, y: x & y)),
                  ('or', ['b32'], folded(lambda x, y: x | y)),
                  ('xor', ['b32'], folded(lambda x, y: x ^ y))]
    for op, kinds, function in operations:
        for kind in kinds:
            number = kind if kind[0] == 's' else 'u32'
            rows = words(op + kind, 32) + words('few' + op, 32, WARP, few=3)

            def run(warp, f=function, k=number):
                return [f([read(a, k) for a, in warp]) & mask(32)] * len(warp)

            def low(warp, run=run):
                return run(warp[:16]) + [0] * 16

            name = 'redux.sync.%s.%s' % (op, kind)
            group.add_threads(name + ' {d}, {a}, -1;', regs(kind, kind), rows, WARP, run)
            group.add_threads(block(LOW, 'mov.b32 {d}, 0;', '@q %s {d}, {a}, 0xffff;' % name),
                              regs(kind, kind), rows, WARP, low)


def mask_sections(group):
    lanes = [(lane,) for lane in range(WARP)]
    group.add_threads('mov.u32 {d}, %laneid;', regs('u32', 'u32'), lanes, WARP,
                      lambda warp: range(WARP))
    for name, function in [('eq', lambda l: 1 << l), ('lt', lambda l: (1 << l) - 1),
                           ('le', lambda l: (2 << l) - 1), ('gt', lambda l: FULL & ~((2 << l) - 1)),
                           ('ge', lambda l: FULL & ~((1 << l) - 1))]:
        group.add_threads('mov.u32 {d}, %%lanemask_%s;' % name, regs('u32', 'u32'), lanes, WARP,
                          lambda warp, f=function: [f(lane) for lane in range(WARP)])
    group.add_threads('bar.warp.sync -1; activemask.b32 {d};', regs('b32', 'u32'), lanes, WARP,
                      lambda warp: [FULL] * WARP)


def barrier_sections(group):
    """bar.red over a block, and a value that every thread gets from another one after a barrier."""
    rows = predicates('block') * 3
    forms = [('popc', 'u32', sum), ('and', 'pred', all), ('or', 'pred', any)]
    for op, result, function in forms:
        for begin, end in [('bar', ''), ('barrier.cta', ''), ('barrier', '.aligned')]:
            for sign in ('', '!'):
                template = '%s.red.%s%s.%s {d}, 0, %s{a};' % (begin, op, end, result, sign)

                def run(block_rows, f=function, sign=sign):
                    held = int(f([int(bool(a) != bool(sign)) for a, in block_rows]))
                    return [held] * len(block_rows)

                group.add_threads(template, regs(result, 'pred'), rows, THREADS, run)
    values = words('neighbour', 32, 2 * THREADS)
    for wait in ['bar.sync 0;', 'bar.cta.sync 3;', 'barrier.sync 1;',
                 'barrier.cta.sync.aligned 0;']:
        template = block('.shared .align 4 .b8 m[%d]; .reg .b32 t, at, n; .reg .b32 last;'
                         % (4 * THREADS),
                         'mov.u32 t, %tid.x; mov.u32 n, %ntid.x; mov.u32 at, m;',
                         'mad.lo.u32 at, t, 4, at; st.shared.b32 [at], {a};', wait,
                         'sub.u32 t, n, t; sub.u32 t, t, 1; mov.u32 at, m;',
                         'mad.lo.u32 at, t, 4, at; ld.shared.b32 {d}, [at];')
        group.add_threads(template, regs('b32', 'b32'), values, THREADS,
                          lambda rows: [a for a, in reversed(rows)])
