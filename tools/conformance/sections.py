"""The tables: sections and their rows, the text format, and assembling the templates.

A table file is a list of sections:

    == add.sat.s32 {d}, {a}, {b};
    types d:s32 a:s32 b:s32
    7fffffff 00000001 = 7fffffff

The first line is the template: PTX statements in which {a} {b} {c} stand for the source registers
and {d} {e} for the results (a plain textual replacement; all other braces are PTX's own, so
`mov.b32 {d}, {{a}, {b}};` packs a vector).  A template may overwrite a source register, which
sections that take a packed result apart make use of.  The second line gives the register types:
f16 and bf16 live in .b16 registers, pred is a predicate.  Each row holds the source bits in the
order a b c, then `=`, then the result bits in the order d e; predicates are 0 or 1.  A result is

    bits            exactly these bits
    nan             any NaN of the result's type
    bits~ulp=N      at most N units in the last place from bits
    bits~rel=2^-X   relative error at most 2^-X (bits is the correctly rounded exact result)
    bits~abs=2^-X   absolute error at most 2^-X (likewise)

Results which the ISA leaves open are not in the tables: an operation returns None for them and
the row is dropped.

Rows are the threads of blocks of 256, in order, the last block as large as what is left: row r is
lane r % 32 of its warp, which is what the tables of instructions across threads rely on.  Results
are zero before a thread stores them.
"""

import collections
import os
import re
import subprocess
import tempfile

NAN = 'nan'
Approx = collections.namedtuple('Approx', 'bits bound')
Section = collections.namedtuple('Section', 'template types rows')

BATCH = 100             # templates per run of the assembler


def type_bits(reg_type):
    """The width of a register type in bits; a predicate counts as one bit."""
    return 1 if reg_type == 'pred' else int(re.sub(r'\D', '', reg_type))


def regs(result, *sources):
    """The text of a types line: result type d, sources a b c."""
    return ' '.join(['d:' + result] + ['%s:%s' % pair for pair in zip('abc', sources)])


def show(reg_type, value):
    """One field of a row as text."""
    if value == NAN:
        return NAN
    if isinstance(value, Approx):
        return show(reg_type, value.bits) + '~' + value.bound
    bits = type_bits(reg_type)
    value = int(value)
    assert 0 <= value < 1 << bits, (reg_type, value)
    return '%0*x' % ((bits + 3) // 4, value)


class Group:
    """The sections of one table file."""

    def __init__(self, name):
        self.name = name
        self.sections = []
        self._known = set()     # the (template, types) pairs so far

    def add(self, template, types, inputs, function):
        """Adds a section.

        types is the text of the `types` line, inputs an iterable of tuples of source bits and
        function maps the source bits to the result: an integer, NAN, an Approx, a tuple of these
        where there are two results, or None if the ISA leaves the result open.
        """
        rows = list(dict.fromkeys(map(tuple, inputs)))      # each once, in order
        self._add_rows(template, types, rows, [function(*row) for row in rows])

    def _add_rows(self, template, types, inputs, results):
        assert (template, types) not in self._known, 'twice: ' + template
        self._known.add((template, types))
        names = [item.split(':') for item in types.split()]
        kinds = [t for name, t in names if name in 'de']
        sources = [t for name, t in names if name in 'abc']
        rows = []
        for args, values in zip(inputs, results):
            assert len(args) == len(sources), template
            if not isinstance(values, tuple) or isinstance(values, Approx):
                values = (values,)
            if any(value is None for value in values):
                continue
            left = ' '.join(show(t, v) for t, v in zip(sources, args))
            right = ' '.join(show(t, v) for t, v in zip(kinds, values))
            rows.append((left + ' = ' + right).lstrip())
        assert rows, 'no rows: ' + template
        self.sections.append(Section(template, types, rows))

    def add_threads(self, template, types, inputs, count, function):
        """Adds a section for an instruction that needs the other threads: row r is thread r.

        The function maps the source bits of `count` threads in turn (a warp or a block; of the
        last block maybe less, whole warps) to a list of their results.
        """
        rows = [tuple(row) for row in inputs]
        assert len(rows) % 32 == 0, template
        results = []
        for begin in range(0, len(rows), count):
            these = rows[begin:begin + count]
            given = list(function(these))
            assert len(given) == len(these), template
            results += given
        self._add_rows(template, types, rows, results)
        assert len(self.sections[-1].rows) == len(rows), 'a result is open: ' + template

    def write(self, directory):
        """Writes the table as <name>.txt."""
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, self.name + '.txt'), 'w') as out:
            for number, section in enumerate(self.sections):
                if number:
                    out.write('\n')
                out.write('== %s\ntypes %s\n' % (section.template, section.types))
                out.writelines(row + '\n' for row in section.rows)


def kernel(number, section):
    """A PTX kernel that loads the sources, runs the template and stores the results."""
    lines = ['.visible .entry k%d(.param .u64 p)' % number, '{', '.reg .u64 %base;',
             '.reg .u32 %word;', 'ld.param.u64 %base, [p];']
    body = section.template
    stores = []
    for slot, item in enumerate(section.types.split()):
        name, kind = item.split(':')
        kind = {'f16': 'b16', 'bf16': 'b16'}.get(kind, kind)
        lines.append('.reg .%s %%%s;' % (kind, name))
        address = '[%%base+%d]' % (8 * slot)
        if name in 'abc':
            if kind == 'pred':
                lines += ['ld.global.u32 %%word, %s;' % address,
                          'setp.ne.u32 %%%s, %%word, 0;' % name]
            else:
                lines.append('ld.global.%s %%%s, %s;' % (kind, name, address))
        elif kind == 'pred':
            stores += ['selp.u32 %%word, 1, 0, %%%s;' % name, 'st.global.u32 %s, %%word;' % address]
        else:
            stores.append('st.global.%s %s, %%%s;' % (kind, address, name))
        body = body.replace('{%s}' % name, '%' + name)
    return lines + [body] + stores + ['ret;', '}']


def write_kernels(path, version, numbered_sections):
    """Writes a PTX module with a kernel per section; returns the section number of each line."""
    lines = ['.version %s' % version, '.target sm_90', '.address_size 64']
    owner = {}
    for number, section in numbered_sections:
        for line in kernel(number, section):
            lines.append(line)
            owner[len(lines)] = number
    with open(path, 'w') as out:
        out.write('\n'.join(lines) + '\n')
    return owner


def rejected_by(ptxas, version, sections):
    """The numbers of the sections that ptxas rejects, each with the first message about it."""
    rejected = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'k.ptx')
        for start in range(0, len(sections), BATCH):
            batch = list(enumerate(sections))[start:start + BATCH]
            while batch:
                owner = write_kernels(path, version, batch)
                run = subprocess.run([ptxas, '-arch', 'sm_90', '-O0', '-o', os.devnull, path],
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
                if run.returncode == 0:
                    break
                bad = {}
                for line, message in re.findall(r'line (\d+); *(?:error|fatal) *:? *(.*)',
                                                run.stdout):
                    if int(line) in owner:
                        bad.setdefault(owner[int(line)], message)
                if not bad:
                    raise SystemExit('ptxas failed:\n' + run.stdout[:2000])
                rejected.update(bad)
                batch = [item for item in batch if item[0] not in bad]
    return rejected


def assemble(ptxas, groups):
    """Assembles every template, as PTX 8.0 and then, if rejected, as PTX 8.6."""
    sections = [section for group in groups for section in group.sections]
    first = rejected_by(ptxas, '8.0', sections)
    later = [sections[number] for number in sorted(first)]
    final = rejected_by(ptxas, '8.6', later)
    for number, section in enumerate(later):
        if number in final:
            print('rejected: %s [%s] %s' % (section.template, section.types, final[number]))
        else:
            print('needs PTX 8.6: %s [%s]' % (section.template, section.types))
    print('%d templates, %d rejected' % (len(sections), len(final)))
