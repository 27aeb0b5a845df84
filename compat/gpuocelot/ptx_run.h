// The interface of gpuocelot's library that tinygrad's mock GPU binds.
#ifndef WARPSMITH_COMPAT_GPUOCELOT_PTX_RUN_H_
#define WARPSMITH_COMPAT_GPUOCELOT_PTX_RUN_H_

// Runs the one entry of a PTX module on this CPU, to its end. Each element of `args` is the value
// of one parameter: a host address that the kernel uses directly, or an integer passed in a
// pointer.
extern "C" __attribute__((visibility("default"))) void ptx_run(const char* ptx, int n_args,
                                                               void** args, int block_x,
                                                               int block_y, int block_z, int grid_x,
                                                               int grid_y, int grid_z,
                                                               int dynamic_shared_bytes);

#endif  // WARPSMITH_COMPAT_GPUOCELOT_PTX_RUN_H_
