/* Runs PTX on arrays of this process through libgpuocelot.so: the kernel uses host addresses as
 * they are, so nothing is copied.
 *
 *   cc -std=c99 ptx_run.c -LPREFIX/lib/... -lgpuocelot -o ptx_run
 */
#include <stdint.h>
#include <stdio.h>

/* Runs the one entry of a module to its end. An element of `args` is the value of a parameter: an
 * address, or an integer in a pointer. Faults are told on standard error. */
void ptx_run(const char* ptx, int n_args, void** args, int block_x, int block_y, int block_z,
             int grid_x, int grid_y, int grid_z, int dynamic_shared_bytes);

static const char kScale[] =
    ".version 7.0\n"
    ".target sm_35\n"
    ".address_size 64\n"
    ".visible .entry scale(.param .u64 y, .param .u64 x, .param .u32 n) {\n"
    "  .reg .b32 %r<6>;\n"
    "  .reg .b64 %rd<6>;\n"
    "  .reg .f32 %f<3>;\n"
    "  .reg .pred %p;\n"
    "  ld.param.u64 %rd1, [y];\n"
    "  ld.param.u64 %rd2, [x];\n"
    "  ld.param.u32 %r1, [n];\n"
    "  mov.u32 %r2, %ctaid.x;\n"
    "  mov.u32 %r3, %ntid.x;\n"
    "  mov.u32 %r4, %tid.x;\n"
    "  mad.lo.u32 %r5, %r2, %r3, %r4;\n"
    "  setp.ge.u32 %p, %r5, %r1;\n"
    "  @%p bra end;\n"
    "  mul.wide.u32 %rd3, %r5, 4;\n"
    "  add.u64 %rd4, %rd1, %rd3;\n"
    "  add.u64 %rd5, %rd2, %rd3;\n"
    "  ld.global.f32 %f1, [%rd5];\n"
    "  add.f32 %f2, %f1, %f1;\n"
    "  st.global.f32 [%rd4], %f2;\n"
    "end:\n"
    "  ret;\n"
    "}\n";

enum { kCount = 1000, kThreads = 128, kBlocks = (kCount + kThreads - 1) / kThreads };

int main(void) {
  static float x[kCount], y[kCount];
  for (int i = 0; i < kCount; ++i) x[i] = (float)i;

  void* args[3];
  args[0] = y;
  args[1] = x;
  args[2] = (void*)(uintptr_t)kCount;
  ptx_run(kScale, 3, args, kThreads, 1, 1, kBlocks, 1, 1, 0);

  int wrong = 0;
  for (int i = 0; i < kCount; ++i) wrong += y[i] != 2 * x[i];
  printf("y[1] = %g, y[%d] = %g, %d wrong\n", y[1], kCount - 1, y[kCount - 1], wrong);
  return wrong != 0;
}
