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


def module(body, params="", before=""):
    """An entry behind other declarations, for a target that has functions of its own."""
    text = entry(body, params).replace(HEAD, "")
    return ".version 8.0\n.target sm_90\n.address_size 64\n" + before + text


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


WORDS = (ctypes.c_uint32 * 64)()
AT = ctypes.addressof(WORDS) // 16 * 16 + 16
STORE_32 = "st.global.u32 [%rd1], 1;"
AGAIN = "again:\nadd.u32 %r1, %r1, 1;\nbra again;"
MALLOC = ".extern .func (.param .b64 r) malloc (.param .b64 size);\n"
TAKE = (
    "again:\n{ .param .b64 s, q;\nst.param.b64 [s], 4096;\ncall.uni (q), malloc, (s);\n"
    "ld.param.b64 %rd1, [q]; }\nst.u32 [%rd1], 1;\nbra again;"
)
LOAD = "ld.param.u64 %rd1, [p];\n"
POINTER = ".param .u64 p"
DEEP = """.func (.param .b32 r) f(.param .b32 a) {
.reg .b32 %r<3>;
ld.param.u32 %r1, [a];
{ .param .b32 p, q; st.param.u32 [p], %r1; call (q), f, (p); ld.param.u32 %r2, [q]; }
st.param.u32 [r], %r2;
ret;
}
"""

# What is wrong in a thread; the module, its arguments, what is told, the line of PTX, the thread.
IN_THREADS = [
    ("an endless loop", entry(AGAIN), [], "the budget of", "bra again;", r"\d+"),
    (
        "a value that nobody writes",
        entry(
            LOAD + "again:\nld.volatile.global.u32 %r1, [%rd1];\nsetp.eq.u32 %p, %r1, 0;\n"
            "@%p bra again;",
            POINTER,
        ),
        [AT],
        "waits for a value that no thread will write",
        "ld.volatile.global.u32 %r1, [%rd1];",
        "0",
    ),
    ("null", STORE, [0], "store of 4 bytes through a null pointer", STORE_32, "0"),
    ("not mapped", STORE, [0x123456789000], "which is not mapped", STORE_32, "0"),
    ("no address", STORE, [0x1000000000000010], "which is no address", STORE_32, "0"),
    (
        "one thread off",
        entry(
            LOAD + "mov.u32 %r1, %tid.x;\nsetp.eq.u32 %p, %r1, 37;\n"
            "@%p add.u64 %rd1, %rd1, 0x100000000000;\nld.global.u32 %r2, [%rd1];",
            POINTER,
        ),
        [AT],
        "load of 4 bytes at",
        "ld.global.u32 %r2, [%rd1];",
        "37",
    ),
    (
        "an atomic",
        entry(LOAD + "atom.global.add.u32 %r1, [%rd1], 1;", POINTER),
        [0x123456789000],
        "atomic of 4 bytes at 0x123456789000, which is not mapped",
        "atom.global.add.u32 %r1, [%rd1], 1;",
        "0",
    ),
    ("misaligned", STORE, [AT + 2], "is not aligned to 4 bytes", STORE_32, "0"),
    (
        "a misaligned vector",
        entry(LOAD + "ld.global.v2.u32 {%r1, %r2}, [%rd1];", POINTER),
        [AT + 4],
        "is not aligned to 8 bytes",
        "ld.global.v2.u32 {%r1, %r2}, [%rd1];",
        "0",
    ),
    (
        "far outside of shared memory",
        entry(
            ".shared .align 4 .b8 m[64];\nmov.u32 %r1, m;\nadd.u32 %r1, %r1, 1048576;\n"
            "st.shared.u32 [%r1], 1;"
        ),
        [],
        "store of 4 bytes at byte 1048576 of shared m (64 bytes)",
        "st.shared.u32 [%r1], 1;",
        "0",
    ),
    (
        "a trap",
        entry("mov.u32 %r1, %tid.x;\nsetp.eq.u32 %p, %r1, 9;\n@%p trap;"),
        [],
        "the kernel trapped",
        "@%p trap;",
        "9",
    ),
    ("a heap used up", module(TAKE, "", MALLOC), [], "a null pointer", "st.u32 [%rd1], 1;", "0"),
    ("no end of blocks", entry(""), [], "the budget of", "ret;", "0", {"blocks": 0x7FFFFFFF}),
]

# What is wrong with the launch or the module: what is told, and where.
AT_LAUNCH = [
    (
        "huge shared memory",
        entry(".shared .align 4 .b8 m[1000000000];\nst.shared.u32 [m], 1;"),
        {},
        r"module\.ptx:4:\d+: finding: k asks for 1000000000 bytes of shared memory; 232448 are",
    ),
    (
        "huge dynamic shared memory",
        entry(""),
        {"shared": 1 << 30},
        r"module\.ptx:4:\d+: finding: k asks for 1073741824 bytes of shared memory; 232448 are",
    ),
    (
        "huge local memory",
        entry(".local .align 4 .b8 x[1000000000];"),
        {},
        r"module\.ptx:8:\d+: error: a thread's local memory of this size is not supported",
    ),
    (
        "much local memory",
        entry(
            ".local .align 4 .b8 x[500000];\nmov.u64 %rd1, x;\nmov.u32 %r1, %tid.x;\n"
            "mul.wide.u32 %rd2, %r1, 4;\nadd.u64 %rd1, %rd1, %rd2;\nst.local.u32 [%rd1], 1;\n"
            "ld.local.u32 %r1, [%rd1+4];\nst.local.u32 [%rd1+8], %r1;"
        ),
        {},
        r"module\.ptx:4:\d+: finding: the 64 threads of a block of k need 32000000 bytes of local",
    ),
    (
        "huge variables",
        module("st.global.u32 [x], 1;", "", ".global .align 4 .b8 x[100000000000];\n"),
        {},
        r"module\.ptx:4:\d+: finding: x has 100000000000 bytes; the variables of the device code",
    ),
    (
        "threads that there cannot be",
        entry(""),
        {"threads": 2048},
        r"module\.ptx:4:\d+: finding: the block of k is 2048 x 1 x 1 threads; at most 1024 are",
    ),
    (
        "other threads than required",
        entry("").replace("{", ".reqntid 64 {", 1),
        {"threads": 32},
        r"module\.ptx:\d+:\d+: finding: the block of k is 32 x 1 x 1 threads, not the 64 x",
    ),
    (
        "recursion",
        module(
            "{ .param .b32 p, q; st.param.u32 [p], 1; call (q), f, (p); ld.param.u32 %r1, [q]; }",
            "",
            DEEP,
        ),
        {},
        r"module\.ptx:\d+:\d+: finding: f calls itself too often: the 1024 bytes of the",
    ),
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

    def test_faults_of_threads_are_told_with_their_place(self):
        for what, ptx, args, word, line, thread, *options in IN_THREADS:
            with self.subTest(what):
                blocks = {"blocks": 2, **(options[0] if options else {})}
                told = run(ptx, args, **blocks)
                self.assertRegex(told, r"^libgpuocelot: module\.ptx:\d+:\d+: finding: ")
                self.assertIn(word, told)
                self.assertIn(f"\n  {line}\n", told)
                self.assertRegex(
                    told,
                    rf"\n  in k, block \(\d+, 0, 0\) of \({blocks['blocks']}, 1, 1\),"
                    rf" thread \({thread}, 0, 0\) of \(64, 1, 1\), launch 0\n",
                )
                self.add(1)

    def test_launches_that_cannot_be_are_told_with_their_line(self):
        for what, ptx, options, told in AT_LAUNCH:
            with self.subTest(what):
                self.assertRegex(run(ptx, [], **options), "libgpuocelot: " + told)
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
