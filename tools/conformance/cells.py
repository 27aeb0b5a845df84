"""Memory of a thread's own, 16 bytes in each state space, for templates that load and store.

A template that uses it is a block of statements, whose names hide those of the kernel around it.
"""

THREADS = 256           # of a block, at most: that many rows run as one
SPACES = ['global', 'shared', 'local']


def cell(space, generic=False):
    """Declarations after which [at] is the thread's cell; generic: at without a state space."""
    cells = 1 if space == 'local' else THREADS
    text = '.reg .b64 at; .%s .align 16 .b8 m[%d]; mov.u64 at, m;' % (space, 16 * cells)
    if space != 'local':
        text += (' .reg .b32 t; .reg .b64 own; mov.u32 t, %tid.x; mul.wide.u32 own, t, 16;'
                 ' add.u64 at, at, own;')
    if generic:
        text += ' cvta.%s.u64 at, at;' % space
    return text


def word(space):
    """Declarations after which [at] is a cell of the whole block."""
    return '.reg .b64 at; .%s .align 16 .b8 m[16]; mov.u64 at, m;' % space


def block(*statements):
    """Statements with names of their own."""
    return '{ ' + ' '.join(statements) + ' }'


def places():
    """(space, generic, the word that loads and stores have for it)."""
    return [(space, generic, '' if generic else '.' + space)
            for space in SPACES for generic in (False, True)]
