"""Tests libgpuocelot.so as tinygrad's mock GPU uses it: python3 ptx_run_test.py LIBRARY."""

import ctypes
import os
import sys
import tempfile
import threading
import unittest

LIBRARY = ctypes.CDLL(sys.argv.pop(1))
LIBRARY.ptx_run.argtypes = [
    ctypes.c_char_p,
    ctypes.c_int,
    ctypes.POINTER(ctypes.c_void_p),
] + [ctypes.c_int] * 7
LIBRARY.ptx_run.restype = None

HEAD = ".version 7.0\n.target sm_35\n.address_size 64\n"
COUNT = 300

# y[i] = x[i] + ADD for i < n; the sum goes through shared memory and a barrier.
ADD = (
    HEAD
    + """
.visible .entry add_%d(.param .u64 y, .param .u64 x, .param .u32 n) {
  .reg .b32 %%r<9>;
  .reg .b64 %%rd<8>;
  .reg .pred %%p;
  .shared .align 4 .b8 tile[256];
  ld.param.u64 %%rd1, [y];
  ld.param.u64 %%rd2, [x];
  ld.param.u32 %%r1, [n];
  mov.u32 %%r2, %%ctaid.x;
  mov.u32 %%r3, %%ntid.x;
  mov.u32 %%r4, %%tid.x;
  mad.lo.u32 %%r5, %%r2, %%r3, %%r4;
  setp.ge.u32 %%p, %%r5, %%r1;
  mul.wide.u32 %%rd3, %%r5, 4;
  add.u64 %%rd4, %%rd1, %%rd3;
  add.u64 %%rd5, %%rd2, %%rd3;
  mov.u64 %%rd6, tile;
  mul.wide.u32 %%rd7, %%r4, 4;
  add.u64 %%rd6, %%rd6, %%rd7;
  mov.u32 %%r6, 0;
  @!%%p ld.global.u32 %%r6, [%%rd5];
  add.u32 %%r7, %%r6, %d;
  st.shared.u32 [%%rd6], %%r7;
  bar.sync 0;
  ld.shared.u32 %%r8, [%%rd6];
  @!%%p st.global.u32 [%%rd4], %%r8;
  ret;
}
"""
)


def entry(body, params=""):
    return (
        f"{HEAD}.visible .entry k({params}) {{\n.reg .b32 %r<4>;\n.reg .b64 %rd<4>;\n"
        f".reg .pred %p;\n{body}\nret;\n}}\n"
    )


STORE = entry("ld.param.u64 %rd1, [p];\nst.global.u32 [%rd1], 1;", ".param .u64 p")

# What is wrong, the module, its arguments, and a word of what is told.
FAULTS = [
    ("a null pointer", STORE, [0], "null"),
    ("a small address", STORE, [16], "null"),
    ("an address that is not mapped", STORE, [0x1234_5678_9000], "0x123456789000"),
    ("a wild address", STORE, [0x7FFF_FFFF_F000_0000], "finding"),
    ("a trap", entry("trap;"), [], "trap"),
    ("an endless loop", entry("again:\nadd.u32 %r1, %r1, 1;\nbra again;"), [], "finding"),
    (
        "a barrier that one warp leaves out",
        entry("mov.u32 %r1, %tid.x;\nsetp.lt.u32 %p, %r1, 32;\n@%p bar.sync 0, 64;"),
        [],
        "finding",
    ),
    ("too few arguments", STORE, [], "takes 1 arguments, not 0"),
    ("too many arguments", STORE, [1, 2], "takes 1 arguments, not 2"),
    ("text that is no PTX", "nonsense", [], "error"),
    ("a module without an entry", HEAD, [], "0 entries"),
    ("a module with two entries", ADD % (0, 0) + entry("").replace(HEAD, ""), [], "2 entries"),
]


def run(ptx, args, threads=64, blocks=1, shared=0):
    """Calls ptx_run and gives back what it wrote to standard error."""
    values = (ctypes.c_void_p * len(args))(*args)
    with tempfile.TemporaryFile() as log:
        kept = os.dup(2)
        os.dup2(log.fileno(), 2)
        try:
            LIBRARY.ptx_run(ptx.encode(), len(args), values, threads, 1, 1, blocks, 1, 1, shared)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        log.seek(0)
        return log.read().decode()


class PtxRunTest(unittest.TestCase):
    def add(self, number):
        x = (ctypes.c_uint32 * COUNT)(*range(COUNT))
        y = (ctypes.c_uint32 * COUNT)()
        args = [ctypes.addressof(y), ctypes.addressof(x), COUNT]
        values = (ctypes.c_void_p * 3)(*args)
        LIBRARY.ptx_run((ADD % (number, number)).encode(), 3, values, 64, 1, 1, 5, 1, 1, 0)
        self.assertEqual(list(y), [i + number for i in range(COUNT)])

    def test_many_modules(self):
        for _ in range(2):
            for number in range(30):
                self.add(number)

    def test_a_launch_after_a_fault_works(self):
        for what, ptx, args, word in FAULTS:
            with self.subTest(what):
                for _ in range(2):
                    told = run(ptx, args)
                    self.assertIn("libgpuocelot: ", told)
                    self.assertIn(word, told)
                self.add(1)

    def test_bad_launches_are_told(self):
        good = entry("")
        self.assertEqual(run(good, []), "")
        for options in ({"threads": 0}, {"threads": 1025}, {"blocks": 0}, {"shared": -1}):
            with self.subTest(options):
                self.assertIn("libgpuocelot: ", run(good, [], **options))
        self.assertIn("libgpuocelot: ", run(good, [], shared=1 << 20))

    def test_threads(self):
        wrong = []

        def work(number):
            try:
                for _ in range(10):
                    self.add(number % 2)
            except AssertionError as error:
                wrong.append(error)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
