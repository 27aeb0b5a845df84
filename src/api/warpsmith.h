/* The engine as a library: CUDA C++ and PTX run on this CPU, with every check or none.
 *
 *   ws_device* device;                               memory, options and a lock
 *   ws_device_create(&device);
 *   ws_module* module;                               kernels of one CUDA or PTX text
 *   ws_module_load(device, text, strlen(text), "saxpy.cu", WS_CUDA, &module);
 *   ws_ptr x;
 *   ws_malloc(device, bytes, &x);
 *   ws_copy_in(device, x, data, bytes);
 *   const void* args[] = {&x, &n};
 *   ws_launch(module, "saxpy", grid, block, 0, args, 2, &report);
 *   ws_copy_out(device, data, x, bytes);
 *
 * Every function may be called from any thread; what one device does, it does one call at a time.
 * Nothing that a kernel does harms the process: a bad access, a trap, an endless loop end the
 * launch and are told in its report. Texts that functions hand out stay valid as long as the object
 * they are of, and ws_error's until the thread's next call.
 */
#ifndef WARPSMITH_H
#define WARPSMITH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define WS_API __attribute__((visibility("default")))
#else
#define WS_API
#endif

/* Grows when functions are added; programs made for a smaller one go on working. */
#define WS_API_VERSION 1
WS_API int ws_api_version(void);
/* The program's, such as "0.1.0". */
WS_API const char* ws_version(void);

typedef enum ws_status {
  WS_OK = 0,
  WS_FINDINGS = 1,    /* it ran to its end; the report says what is wrong */
  WS_STOPPED = 2,     /* it did not: a bad access, a trap, a deadlock, no fuel, no memory */
  WS_INVALID = 3,     /* an argument of the call; ws_error() says which */
  WS_REFUSED = 4,     /* the text does not compile; ws_error() has the compiler's messages */
  WS_NO_MEMORY = 5,   /* beyond the device's memory or this machine's */
  WS_UNAVAILABLE = 6, /* what this needs is not installed here */
  WS_INTERNAL = 7     /* a fault of the library */
} ws_status;

/* Why the thread's last call that failed did so: complete sentences, possibly several lines. */
WS_API const char* ws_error(void);

/* --- Devices */

typedef struct ws_device ws_device;

WS_API ws_status ws_device_create(ws_device** device);
/* Modules and reports may outlive it; memory and modules' variables go with the last of them. */
WS_API void ws_device_destroy(ws_device* device);
/* Options by name:
 *   checks    on | off    bounds, initialisation, races, barriers; off: bounds alone (default: on)
 *   seed      N           order of blocks, warps and lanes: 0 in order, else shuffled (default: 0)
 *   fuel      N           warp instructions of a launch (default: 2^33)
 *   memory    N           bytes of live device memory (default: 4 GiB)
 *   arch      sm_NN       what the program is told of its device, and the model's chip (sm_90)
 *   profile   on | off    modules loaded from now on are optimised as ptxas would, run without
 *                         checks, and their reports have counters and a modelled time (off)
 *   front     native | nvrtc | nvcc | clang  compiler of CUDA kernels loaded from now on (native)
 */
WS_API ws_status ws_device_set(ws_device* device, const char* name, const char* value);

/* --- Memory of a device: addresses that kernels use, not those of the process. */

typedef uint64_t ws_ptr;

/* New memory counts as uninitialised. bytes may be 0. */
WS_API ws_status ws_malloc(ws_device* device, size_t bytes, ws_ptr* ptr);
WS_API ws_status ws_free(ws_device* device, ws_ptr ptr);
/* ptr may point into an allocation or a module's variable. */
WS_API ws_status ws_copy_in(ws_device* device, ws_ptr ptr, const void* data, size_t bytes);
WS_API ws_status ws_copy_out(ws_device* device, void* data, ws_ptr ptr, size_t bytes);
WS_API ws_status ws_fill(ws_device* device, ws_ptr ptr, int byte, size_t bytes);

/* --- Modules */

typedef struct ws_module ws_module;

typedef enum ws_language { WS_CUDA = 0, WS_PTX = 1 } ws_language;

/* `name` stands in messages; files that CUDA text includes are looked for beside it. The text is
 * copied. Variables of a module live as long as it does. */
WS_API ws_status ws_module_load(ws_device* device, const char* text, size_t bytes, const char* name,
                                ws_language language, ws_module** module);
WS_API void ws_module_unload(ws_module* module);
/* What the compiler warned of; empty if of nothing. */
WS_API const char* ws_module_log(const ws_module* module);

/* Kernels in the order of the text; instances of templates are called `name<args>` where the text
 * is CUDA, and by their symbol where it is PTX. */
WS_API size_t ws_kernel_count(const ws_module* module);
WS_API const char* ws_kernel_name(const ws_module* module, size_t kernel);
/* Whether a kernel, or a host function such as a launcher, of this name is there to be run. */
WS_API int ws_has_kernel(const ws_module* module, const char* name);
WS_API int ws_has_function(const ws_module* module, const char* name);
/* Parameters of a kernel or host function: how many, the bytes of one and its type as PTX spells it
 * ("u64", "f32"; "b8" for a struct, "ptr" for a pointer where the text is CUDA). 0 and "" for what
 * is not there. */
WS_API size_t ws_params(const ws_module* module, const char* function);
WS_API size_t ws_param_bytes(const ws_module* module, const char* function, size_t param);
WS_API const char* ws_param_type(const ws_module* module, const char* function, size_t param);
/* A __device__ or __constant__ variable. */
WS_API ws_status ws_variable(ws_module* module, const char* name, ws_ptr* ptr, size_t* bytes);

/* --- Runs */

typedef struct ws_report ws_report;

/* args[i] points to the value of parameter i, of its size, as in cuLaunchKernel. `report` may be
 * null; else it gets a report, to be destroyed, whenever the status is OK, FINDINGS or STOPPED. */
WS_API ws_status ws_launch(ws_module* module, const char* kernel, const uint32_t grid[3],
                           const uint32_t block[3], uint32_t dynamic_shared_bytes,
                           const void* const* args, size_t num_args, ws_report** report);
/* Calls a host function of a CUDA text, such as a launcher; its pointers are device pointers. */
WS_API ws_status ws_call(ws_module* module, const char* function, const void* const* args,
                         size_t num_args, ws_report** report);

WS_API void ws_report_destroy(ws_report* report);
/* What the program printed: the first 64 KiB. */
WS_API const char* ws_report_printed(const ws_report* report);
WS_API uint64_t ws_report_warp_instructions(const ws_report* report);

typedef struct ws_finding {
  const char* kind;    /* "out-of-bounds", "race-shared", ... */
  const char* message; /* one line */
  const char* hint;    /* may be empty */
  const char* file;    /* with line and column: where; line 0: unknown */
  uint32_t line, column;
  const char* kernel; /* empty: host code */
  uint32_t block[3], thread[3];
  uint64_t count; /* how often at this place */
  int is_note;    /* worth saying, not wrong */
} ws_finding;

WS_API size_t ws_report_findings(const ws_report* report);
/* WS_INVALID where there is no such finding. */
WS_API ws_status ws_report_finding(const ws_report* report, size_t index, ws_finding* finding);
/* A counter by Nsight Compute's name over all launches of the run, on a device that profiles; or
 * "time_low_us" and "time_high_us", the modelled range. */
WS_API ws_status ws_report_counter(const ws_report* report, const char* name, double* value);
/* All of it as one JSON object: status, findings[], printed, warp_instructions, launches[]. */
WS_API const char* ws_report_json(const ws_report* report);

#ifdef __cplusplus
}
#endif

#endif /* WARPSMITH_H */
