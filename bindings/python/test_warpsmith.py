"""Tests of the Python package: python3 test_warpsmith.py, where `warpsmith` is installed."""

import ctypes
import gc
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

import numpy as np

# Beside this file lies the package's source, which lacks the extension.
_HERE = pathlib.Path(__file__).resolve().parent
sys.path[:] = [path for path in sys.path if pathlib.Path(path).resolve() != _HERE]

import warpsmith  # noqa: E402

CUDA = r"""
#include <cstdio>
__constant__ float factors[2] = {2.0f, 3.0f};
__device__ int calls;

__global__ void saxpy(float* y, const float* x, float a, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] += a * x[i];
}
__global__ void unguarded(float* y, const float* x, float a, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] += a * x[i];
}
__global__ void sum_racy(float* sum, const float* x) { *sum += x[threadIdx.x]; }
__global__ void sum_atomic(float* sum, const float* x) {
  atomicAdd(sum, x[blockIdx.x * blockDim.x + threadIdx.x]);
}
__global__ void who_is_first(int* first) { atomicCAS(first, 0, threadIdx.x + 1); }
__global__ void reverse(int* data) {
  extern __shared__ int tile[];
  tile[threadIdx.x] = data[threadIdx.x];
  __syncthreads();
  data[threadIdx.x] = tile[blockDim.x - 1 - threadIdx.x];
}
__global__ void copy(int* y, const int* x, int n) {
  for (int i = threadIdx.x; i < n; i += blockDim.x) y[i] = x[i];
}
__global__ void count_call() { atomicAdd(&calls, 1); }
__global__ void scale(float* y) { y[threadIdx.x] *= factors[1]; }
__global__ void hello() { printf("thread %d\n", threadIdx.x); }
__global__ void endless(unsigned* p) { while (*p != 1) *p = *p * 5 + 2; }
__global__ void choose(int* y, const int* x) { y[0] = x[0] > 0 ? 1 : 2; }
__global__ void is_null(int* y, const int* p) { *y = p == nullptr; }
__global__ void shape(int* y) {
  y[0] = gridDim.x; y[1] = gridDim.y; y[2] = gridDim.z;
  y[3] = blockDim.x; y[4] = blockDim.y; y[5] = blockDim.z;
}
template <typename T> __global__ void fill(T* y, T value) { y[threadIdx.x] = value; }

struct Pair { int a; float b; };
__global__ void unpack(float* y, Pair pair) { y[0] = pair.a; y[1] = pair.b; }
__global__ void scalars(double* y, bool b, signed char c, unsigned char uc, short s,
                        unsigned short us, int i, unsigned ui, long long l, unsigned long long ul,
                        float f, double d) {
  y[0] = b; y[1] = c; y[2] = uc; y[3] = s; y[4] = us; y[5] = i; y[6] = ui; y[7] = l; y[8] = ul;
  y[9] = f; y[10] = d;
}

void launch(float* y, const float* x, float a, int n) {
  fill<float><<<1, 1>>>(y, y == nullptr);
  saxpy<<<(n + 63) / 64, 64>>>(y, x, a, n);
  cudaDeviceSynchronize();
}
void with_flag(int* y, bool flag) { fill<int><<<1, 1>>>(y, flag ? 7 : 8); }
"""

PTX = """
// A comment first.
.version 7.0
.target sm_70
.address_size 64
.visible .entry store(.param .u64 y, .param .u32 n, .param .f32 f, .param .b32 bits,
                      .param .align 4 .b8 pair[8]) {
  .reg .b32 %r<4>;
  .reg .b64 %rd<2>;
  ld.param.u64 %rd1, [y];
  ld.param.u32 %r1, [n];
  st.global.u32 [%rd1], %r1;
  ld.param.b32 %r1, [f];
  st.global.u32 [%rd1+4], %r1;
  ld.param.b32 %r1, [bits];
  st.global.u32 [%rd1+8], %r1;
  ld.param.b32 %r1, [pair+4];
  st.global.u32 [%rd1+12], %r1;
  ret;
}
"""


def floats(n):
    return np.arange(n, dtype=np.float32)


class RunTest(unittest.TestCase):
    def test_launcher_works_on_the_arrays_in_place(self):
        y, x = np.zeros(100, np.float32), floats(100)
        report = warpsmith.run(CUDA, "launch", y, x, 2.0, 100)
        self.assertTrue(report.ok, report)
        self.assertEqual(report.status, "ok")
        np.testing.assert_array_equal(y, 2 * x)
        self.assertEqual([x.kernel for x in report.launches], ["fill<float>", "saxpy"])
        self.assertEqual(report.launches[1].grid, (2, 1, 1))
        self.assertEqual(report.launches[1].block, (64, 1, 1))
        self.assertGreater(report.warp_instructions, 0)
        self.assertEqual(report.json["status"], "ok")

    def test_kernel_with_grid_and_block(self):
        y = np.ones(100, np.float32)
        report = warpsmith.run(CUDA, "saxpy", y, floats(100), 2, 100, grid=4, block=(32,))
        self.assertTrue(report.ok, report)
        np.testing.assert_array_equal(y, 1 + 2 * floats(100))

    def test_grid_and_block_have_up_to_three_dimensions(self):
        y = np.zeros(6, np.int32)
        warpsmith.run(CUDA, "shape", y, grid=(2, 3), block=np.array([1, 2, 4]), checks=False)
        self.assertEqual(list(y), [2, 3, 1, 1, 2, 4])

    def test_instance_of_a_template(self):
        y = np.zeros(4, np.float32)
        warpsmith.run(CUDA, "fill<float>", y, 2.5, grid=1, block=4)
        self.assertEqual(list(y), [2.5] * 4)

    def test_dynamic_shared_memory(self):
        data = np.arange(32, dtype=np.int32)
        self.assertTrue(warpsmith.run(CUDA, "reverse", data, grid=1, block=32, shared=128).ok)
        self.assertEqual(list(data), list(range(31, -1, -1)))
        report = warpsmith.run(CUDA, "reverse", data, grid=1, block=32, shared=64)
        self.assertEqual(report.status, "stopped")

    def test_finding_says_what_and_where(self):
        y = np.ones(100, np.float32)
        report = warpsmith.run(
            CUDA, "unguarded", y, floats(100), 2.0, 100, grid=2, block=64, name="faulty.cu"
        )
        self.assertFalse(report.ok)
        self.assertEqual(report.status, "stopped")
        finding = report.findings[0]
        self.assertEqual(finding.kind, "out-of-bounds")
        self.assertEqual(finding.file, "faulty.cu")
        self.assertEqual(finding.line, CUDA[: CUDA.index("  y[i] += a * x[i];")].count("\n") + 1)
        self.assertEqual(finding.kernel, "unguarded")
        self.assertEqual((finding.block, finding.thread), ((1, 0, 0), (36, 0, 0)))
        self.assertFalse(finding.is_note)
        self.assertIn("out-of-bounds", str(report))
        self.assertIn("faulty.cu", str(finding))
        np.testing.assert_array_equal(y[:64], 1 + 2 * floats(64))  # block 0 was done

    def test_race_is_found_with_checks_alone(self):
        x = np.ones(64, np.float32)
        report = warpsmith.run(CUDA, "sum_racy", np.zeros(1, np.float32), x, grid=1, block=64)
        self.assertEqual(report.status, "findings")
        self.assertEqual(report.findings[0].kind, "race-global")
        unchecked = warpsmith.run(
            CUDA, "sum_racy", np.zeros(1, np.float32), x, grid=1, block=64, checks=False
        )
        self.assertTrue(unchecked.ok)

    def test_seed_shuffles_repeatably(self):
        def first(seed):
            y = np.zeros(1, np.int32)
            warpsmith.run(CUDA, "who_is_first", y, grid=1, block=256, seed=seed)
            return int(y[0])

        self.assertEqual(first(0), 1)
        self.assertEqual(first(5), first(5))
        self.assertGreater(len({first(seed) for seed in range(6)}), 1)

    def test_printed(self):
        report = warpsmith.run(CUDA, "hello", grid=1, block=2)
        self.assertEqual(report.printed, "thread 0\nthread 1\n")
        self.assertIn("thread 1", str(report))

    def test_fuel_ends_endless_loops(self):
        report = warpsmith.run(CUDA, "endless", np.zeros(1, np.uint32), grid=1, block=1, fuel=1000)
        self.assertEqual(report.status, "stopped")
        self.assertEqual(report.findings[0].kind, "no-fuel")

    def test_arch_is_what_the_program_is_told(self):
        text = """void ask(int* y) {
                    int major;
                    cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, 0);
                    cudaMemcpy(y, &major, 4, cudaMemcpyDefault);
                  }"""
        for arch, major in (("sm_80", 8), ("sm_90", 9)):
            y = np.zeros(1, np.int32)
            self.assertTrue(warpsmith.run(text, "ask", y, arch=arch).ok)
            self.assertEqual(y[0], major)

    def test_path_is_read_and_includes_are_found_beside_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "kernel.cu"
            (pathlib.Path(folder) / "size.h").write_text("#define SIZE 3\n")
            path.write_text(
                '#include "size.h"\n__global__ void k(int* y) { y[SIZE + threadIdx.x] = 1; }\n'
            )
            report = warpsmith.run(path, "k", np.zeros(3, np.int32), grid=1, block=1)
            self.assertEqual(report.findings[0].file, str(path))
            with self.assertRaises(OSError):
                warpsmith.run(path.with_name("missing.cu"), "k", grid=1, block=1)

    def test_ptx_is_told_by_its_version_line(self):
        y = np.zeros(4, np.uint32)
        pair = np.zeros(1, [("a", np.int32), ("b", np.uint32)])
        pair["b"] = 9
        report = warpsmith.run(
            PTX, "store", y, -1, 1.5, np.float32(2.0), pair[0], grid=1, block=1
        )
        self.assertTrue(report.ok, report)
        self.assertEqual(list(y), [0xFFFFFFFF, 0x3FC00000, 0x40000000, 9])
        with self.assertRaises(warpsmith.Refused):
            warpsmith.run(PTX, "store", grid=1, block=1, language="cuda")
        with self.assertRaises(ValueError):
            warpsmith.run(PTX, "store", grid=1, block=1, language="spirv")


class ArrayTest(unittest.TestCase):
    def copy(self, y, x, n=None):
        n = x.size if n is None else n
        return warpsmith.run(CUDA, "copy", y, x, n, grid=1, block=32)

    def test_non_contiguous_arrays_are_read_and_written_through_copies(self):
        grid = np.arange(24, dtype=np.int32).reshape(4, 6)
        wide = np.zeros((4, 12), np.int32)
        self.assertTrue(self.copy(wide[:, ::2], grid.T.copy().T).ok)
        np.testing.assert_array_equal(wide[:, ::2], grid)
        np.testing.assert_array_equal(wide[:, 1::2], 0)
        backwards = np.zeros(5, np.int32)
        self.copy(backwards[::-1], np.arange(5, dtype=np.int32))
        self.assertEqual(list(backwards), [4, 3, 2, 1, 0])

    def test_read_only_array_is_an_input(self):
        x, y = np.arange(8, dtype=np.int32), np.zeros(8, np.int32)
        y.flags.writeable = False
        self.assertTrue(self.copy(y, x).ok)
        self.assertEqual(list(y), [0] * 8)
        self.assertTrue(self.copy(np.zeros(8, np.int32), np.broadcast_to(x[:1], 8)).ok)

    def test_array_passed_twice_is_one_allocation(self):
        y = np.ones(4, np.float32)
        warpsmith.run(CUDA, "saxpy", y, y, 2.0, 4, grid=1, block=4)
        self.assertEqual(list(y), [3] * 4)

    def test_read_only_view_of_the_same_elements_is_the_same_allocation(self):
        y = np.ones(4, np.float32)
        view = y.view()
        view.flags.writeable = False
        for args in ((y, view), (view, y)):
            y[:] = 1
            warpsmith.run(CUDA, "saxpy", *args, 2.0, 4, grid=1, block=4)
            self.assertEqual(list(y), [3] * 4)

    def test_overlapping_arrays_are_refused(self):
        base = np.zeros(10, np.int32)
        with self.assertRaisesRegex(ValueError, "arguments 0 and 1 share memory"):
            self.copy(base[1:], base[:-1])
        self.assertTrue(self.copy(base[::2], base[1::2]).ok)  # neighbours, but none shared
        base.flags.writeable = False
        self.assertTrue(self.copy(base[1:], base[:-1]).ok)

    def test_overlap_of_three_arrays(self):
        text = "__global__ void k(const int* a, const int* b, int* c) { c[0] = a[0] + b[0]; }"
        base = np.ones(10, np.int32)
        head, tail = base[:-1].view(), base[1:].view()
        head.flags.writeable = tail.flags.writeable = False
        self.assertTrue(
            warpsmith.run(text, "k", head, tail, np.zeros(1, np.int32), grid=1, block=1).ok
        )
        for args in ((head, tail, base[:-1]), (base[:-1], head, tail), (head, base[:-1], tail)):
            with self.assertRaisesRegex(ValueError, "share memory"):
                warpsmith.run(text, "k", *args, grid=1, block=1)

    def test_too_small_an_array_is_out_of_bounds(self):
        report = self.copy(np.zeros(7, np.int32), np.zeros(8, np.int32))
        self.assertEqual(report.findings[0].kind, "out-of-bounds")

    def test_array_of_a_smaller_dtype_is_out_of_bounds(self):
        report = self.copy(np.zeros(8, np.int16), np.zeros(8, np.int32))
        self.assertEqual(report.findings[0].kind, "out-of-bounds")

    def test_empty_and_scalar_arrays(self):
        empty = np.zeros((0, 3), np.int32)
        self.assertTrue(self.copy(empty, empty).ok)
        y = np.zeros((), np.int32)
        self.assertTrue(self.copy(y, np.full((), 5, np.int32)).ok)
        self.assertEqual(int(y), 5)

    def test_null(self):
        for null, expected in ((None, 1), (0, 1), (np.zeros(1, np.int32), 0)):
            y = np.full(1, 9, np.int32)
            warpsmith.run(CUDA, "is_null", y, null, grid=1, block=1)
            self.assertEqual(y[0], expected)

    def test_arrays_that_kernels_cannot_use(self):
        for array, message in (
            (np.array([None]), "parameter 0 .* Python objects"),
            (np.zeros(1, ">i4"), "parameter 0 .* byte order"),
        ):
            with self.assertRaisesRegex(TypeError, message):
                self.copy(array, np.zeros(1, np.int32))

    def test_arrays_stay_when_a_run_raises(self):
        y = np.zeros(4, np.int32)
        with self.assertRaises(TypeError):
            self.copy(y, np.ones(4, np.int32), n="four")
        self.assertEqual(list(y), [0] * 4)


class ScalarTest(unittest.TestCase):
    GOOD = [True, -128, 255, -32768, 65535, -(2**31), 2**32 - 1, -(2**52), 2**52, 0.5, 0.1]

    def run_with(self, **changes):
        names = ["b", "c", "uc", "s", "us", "i", "ui", "l", "ul", "f", "d"]
        values = [changes.get(name, good) for name, good in zip(names, self.GOOD)]
        y = np.zeros(11, np.float64)
        self.assertTrue(warpsmith.run(CUDA, "scalars", y, *values, grid=1, block=1).ok)
        return dict(zip(names, y))

    def test_numbers_arrive(self):
        self.assertEqual(list(self.run_with().values()), [float(v) for v in self.GOOD])

    def test_numpy_numbers_arrive(self):
        y = self.run_with(
            b=np.True_, c=np.int64(-5), ui=np.uint8(7), f=np.float64(0.25), d=np.float16(1.5)
        )
        self.assertEqual([y[k] for k in ("b", "c", "ui", "f", "d")], [1, -5, 7, 0.25, 1.5])

    def test_floats_take_integers_and_what_is_not_finite(self):
        y = self.run_with(f=np.inf, d=3)
        self.assertEqual((y["f"], y["d"]), (np.inf, 3))
        self.assertTrue(np.isnan(self.run_with(f=np.nan)["f"]))

    def test_out_of_range(self):
        for name, position, value in (
            ("c", 2, 128),
            ("uc", 3, -1),
            ("s", 4, 40000),
            ("us", 5, 65536),
            ("i", 6, 2**31),
            ("ui", 7, -1),
            ("l", 8, 2**63),
            ("ul", 9, 2**64),
            ("f", 10, 1e39),
            ("d", 11, 10**400),
        ):
            with self.assertRaisesRegex(OverflowError, f"parameter {position} .*of scalars"):
                self.run_with(**{name: value})
        with self.assertRaisesRegex(OverflowError, "parameter 1 "):
            warpsmith.run(CUDA, "with_flag", np.zeros(1, np.int32), 2)

    def test_wrong_kind(self):
        for name, position, value in (
            ("i", 6, 1.0),
            ("i", 6, np.float32(1)),
            ("i", 6, "1"),
            ("i", 6, None),
            ("i", 6, np.zeros(1, np.int32)),
            ("f", 10, "1"),
            ("f", 10, 1j),
            ("f", 10, np.zeros(1, np.float32)),
            ("f", 10, None),
        ):
            with self.assertRaisesRegex(TypeError, f"parameter {position} .*of scalars"):
                self.run_with(**{name: value})
        with self.assertRaisesRegex(TypeError, "parameter 0 .* takes a NumPy array"):
            warpsmith.run(CUDA, "scale", [1.0], grid=1, block=1)

    def test_bool(self):
        y = np.zeros(1, np.int32)
        warpsmith.run(CUDA, "with_flag", y, True)
        self.assertEqual(y[0], 7)

    def test_structs(self):
        dtype = np.dtype([("a", np.int32), ("b", np.float32)])
        y = np.zeros(2, np.float32)
        warpsmith.run(CUDA, "unpack", y, np.array([(3, 0.5)], dtype)[0], grid=1, block=1)
        self.assertEqual(list(y), [3, 0.5])
        raw = np.array([(4, 1.5)], dtype).tobytes()
        warpsmith.run(CUDA, "unpack", y, raw, grid=1, block=1)
        self.assertEqual(list(y), [4, 1.5])
        with self.assertRaisesRegex(ValueError, "parameter 1 .*has 8 bytes; 7 were given"):
            warpsmith.run(CUDA, "unpack", y, raw[:-1], grid=1, block=1)
        with self.assertRaisesRegex(TypeError, "parameter 1 .*takes bytes"):
            warpsmith.run(CUDA, "unpack", y, 3, grid=1, block=1)

    def test_ptx_integers_have_no_sign(self):
        y = np.zeros(4, np.uint32)
        rest = (0.0, 0, bytes(8))
        for number, bits in ((-1, 2**32 - 1), (2**32 - 1, 2**32 - 1), (-(2**31), 2**31)):
            warpsmith.run(PTX, "store", y, number, *rest, grid=1, block=1)
            self.assertEqual(y[0], bits)
        with self.assertRaisesRegex(OverflowError, "parameter 1 .*of store"):
            warpsmith.run(PTX, "store", y, 2**32, *rest, grid=1, block=1)
        with self.assertRaisesRegex(OverflowError, "parameter 1 .*of store"):
            warpsmith.run(PTX, "store", y, -(2**31) - 1, *rest, grid=1, block=1)


class ErrorTest(unittest.TestCase):
    def test_wrong_counts(self):
        y = np.zeros(4, np.float32)
        for args in ((y, y, 1.0), (y, y, 1.0, 4, 5)):
            with self.assertRaisesRegex(TypeError, f"launch takes 4 arguments; {len(args)} were"):
                warpsmith.run(CUDA, "launch", *args)

    def test_text_that_does_not_compile(self):
        with self.assertRaisesRegex(warpsmith.Refused, r"module\.cu:1:.*error"):
            warpsmith.run("int f( {", "f")
        with self.assertRaises(warpsmith.Refused):
            warpsmith.run(".version 7.0\nnonsense", "f", grid=1, block=1)
        with self.assertRaises(warpsmith.Refused):
            warpsmith.run("\xe9 \x00", "f")
        self.assertTrue(issubclass(warpsmith.Refused, warpsmith.Error))

    def test_names_that_are_not_there(self):
        with self.assertRaisesRegex(warpsmith.Invalid, "no `nothing`; its kernels are saxpy"):
            warpsmith.run(CUDA, "nothing")
        with self.assertRaisesRegex(warpsmith.Invalid, "is a kernel"):
            warpsmith.run(CUDA, "saxpy")
        with self.assertRaisesRegex(warpsmith.Invalid, "is a host function"):
            warpsmith.run(CUDA, "launch", grid=1, block=1)
        self.assertTrue(issubclass(warpsmith.Invalid, ValueError))

    def test_bad_grids(self):
        for grid, block, error in (
            (1, None, TypeError),
            (None, 1, TypeError),
            (1.5, 1, TypeError),
            ("1", 1, TypeError),
            ((1, 1, 1, 1), 1, TypeError),
            ((), 1, TypeError),
            (0, 1, ValueError),
            (1, -1, ValueError),
            (2**32, 1, ValueError),
        ):
            with self.assertRaises(error, msg=f"{grid}, {block}"):
                warpsmith.run(CUDA, "hello", grid=grid, block=block)
        with self.assertRaises(ValueError):
            warpsmith.run(CUDA, "hello", grid=1, block=1, shared=-1)
        with self.assertRaises(TypeError):
            warpsmith.run(CUDA, "launch", None, None, 0.0, 1, shared=16)

    def test_block_that_is_too_large_is_a_finding(self):
        report = warpsmith.run(CUDA, "hello", grid=1, block=1025)
        self.assertEqual((report.status, report.findings[0].kind), ("stopped", "bad-launch"))

    def test_options(self):
        for options, error in (
            ({"arch": "sm_1"}, warpsmith.Invalid),
            ({"front": "gcc"}, warpsmith.Invalid),
            ({"seed": -1}, warpsmith.Invalid),
            ({"seed": 2**64}, warpsmith.Invalid),
            ({"seed": 1.5}, TypeError),
            ({"checks": "off"}, TypeError),
            ({"checks": 0}, TypeError),
            ({"fuel": "1"}, TypeError),
            ({"arch": 90}, TypeError),
            ({"colour": 1}, TypeError),
        ):
            with self.assertRaises(error, msg=options):
                warpsmith.run(CUDA, "hello", grid=1, block=1, **options)
        with self.assertRaises(warpsmith.Invalid):
            warpsmith.Device().set(colour="red")

    def test_source_is_text_or_a_path(self):
        with self.assertRaises(TypeError):
            warpsmith.run(b"bytes", "f")

    def test_what_is_not_installed(self):
        code = (
            "import warpsmith\n"
            "try: warpsmith.run('__global__ void k() {}', 'k', grid=1, block=1, front='nvrtc')\n"
            "except warpsmith.Unavailable as error: print('unavailable:', error)\n"
        )
        env = {**os.environ, "WARPSMITH_HIDE": "nvrtc"}
        out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
        self.assertTrue(out.stdout.startswith("unavailable: "), out)


class CheckTest(unittest.TestCase):
    def test_right_program(self):
        y = np.ones(100, np.float32)
        report = warpsmith.check(CUDA, "saxpy", y, floats(100), 2.0, 100, grid=2, block=64)
        self.assertTrue(report.ok, report)
        self.assertEqual((len(report.runs), report.differences), (4, ()))
        np.testing.assert_array_equal(y, 1 + 2 * floats(100))  # once, not four times

    def test_sum_that_depends_on_the_schedule(self):
        x = np.random.default_rng(1).random(256, np.float32)
        total = np.zeros((1, 1), np.float32)
        report = warpsmith.check(CUDA, "sum_atomic", total, x, grid=4, block=64, orders=6)
        self.assertTrue(all(run.ok for run in report.runs))
        self.assertFalse(report.ok)
        self.assertEqual(report.status, "differences")
        difference = report.differences[0]
        self.assertEqual((difference.argument, difference.index), (0, (0, 0)))
        self.assertEqual(difference.count, 1)
        self.assertEqual(difference.seeds[0], 0)
        self.assertEqual(difference.values[0], total[0, 0])
        self.assertNotEqual(*difference.values)
        self.assertIn("argument 0 depends on the schedule", str(report))

    def test_first_index_that_differs(self):
        text = """__global__ void k(int* y) { if (atomicAdd(&y[0], 1) == 0) y[4] = threadIdx.x; }"""
        y = np.zeros((2, 3), np.int32)
        report = warpsmith.check(text, "k", y, grid=1, block=512, orders=8, seed=3)
        where = [(d.argument, d.index, d.count) for d in report.differences]
        self.assertEqual(where, [(0, (1, 1), 1)])

    def test_race(self):
        y, x = np.zeros(1, np.float32), np.ones(64, np.float32)
        report = warpsmith.check(CUDA, "sum_racy", y, x, grid=1, block=64)
        self.assertEqual(report.status, "findings")
        self.assertEqual(len([f for f in report.findings if f.kind == "race-global"]), 1)
        self.assertIn("race-global", str(report))

    def test_variables_are_fresh_in_every_run(self):
        text = "__device__ int n; __global__ void k(int* y) { *y = ++n; }"
        y = np.zeros(1, np.int32)
        self.assertTrue(warpsmith.check(text, "k", y, grid=1, block=1).ok)
        self.assertEqual(y[0], 1)

    def test_orders(self):
        for orders in (0, -1, 1.5):
            with self.assertRaises(ValueError):
                warpsmith.check(CUDA, "hello", grid=1, block=1, orders=orders)
        self.assertEqual(len(warpsmith.check(CUDA, "hello", grid=1, block=1, orders=1).runs), 1)


class ProfileTest(unittest.TestCase):
    def test_counters_and_time(self):
        y = np.ones(1024, np.float32)
        args = (y, floats(1024), 2.0, 1024)
        profile = warpsmith.profile(CUDA, "saxpy", *args, grid=4, block=256)
        self.assertTrue(profile.ok, profile)
        self.assertEqual(profile.basis, "modelled-uncalibrated")
        loads = "l1tex__t_sectors_pipe_lsu_mem_global_op_ld.sum"
        self.assertEqual(profile.counters[loads], 2 * 1024 * 4 / 32)
        self.assertEqual(profile.launches[0].counters[loads], 2 * 1024 * 4 / 32)
        low, high = profile.time_us
        self.assertTrue(0 < low <= high)
        self.assertTrue(0 < profile.launches[0].time_us[0] <= high)
        self.assertNotIn("time_low_us", profile.counters)
        self.assertIn("modelled-uncalibrated", str(profile))
        self.assertTrue((y == 1).all())  # arrays are inputs

    def test_fault(self):
        profile = warpsmith.profile(CUDA, "scale", np.ones(3, np.float32), grid=1, block=32)
        self.assertEqual((profile.status, profile.counters, profile.time_us), ("stopped", {}, None))
        self.assertIn("out-of-bounds", str(profile))

    def test_report_of_a_run_is_no_profile(self):
        self.assertNotIsInstance(warpsmith.run(CUDA, "hello", grid=1, block=1), warpsmith.Profile)


class DeviceTest(unittest.TestCase):
    def test_arrays_stay_on_the_device(self):
        device = warpsmith.Device()
        module = device.load(CUDA)
        y, x = device.array(np.ones(64, np.float32)), device.array(floats(64))
        self.assertEqual((y.shape, y.dtype, y.nbytes), ((64,), np.float32, 256))
        for _ in range(3):
            self.assertTrue(module.launch("saxpy", 1, 64, y, x, 1.0, 64).ok)
        np.testing.assert_array_equal(y.numpy(), 1 + 3 * floats(64))
        self.assertTrue(module.call("launch", y, x, 1.0, 64).ok)
        host = np.zeros(64, np.float32)
        self.assertTrue(module.launch("saxpy", 1, 64, host, x, 1.0, 64).ok)
        np.testing.assert_array_equal(host, floats(64))
        y.set(7)
        self.assertTrue((y.numpy() == 7).all())

    def test_module_says_what_it_has(self):
        module = warpsmith.Device().load(CUDA)
        self.assertEqual(module.language, "cuda")
        self.assertEqual(module.kernels[:3], ("saxpy", "unguarded", "sum_racy"))
        self.assertIn("fill<float>", module.kernels)
        self.assertEqual(module.parameters("launch"), ["ptr", "ptr", "f32", "s32"])
        self.assertEqual(module.parameters("unpack"), ["ptr", "b8"])
        self.assertEqual(module.parameters("hello"), [])
        with self.assertRaises(warpsmith.Invalid):
            module.parameters("nothing")
        with self.assertRaises(warpsmith.Invalid):
            module.launch("launch", 1, 1)
        with self.assertRaises(warpsmith.Invalid):
            module.call("saxpy")

    def test_variables(self):
        device = warpsmith.Device()
        module = device.load(CUDA)
        calls = module.variable("calls")
        self.assertEqual(calls.bytes, 4)
        for _ in range(2):
            module.launch("count_call", 1, 32)
        self.assertEqual(np.frombuffer(device.read(*calls), np.int32)[0], 64)
        factors = module.variable("factors")
        device.write(factors.ptr, np.array([1, 5], np.float32))
        y = np.ones(4, np.float32)
        module.launch("scale", 1, 4, y)
        self.assertEqual(list(y), [5] * 4)
        with self.assertRaises(warpsmith.Invalid):
            module.variable("nothing")
        with self.assertRaises(warpsmith.Invalid):
            device.write(factors.ptr, bytes(9))
        with self.assertRaises(warpsmith.Invalid):
            device.read(12345, 1)
        with self.assertRaises(ValueError):
            device.read(-1, 1)

    def test_uninitialised_memory(self):
        device = warpsmith.Device()
        module = device.load(CUDA)
        y, x = device.empty(32, np.int32), device.empty((4, 8), np.int32)
        report = module.launch("choose", 1, 1, y, x)
        self.assertEqual(report.findings[0].kind, "uninitialized-output")
        x.set(np.arange(8))
        self.assertTrue(module.launch("copy", 1, 32, y, x, 32).ok)
        self.assertEqual(list(y.numpy()), list(range(8)) * 4)

    def test_freed_arrays(self):
        device = warpsmith.Device()
        module = device.load(CUDA)
        y = device.array(np.ones(4, np.float32))
        ptr = y.ptr
        y.free()
        y.free()
        for use in (lambda: y.ptr, y.numpy, lambda: module.launch("scale", 1, 4, y)):
            with self.assertRaisesRegex(ValueError, "freed"):
                use()
        report = module.launch("scale", 1, 4, ptr)
        self.assertEqual(report.findings[0].kind, "use-after-free")

    def test_array_of_another_device(self):
        module = warpsmith.Device().load(CUDA)
        with self.assertRaisesRegex(ValueError, "parameter 0 .*another device"):
            module.launch("scale", 1, 4, warpsmith.Device().array(np.ones(4, np.float32)))

    def test_device_array_is_no_scalar(self):
        device = warpsmith.Device()
        module = device.load(CUDA)
        y = device.array(np.ones(4, np.float32))
        with self.assertRaisesRegex(TypeError, "parameter 3 "):
            module.launch("saxpy", 1, 4, y, y, 1.0, y)

    def test_memory_is_limited_and_given_back(self):
        device = warpsmith.Device(memory=1 << 20)
        for _ in range(100):
            device.empty(1 << 20, np.uint8)  # freed with the object
        kept = device.empty(1 << 19, np.uint8)
        with self.assertRaises(warpsmith.OutOfMemory):
            device.empty(1 << 20, np.uint8)
        with self.assertRaises(MemoryError):
            device.array(np.zeros(1 << 20, np.uint8))
        self.assertEqual(kept.nbytes, 1 << 19)

    def test_objects_keep_what_they_need(self):
        array = warpsmith.Device().array(floats(4))
        module = warpsmith.Device().load(CUDA)
        gc.collect()
        self.assertEqual(list(array.numpy()), [0, 1, 2, 3])
        self.assertEqual(module.launch("hello", 1, 1).printed, "thread 0\n")

    def test_options_change(self):
        device = warpsmith.Device(checks=False)
        module = device.load(CUDA)
        args = (np.zeros(1, np.float32), np.ones(64, np.float32))
        self.assertTrue(module.launch("sum_racy", 1, 64, *args).ok)
        device.set(checks=True, seed=3)
        self.assertEqual(module.launch("sum_racy", 1, 64, *args).status, "findings")
        device.set(profile=True)
        profile = device.load(CUDA).launch("sum_atomic", 1, 64, *args)
        self.assertIsInstance(profile, warpsmith.Profile)

    def test_array_from_other_things(self):
        device = warpsmith.Device()
        self.assertEqual(list(device.array([1.0, 2.0]).numpy()), [1, 2])
        matrix = np.arange(6).reshape(2, 3).T
        np.testing.assert_array_equal(device.array(matrix).numpy(), matrix)
        self.assertEqual(device.array(np.zeros((0, 2))).numpy().shape, (0, 2))
        days = np.array(["2020-01-01"], "datetime64[D]")
        self.assertEqual(device.array(days).numpy()[0], days[0])
        with self.assertRaises(TypeError):
            device.array([object()])
        with self.assertRaises(ValueError):
            device.empty((2, -1))


class ThreadTest(unittest.TestCase):
    def in_threads(self, count, work):
        errors = []

        def guarded(i):
            try:
                work(i)
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=guarded, args=(i,)) for i in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(errors, [])

    def test_devices_in_threads(self):
        def work(i):
            for _ in range(5):
                y = np.zeros(200, np.float32)
                report = warpsmith.run(CUDA, "saxpy", y, floats(200), i, 200, grid=4, block=64)
                self.assertTrue(report.ok)
                np.testing.assert_array_equal(y, i * floats(200))
                with self.assertRaisesRegex(warpsmith.Refused, f"missing_{i}"):
                    warpsmith.run(f"int f() {{ return missing_{i}; }}", "f")

        self.in_threads(4, work)

    def test_one_device_in_threads(self):
        device = warpsmith.Device()
        module = device.load(CUDA)
        total = device.array(np.zeros(1, np.float32))

        def work(i):
            for _ in range(20):
                x = device.array(np.ones(64, np.float32))
                self.assertTrue(module.launch("sum_atomic", 1, 64, total, x).ok)

        self.in_threads(4, work)
        self.assertEqual(total.numpy()[0], 4 * 20 * 64)

    def test_others_go_on_while_a_kernel_runs(self):
        device = warpsmith.Device(fuel=20_000_000)
        module = device.load(CUDA)
        flag = device.array(np.zeros(1, np.uint32))
        reports = []
        thread = threading.Thread(
            target=lambda: reports.append(module.launch("endless", 1, 1, flag))
        )
        thread.start()
        turns = 0
        while thread.is_alive():
            turns += 1
        thread.join()
        self.assertEqual(reports[0].findings[0].kind, "no-fuel")
        self.assertGreater(turns, 1000)


class LeakTest(unittest.TestCase):
    def test_memory_does_not_grow(self):
        def resident_kib():
            with open("/proc/self/statm") as statm:
                return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024

        def work():
            device = warpsmith.Device()
            for _ in range(100):
                y = np.ones(10_000, np.float32)
                warpsmith.run(CUDA, "saxpy", y, y.copy(), 1.0, 100, grid=1, block=128)
                warpsmith.run(CUDA, "unguarded", y, y.copy(), 1.0, 1, grid=100, block=128)
                device.array(y)
                with self.assertRaises(warpsmith.Refused):
                    warpsmith.run("int f( {", "f")
            gc.collect()

        work()
        before = resident_kib()
        for _ in range(2):
            work()
        self.assertLess(resident_kib() - before, 4096)


class PackageTest(unittest.TestCase):
    def test_version(self):
        self.assertRegex(warpsmith.__version__, r"^\d+\.\d+\.\d+")

    def test_everything_public_is_documented(self):
        for name in warpsmith.__all__:
            thing = getattr(warpsmith, name)
            self.assertTrue(thing.__doc__, name)
            for member, value in vars(thing).items() if isinstance(thing, type) else ():
                if callable(value) and not member.startswith("_"):
                    self.assertTrue(value.__doc__, f"{name}.{member}")


if __name__ == "__main__":
    unittest.main()
