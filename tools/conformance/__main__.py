"""Writes conformance tables for PTX instructions, computed from the PTX ISA's text.

    python3 conformance FOLDER                     write <table>.txt into FOLDER
    python3 conformance FOLDER --assemble PTXAS    also assemble every template with PTXAS and
                                                   list those it rejects

Every expected value is computed here with exact arithmetic: Python integers for the integer
instructions, fractions.Fraction and one rounding function for floating point, and 60-digit
decimals for the transcendental functions.  Nothing is taken from a compiler or a device.
sections.py describes the format of a table.
"""

import argparse

import approx
import atomics
import bits
import carry
import compare
import control
import convert_float
import convert_integer
import dot
import float_tables
import half
import integer
import lanes
import logic
import matrices
import memory
import move
import narrow
import products
import selection
import sparse
import video
import video_simd
from sections import Group, assemble

# The tables in the order of the report, each with the functions that fill it in turn.
TABLES = {
    'integer': [integer.arithmetic_sections, integer.saturating_sections,
                integer.multiply_24_sections, integer.packed_sections, bits.bit_sections,
                dot.dot_sections],
    'carry': [carry.carry_sections],
    'logic': [logic.bitwise_sections, logic.lop3_sections, logic.shift_sections,
              logic.permute_sections],
    'mov': [move.copy_sections, move.vector_sections],
    'setp': [compare.setp_sections],
    'set': [compare.set_sections],
    'select': [selection.selection_sections],
    'float': [float_tables.arithmetic_sections, float_tables.division_sections,
              float_tables.sign_sections, float_tables.other_sections],
    'approx': [approx.single_sections, approx.double_sections],
    'half': [half.arithmetic_sections, half.sign_sections, half.approximate_sections],
    'cvt_int': [convert_integer.int_to_int_sections],
    'cvt_int_float': [convert_integer.int_to_float_sections],
    'cvt_float_int': [convert_float.float_to_int_sections],
    'cvt_float': [convert_float.float_to_float_sections, convert_float.narrowing_sections],
    'cvt_narrow': [narrow.tf32_sections, narrow.float8_sections, narrow.pack_sections],
    'video': [video.scalar_sections, video.shift_sections, video.mad_sections,
              video.set_sections],
    'video_simd': [video_simd.sections],
    'memory': [memory.load_sections, memory.store_sections, memory.vector_sections,
               memory.order_sections, memory.constant_sections, memory.space_sections],
    'atomics': [atomics.integer_sections, atomics.swap_sections, atomics.float_sections,
                atomics.ordered_sections, atomics.block_sections],
    'lanes': [lanes.shuffle_sections, lanes.vote_sections, lanes.match_sections,
              lanes.redux_sections, lanes.mask_sections, lanes.barrier_sections],
    'matrices': [matrices.load_sections, matrices.store_sections, matrices.move_sections],
    'products': [products.sections, sparse.sections],
    'control': [control.branch_sections, control.end_sections, control.order_sections,
                control.arrival_sections],
}


def main():
    """Fills the tables, writes them and, if asked to, assembles the templates."""
    parser = argparse.ArgumentParser(prog='conformance',
                                     description='Write the PTX conformance tables.')
    parser.add_argument('folder', help='where the tables go')
    parser.add_argument('--assemble', metavar='PTXAS', help='assemble every template with PTXAS')
    options = parser.parse_args()
    groups = []
    for name, fillers in TABLES.items():
        group = Group(name)
        for fill in fillers:
            fill(group)
        groups.append(group)
    for group in groups:
        group.write(options.folder)
        print('%-14s %4d sections %6d rows' % (group.name, len(group.sections),
                                               sum(len(s.rows) for s in group.sections)))
    if options.assemble:
        assemble(options.assemble, groups)


if __name__ == '__main__':
    main()
