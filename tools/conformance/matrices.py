"""Matrices of 8 x 8 16-bit elements between lanes: ldmatrix, stmatrix and movmatrix.

Lane t holds elements 2 (t % 4) and the next of row t / 4, the lower one in the low half; with
.trans rows and columns change places.  The address of row r of matrix i is that of lane 8 i + r.
"""

import random

from cells import THREADS, block
from sections import regs

WARP = 32
# Rows of 16 bytes, one a lane, for up to eight warps; `row` is that of lane 31 - t, so that
# addresses are not in order.
ROWS = ('.shared .align 16 .b8 m[%d]; .reg .b32 t, own, row; mov.u32 t, %%tid.x; mov.u32 own, m;'
        ' mov.u32 row, own; mad.lo.u32 own, t, 16, own; xor.b32 t, t, 31;'
        ' mad.lo.u32 row, t, 16, row;' % (16 * THREADS))


def inputs(seed):
    rng = random.Random(seed)
    return [(rng.getrandbits(64), rng.getrandbits(64)) for _ in range(2 * WARP)]


def element(row, column):
    """16 bits of a row of two 64-bit words."""
    return row[column // 4] >> 16 * (column % 4) & 0xffff


def fragment(rows, lane, transposed):
    """The 32 bits that a lane gets of a matrix of eight rows."""
    major, minor = lane // 4, 2 * (lane % 4)
    if transposed:
        return element(rows[minor], major) | element(rows[minor + 1], major) << 16
    return element(rows[major], minor) | element(rows[major], minor + 1) << 16


def load_sections(group):
    for count in (1, 2, 4):
        for transposed in (False, True):
            for first in range(0, count, 2):
                names = ['_'] * count
                names[first] = '{d}'
                if first + 1 < count:
                    names[first + 1] = '{e}'
                # A sink is no destination of ldmatrix.
                spare = ['x%d' % k for k, name in enumerate(names) if name == '_']
                names = ['x%d' % k if name == '_' else name for k, name in enumerate(names)]
                declared = '.reg .b32 %s;' % ', '.join(spare) if spare else ''
                template = block(
                    ROWS, declared, 'st.shared.v2.b64 [own], {{a}, {b}}; bar.warp.sync -1;',
                    'ldmatrix.sync.aligned.m8n8.x%d%s.shared.b16 {%s}, [row];'
                    % (count, '.trans' if transposed else '', ', '.join(names)))

                def run(warp, first=first, count=count, transposed=transposed):
                    given = [warp[lane ^ 31] for lane in range(WARP)]   # row of each lane's address
                    results = [[fragment(given[8 * i:8 * i + 8], lane, transposed)
                                for i in range(first, min(first + 2, count))]
                               for lane in range(WARP)]
                    return [tuple(r) if len(r) > 1 else r[0] for r in results]

                results = 'd:b32 e:b32' if first + 1 < count else 'd:b32'
                group.add_threads(template, results + ' a:b64 b:b64', inputs(template), WARP, run)


def store_sections(group):
    """Each matrix goes to eight rows; a lane then reads its own row's first or last 8 bytes."""
    for count in (1, 2, 4):
        for transposed in (False, True):
            sources = ['{a}', '{b}', '{a}', '{b}'][:count]
            template = block(
                ROWS, 'st.shared.v2.b64 [own], {0, 0}; bar.warp.sync -1;',
                'stmatrix.sync.aligned.m8n8.x%d%s.shared.b16 [row], {%s}; bar.warp.sync -1;'
                % (count, '.trans' if transposed else '', ', '.join(sources)),
                'ld.shared.v2.b64 {{d}, {e}}, [own];')

            def run(warp, count=count, transposed=transposed):
                memory = {}             # by lane: the row it gave the address of
                for i in range(count):
                    for r in range(8):
                        row = [0] * 8
                        for column in range(8):
                            major, minor = (column, r) if transposed else (r, column)
                            lane = 4 * major + minor // 2
                            row[column] = warp[lane][i % 2] >> 16 * (minor % 2) & 0xffff
                        memory[(8 * i + r) ^ 31] = row
                rows = [memory.get(lane, [0] * 8) for lane in range(WARP)]
                return [tuple(sum(v << 16 * k for k, v in enumerate(row[half:half + 4]))
                              for half in (0, 4)) for row in rows]

            group.add_threads(template, 'd:b64 e:b64 a:b32 b:b32',
                              [(a & 0xffffffff, b & 0xffffffff) for a, b in inputs(template)],
                              WARP, run)


def move_sections(group):
    template = 'movmatrix.sync.aligned.m8n8.trans.b16 {d}, {a};'

    def run(warp):
        def at(row, column):
            return warp[4 * row + column // 2][0] >> 16 * (column % 2) & 0xffff

        return [at(2 * (t % 4), t // 4) | at(2 * (t % 4) + 1, t // 4) << 16 for t in range(WARP)]

    group.add_threads(template, regs('b32', 'b32'),
                      [(a & 0xffffffff,) for a, _ in inputs(template)], WARP, run)
