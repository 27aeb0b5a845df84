/* Runs a CUDA kernel with every check, then one with a fault, and prints what is found in it.
 *
 * With pkg-config (PKG_CONFIG_PATH=PREFIX/lib/.../pkgconfig where warpsmith is not installed in
 * /usr):
 *
 *   cc -std=c99 saxpy.c $(pkg-config --cflags --libs warpsmith) -o saxpy
 *
 * With CMake (-DCMAKE_PREFIX_PATH=PREFIX), by the CMakeLists.txt beside this file:
 *
 *   find_package(warpsmith CONFIG REQUIRED)
 *   target_link_libraries(saxpy PRIVATE warpsmith::warpsmith)
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <warpsmith.h>

enum { kCount = 1000, kThreads = 256, kBlocks = (kCount + kThreads - 1) / kThreads };

static const char kSource[] =
    "__global__ void saxpy(float* y, const float* x, float a, int n) {\n"
    "  int i = blockIdx.x * blockDim.x + threadIdx.x;\n"
    "  if (i < n) y[i] += a * x[i];\n"
    "}\n"
    "__global__ void unguarded(float* y, const float* x, float a, int n) {\n"
    "  int i = blockIdx.x * blockDim.x + threadIdx.x;\n"
    "  y[i] += a * x[i];\n"
    "}\n";

/* Ends the program where a call could not be done. WS_FINDINGS and WS_STOPPED are no failures of
 * the call: they say that the kernel did something wrong. */
static ws_status Done(ws_status status) {
  if (status == WS_OK || status == WS_FINDINGS || status == WS_STOPPED) return status;
  fprintf(stderr, "%s\n", ws_error());
  exit(1);
}

static void PrintFindings(const ws_report* report) {
  for (size_t i = 0; i < ws_report_findings(report); ++i) {
    ws_finding f;
    Done(ws_report_finding(report, i, &f));
    printf("%s:%" PRIu32 ": %s [%s]\n", f.file, f.line, f.message, f.kind);
    printf("  in %s, block (%" PRIu32 ", %" PRIu32 ", %" PRIu32 "), thread (%" PRIu32 ", %" PRIu32
           ", %" PRIu32 ")\n",
           f.kernel, f.block[0], f.block[1], f.block[2], f.thread[0], f.thread[1], f.thread[2]);
    if (f.hint[0] != '\0') printf("  hint: %s\n", f.hint);
  }
}

/* Launches a kernel with the parameters of saxpy. */
static ws_status Launch(ws_module* module, const char* kernel, ws_ptr y, ws_ptr x) {
  const uint32_t grid[3] = {kBlocks, 1, 1}, block[3] = {kThreads, 1, 1};
  const float a = 2;
  const int32_t n = kCount;
  const void* args[4];
  args[0] = &y;
  args[1] = &x;
  args[2] = &a;
  args[3] = &n;
  ws_report* report = NULL;
  const ws_status status = Done(ws_launch(module, kernel, grid, block, 0, args, 4, &report));
  printf("%s: %s, %" PRIu64 " warp instructions\n", kernel,
         status == WS_OK         ? "no findings"
         : status == WS_FINDINGS ? "findings"
                                 : "stopped",
         ws_report_warp_instructions(report));
  PrintFindings(report);
  ws_report_destroy(report);
  return status;
}

int main(void) {
  float x[kCount], y[kCount];
  for (int i = 0; i < kCount; ++i) {
    x[i] = (float)i;
    y[i] = 1;
  }

  ws_device* device;
  Done(ws_device_create(&device)); /* every check is on */
  ws_module* module;
  Done(ws_module_load(device, kSource, strlen(kSource), "saxpy.cu", WS_CUDA, &module));
  ws_ptr device_x, device_y;
  Done(ws_malloc(device, sizeof x, &device_x));
  Done(ws_malloc(device, sizeof y, &device_y));
  Done(ws_copy_in(device, device_x, x, sizeof x));
  Done(ws_copy_in(device, device_y, y, sizeof y));

  const ws_status right = Launch(module, "saxpy", device_y, device_x);
  Done(ws_copy_out(device, y, device_y, sizeof y));
  printf("y[0] = %g, y[1] = %g, y[%d] = %g\n\n", y[0], y[1], kCount - 1, y[kCount - 1]);

  const ws_status wrong = Launch(module, "unguarded", device_y, device_x);

  Done(ws_free(device, device_x));
  Done(ws_free(device, device_y));
  ws_module_unload(module);
  ws_device_destroy(device);
  return right == WS_OK && wrong == WS_STOPPED ? 0 : 1;
}
