"""Branches: loops that threads leave at different times, both ways of a condition, jump tables."""

from cells import THREADS, block, word
from sections import regs
from values import Choice, int_inputs
from words import mask

SMALL = [Choice(range(0, 40))]


def branch_sections(group):
    template = block('.reg .pred q; .reg .b32 n; mov.b32 n, {a}; mov.b32 {d}, 0;',
                     'again: setp.eq.u32 q, n, 0; @q bra done;',
                     'mad.lo.u32 {d}, {d}, 3, n; sub.u32 n, n, 1; bra again;', 'done:')

    def loop(a):
        total = 0
        for n in range(a, 0, -1):
            total = 3 * total + n & mask(32)
        return total

    group.add(template, regs('u32', 'u32'),
              int_inputs(template, [32], edge_rows=0, random_rows=100, columns=SMALL), loop)
    template = block('.reg .pred q; setp.lt.s32 q, {a}, {b}; @q bra less;',
                     'sub.s32 {d}, {a}, {b}; bra.uni done; less: xor.b32 {d}, {a}, {b}; done:')
    group.add(template, regs('b32', 's32', 's32'), int_inputs(template, [32, 32], random_rows=60),
              lambda a, b: a ^ b if (a ^ 1 << 31) < (b ^ 1 << 31) else a - b & mask(32))
    template = block('.reg .b32 k; and.b32 k, {a}, 3;',
                     'ways: .branchtargets zero, one, two, two; brx.idx k, ways;',
                     'zero: mov.b32 {d}, {a}; bra done; one: not.b32 {d}, {a}; bra done;',
                     'two: add.u32 {d}, {a}, k; done:')
    group.add(template, regs('b32', 'u32'), int_inputs(template, [32], random_rows=60),
              lambda a: [a, ~a & mask(32), a + 2 & mask(32), a + 3 & mask(32)][a & 3])
    template = block('.reg .pred q, p; .reg .b32 i, j; mov.b32 {d}, 0; mov.b32 i, 0;',
                     'outer: mov.b32 j, 0; inner: add.u32 {d}, {d}, j; add.u32 j, j, 1;',
                     'setp.lt.u32 q, j, {a}; @q bra inner; add.u32 i, i, 1;',
                     'setp.lt.u32 p, i, {b}; @p bra outer;')
    group.add(template, regs('u32', 'u32', 'u32'),
              int_inputs(template, [32, 32], edge_rows=0, random_rows=60, columns=SMALL * 2),
              lambda a, b: max(b, 1) * sum(range(max(a, 1))))


def end_sections(group):
    """Threads that end store nothing: their results stay what they began as, zero."""
    for end in ['exit', 'ret']:
        template = block('.reg .pred q; setp.gt.s32 q, {a}, 7; mov.b32 {d}, {a}; @q %s;' % end)
        group.add(template, regs('s32', 's32'), int_inputs(template, [32]),
                  lambda a: 0 if 7 < a < 1 << 31 else a)


def order_sections(group):
    """What a thread wrote it reads behind a fence, and others behind a barrier."""
    for fence in ['membar.cta', 'membar.gl', 'membar.sys', 'fence.sc.cta', 'fence.acq_rel.gpu',
                  'fence.acq_rel.sys']:
        template = block(word('local'),
                         'st.local.b32 [at], {a}; %s; ld.local.b32 {d}, [at];' % fence)
        group.add(template, regs('b32', 'b32'), int_inputs(template, [32]), lambda a: a)


def arrival_sections(group):
    """The first warp only arrives, the others wait: what it wrote before is there for them."""
    rows = [(k * 0x01234567 & mask(32),) for k in range(2 * THREADS)]
    start = '.shared .align 8 .b8 m[128]; .reg .pred q, w; .reg .b32 t, n, at; mov.u32 t, %tid.x;' \
            ' mov.u32 n, %ntid.x; mov.u32 at, m; setp.lt.u32 q, t, 32; mov.b32 {d}, {a};'

    def first_warps(block_rows):
        return [a if t < 32 else block_rows[t % 32][0] for t, (a,) in enumerate(block_rows)]

    for name in ['bar.arrive', 'barrier.arrive', 'barrier.cta.arrive.aligned']:
        template = block(start, '@!q bra others; mad.lo.u32 at, t, 4, at;',
                         'st.shared.b32 [at], {a}; %s 2, n; bra done;' % name,
                         'others: bar.sync 2, n; and.b32 t, t, 31; mad.lo.u32 at, t, 4, at;',
                         'ld.shared.b32 {d}, [at]; done:')
        group.add_threads(template, regs('b32', 'b32'), rows, THREADS, first_warps)
    for wait in ['test_wait', 'try_wait']:
        template = block(
            start, '.shared .align 8 .b64 bar; .reg .b64 state; setp.eq.u32 w, t, 0;',
            '@w mbarrier.init.shared.b64 [bar], n; bar.sync 0;',
            '@q mad.lo.u32 at, t, 4, at; @q st.shared.b32 [at], {a};',
            'mbarrier.arrive.shared.b64 state, [bar];',
            'again: mbarrier.%s.shared.b64 w, [bar], state; @!w bra again; @q bra done;' % wait,
            'and.b32 t, t, 31; mad.lo.u32 at, t, 4, at; ld.shared.b32 {d}, [at]; done:')
        group.add_threads(template, regs('b32', 'b32'), rows, THREADS, first_warps)
