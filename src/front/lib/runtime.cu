// Parts of the CUDA runtime that are made of others, read before programs that name them.

struct cudaDeviceProp {
  char name[256];
  size_t totalGlobalMem, sharedMemPerBlock;
  int regsPerBlock, warpSize;
  size_t memPitch;
  int maxThreadsPerBlock, maxThreadsDim[3], maxGridSize[3], clockRate;
  size_t totalConstMem;
  int major, minor;
  size_t textureAlignment, texturePitchAlignment;
  int deviceOverlap, multiProcessorCount, kernelExecTimeoutEnabled, integrated, canMapHostMemory,
      computeMode;
  size_t surfaceAlignment;
  int concurrentKernels, ECCEnabled, pciBusID, pciDeviceID, pciDomainID, tccDriver,
      asyncEngineCount, unifiedAddressing, memoryClockRate, memoryBusWidth, l2CacheSize,
      persistingL2CacheMaxSize, maxThreadsPerMultiProcessor, streamPrioritiesSupported,
      globalL1CacheSupported, localL1CacheSupported;
  size_t sharedMemPerMultiprocessor;
  int regsPerMultiprocessor, managedMemory, isMultiGpuBoard, multiGpuBoardGroupID,
      hostNativeAtomicSupported, singleToDoublePrecisionPerfRatio, pageableMemoryAccess,
      concurrentManagedAccess, computePreemptionSupported, canUseHostPointerForRegisteredMem,
      cooperativeLaunch, cooperativeMultiDeviceLaunch;
  size_t sharedMemPerBlockOptin;
  int pageableMemoryAccessUsesHostPageTables, directManagedMemAccessFromHost,
      maxBlocksPerMultiProcessor, accessPolicyMaxWindowSize;
  size_t reservedSharedMemPerBlock;
};

struct cudaFuncAttributes {
  size_t sharedSizeBytes, constSizeBytes, localSizeBytes;
  int maxThreadsPerBlock, numRegs, ptxVersion, binaryVersion, cacheModeCA,
      maxDynamicSharedSizeBytes, preferredShmemCarveout;
};

// What has no fact here is zero.
template <typename P> __host__ inline cudaError_t cudaGetDeviceProperties(P* p, int device) {
  if (device != 0) return cudaErrorInvalidDevice;
  memset(p, 0, sizeof(P));
  for (int word = 0; word < 32; ++word) {
    const long bytes = __ws_device_fact(-64 - word);
    for (int i = 0; i < 8; ++i) p->name[word * 8 + i] = (char)(bytes >> (8 * i) & 255);
  }
  p->totalGlobalMem = __ws_device_fact(-1);
  p->sharedMemPerBlock = __ws_device_fact(cudaDevAttrMaxSharedMemoryPerBlock);
  p->regsPerBlock = (int)__ws_device_fact(cudaDevAttrMaxRegistersPerBlock);
  p->warpSize = (int)__ws_device_fact(cudaDevAttrWarpSize);
  p->memPitch = __ws_device_fact(cudaDevAttrMaxPitch);
  p->maxThreadsPerBlock = (int)__ws_device_fact(cudaDevAttrMaxThreadsPerBlock);
  for (int i = 0; i < 3; ++i) {
    p->maxThreadsDim[i] = (int)__ws_device_fact(cudaDevAttrMaxBlockDimX + i);
    p->maxGridSize[i] = (int)__ws_device_fact(cudaDevAttrMaxGridDimX + i);
  }
  p->clockRate = (int)__ws_device_fact(cudaDevAttrClockRate);
  p->totalConstMem = __ws_device_fact(cudaDevAttrTotalConstantMemory);
  p->major = (int)__ws_device_fact(cudaDevAttrComputeCapabilityMajor);
  p->minor = (int)__ws_device_fact(cudaDevAttrComputeCapabilityMinor);
  p->textureAlignment = __ws_device_fact(cudaDevAttrTextureAlignment);
  p->deviceOverlap = (int)__ws_device_fact(cudaDevAttrGpuOverlap);
  p->multiProcessorCount = (int)__ws_device_fact(cudaDevAttrMultiProcessorCount);
  p->canMapHostMemory = (int)__ws_device_fact(cudaDevAttrCanMapHostMemory);
  p->concurrentKernels = (int)__ws_device_fact(cudaDevAttrConcurrentKernels);
  p->ECCEnabled = (int)__ws_device_fact(cudaDevAttrEccEnabled);
  p->asyncEngineCount = (int)__ws_device_fact(cudaDevAttrAsyncEngineCount);
  p->unifiedAddressing = (int)__ws_device_fact(cudaDevAttrUnifiedAddressing);
  p->memoryClockRate = (int)__ws_device_fact(cudaDevAttrMemoryClockRate);
  p->memoryBusWidth = (int)__ws_device_fact(cudaDevAttrGlobalMemoryBusWidth);
  p->l2CacheSize = (int)__ws_device_fact(cudaDevAttrL2CacheSize);
  p->maxThreadsPerMultiProcessor =
      (int)__ws_device_fact(cudaDevAttrMaxThreadsPerMultiProcessor);
  p->streamPrioritiesSupported = (int)__ws_device_fact(cudaDevAttrStreamPrioritiesSupported);
  p->globalL1CacheSupported = (int)__ws_device_fact(cudaDevAttrGlobalL1CacheSupported);
  p->localL1CacheSupported = (int)__ws_device_fact(cudaDevAttrLocalL1CacheSupported);
  p->sharedMemPerMultiprocessor =
      __ws_device_fact(cudaDevAttrMaxSharedMemoryPerMultiprocessor);
  p->regsPerMultiprocessor = (int)__ws_device_fact(cudaDevAttrMaxRegistersPerMultiprocessor);
  p->managedMemory = (int)__ws_device_fact(cudaDevAttrManagedMemory);
  p->concurrentManagedAccess = (int)__ws_device_fact(cudaDevAttrConcurrentManagedAccess);
  p->cooperativeLaunch = (int)__ws_device_fact(cudaDevAttrCooperativeLaunch);
  p->sharedMemPerBlockOptin = __ws_device_fact(cudaDevAttrMaxSharedMemoryPerBlockOptin);
  p->maxBlocksPerMultiProcessor = (int)__ws_device_fact(cudaDevAttrMaxBlocksPerMultiprocessor);
  p->reservedSharedMemPerBlock = __ws_device_fact(cudaDevAttrReservedSharedMemoryPerBlock);
  return cudaSuccess;
}

// The engine's device memory, which is less than the chip's.
template <typename T> __host__ inline cudaError_t cudaMemGetInfo(T* free_bytes, T* total_bytes) {
  *free_bytes = __ws_device_fact(-3);
  *total_bytes = __ws_device_fact(-2);
  return cudaSuccess;
}

template <typename T> __host__ inline cudaError_t cudaMallocPitch(T** memory, size_t* pitch,
                                                                  size_t width, size_t height) {
  *pitch = (width + 511) / 512 * 512;
  return cudaMalloc(memory, *pitch * height);
}

template <typename T> __host__ inline cudaError_t cudaDeviceGetLimit(T* value, int limit) {
  if (limit < 0 || limit > 6) return (cudaError_t)215;
  *value = (T)__ws_device_fact(-16 - limit);
  return cudaSuccess;
}

// Boxes of memory: rows of `pitch` bytes, `ysize` of them a slice.
struct cudaExtent {
  size_t width, height, depth;
};
struct cudaPos {
  size_t x, y, z;
};
struct cudaPitchedPtr {
  void* ptr;
  size_t pitch, xsize, ysize;
};
__host__ inline cudaExtent make_cudaExtent(size_t width, size_t height, size_t depth) {
  cudaExtent made = {width, height, depth};
  return made;
}
__host__ inline cudaPos make_cudaPos(size_t x, size_t y, size_t z) {
  cudaPos made = {x, y, z};
  return made;
}
__host__ inline cudaPitchedPtr make_cudaPitchedPtr(void* memory, size_t pitch, size_t xsize,
                                                   size_t ysize) {
  cudaPitchedPtr made = {memory, pitch, xsize, ysize};
  return made;
}
__host__ inline cudaError_t cudaMalloc3D(cudaPitchedPtr* box, cudaExtent size) {
  box->pitch = (size.width + 511) / 512 * 512;
  box->xsize = size.width;
  box->ysize = size.height;
  return cudaMalloc(&box->ptr, box->pitch * size.height * size.depth);
}
__host__ inline cudaError_t cudaMemset3D(cudaPitchedPtr box, int value, cudaExtent size) {
  for (size_t z = 0; z < size.depth; ++z) {
    const cudaError_t error = cudaMemset2D((char*)box.ptr + z * box.pitch * box.ysize, box.pitch,
                                           value, size.width, size.height);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}
struct cudaMemcpy3DParms {
  cudaPos srcPos;
  cudaPitchedPtr srcPtr;
  cudaPos dstPos;
  cudaPitchedPtr dstPtr;
  cudaExtent extent;
  cudaMemcpyKind kind;
};
__host__ inline cudaError_t cudaMemcpy3D(const cudaMemcpy3DParms* p) {
  for (size_t z = 0; z < p->extent.depth; ++z) {
    const size_t from =
        ((p->srcPos.z + z) * p->srcPtr.ysize + p->srcPos.y) * p->srcPtr.pitch + p->srcPos.x;
    const size_t to =
        ((p->dstPos.z + z) * p->dstPtr.ysize + p->dstPos.y) * p->dstPtr.pitch + p->dstPos.x;
    const cudaError_t error =
        cudaMemcpy2D((char*)p->dstPtr.ptr + to, p->dstPtr.pitch, (char*)p->srcPtr.ptr + from,
                     p->srcPtr.pitch, p->extent.width, p->extent.height, p->kind);
    if (error != cudaSuccess) return error;
  }
  return cudaSuccess;
}
__host__ inline cudaError_t cudaMemcpy3DAsync(const cudaMemcpy3DParms* p,
                                              cudaStream_t stream = 0) {
  return cudaMemcpy3D(p);
}

// Graphs, as a stream is captured into them; nodes of their own are not here. exec::GraphCall.
enum cudaStreamCaptureMode {
  cudaStreamCaptureModeGlobal,
  cudaStreamCaptureModeThreadLocal,
  cudaStreamCaptureModeRelaxed
};
enum cudaStreamCaptureStatus { cudaStreamCaptureStatusNone, cudaStreamCaptureStatusActive };
struct CUgraph_st {
  size_t handle;
};
typedef CUgraph_st* cudaGraph_t;
typedef CUgraph_st* cudaGraphExec_t;
typedef CUgraph_st* cudaGraphNode_t;
__host__ inline cudaError_t cudaStreamBeginCapture(cudaStream_t stream,
                                                   cudaStreamCaptureMode mode) {
  return __ws_graph(0, 0, 0) != 0 ? cudaSuccess : cudaErrorIllegalState;
}
__host__ inline cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
  *graph = (cudaGraph_t)__ws_graph(1, 0, 0);
  return *graph != nullptr ? cudaSuccess : cudaErrorIllegalState;
}
__host__ inline cudaError_t cudaStreamIsCapturing(cudaStream_t stream,
                                                  cudaStreamCaptureStatus* status) {
  *status = __ws_graph(2, 0, 0) != 0 ? cudaStreamCaptureStatusActive : cudaStreamCaptureStatusNone;
  return cudaSuccess;
}
__host__ inline cudaError_t cudaGraphGetNodes(cudaGraph_t graph, cudaGraphNode_t* nodes,
                                              size_t* count) {
  *count = __ws_graph(3, (size_t)graph, 0);
  return nodes == nullptr ? cudaSuccess : cudaErrorNotSupported;
}
__host__ inline cudaError_t cudaGraphInstantiate(cudaGraphExec_t* exec, cudaGraph_t graph,
                                                 unsigned long long flags = 0) {
  *exec = (cudaGraphExec_t)__ws_graph(4, (size_t)graph, 0);
  return cudaSuccess;
}
__host__ inline cudaError_t cudaGraphInstantiate(cudaGraphExec_t* exec, cudaGraph_t graph,
                                                 cudaGraphNode_t* node, char* log, size_t bytes) {
  if (node != nullptr) *node = nullptr;
  if (bytes > 0) log[0] = 0;
  return cudaGraphInstantiate(exec, graph, 0ull);
}
__host__ inline cudaError_t cudaGraphInstantiateWithFlags(cudaGraphExec_t* exec, cudaGraph_t graph,
                                                          unsigned long long flags = 0) {
  return cudaGraphInstantiate(exec, graph, flags);
}
__host__ inline cudaError_t cudaGraphUpload(cudaGraphExec_t exec, cudaStream_t stream) {
  return cudaSuccess;
}
__host__ inline cudaError_t cudaGraphLaunch(cudaGraphExec_t exec, cudaStream_t stream) {
  return (cudaError_t)__ws_graph(6, (size_t)exec, 0);
}
__host__ inline cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  return (cudaError_t)__ws_graph(7, (size_t)graph, 0);
}
__host__ inline cudaError_t cudaGraphExecDestroy(cudaGraphExec_t exec) {
  return (cudaError_t)__ws_graph(7, (size_t)exec, 0);
}
enum cudaGraphExecUpdateResult { cudaGraphExecUpdateSuccess, cudaGraphExecUpdateError };
struct cudaGraphExecUpdateResultInfo {
  cudaGraphExecUpdateResult result;
  cudaGraphNode_t errorNode, errorFromNode;
};
__host__ inline cudaError_t cudaGraphExecUpdate(cudaGraphExec_t exec, cudaGraph_t graph,
                                                cudaGraphExecUpdateResultInfo* info) {
  info->result = cudaGraphExecUpdateSuccess;
  return (cudaError_t)__ws_graph(5, (size_t)exec, (size_t)graph);
}

// Work of the host in a stream is done when it is given, as all work is.
typedef void (*cudaHostFn_t)(void*);
__host__ inline cudaError_t cudaLaunchHostFunc(cudaStream_t stream, void (*work)(void*),
                                               void* data) {
  work(data);
  return cudaSuccess;
}
__host__ inline cudaError_t cudaStreamAddCallback(cudaStream_t stream,
                                                  void (*work)(cudaStream_t, cudaError_t, void*),
                                                  void* data, unsigned int flags) {
  work(stream, cudaSuccess, data);
  return cudaSuccess;
}

__host__ inline void __ws_swap_bytes(char* a, char* b, size_t size) {
  for (size_t i = 0; i < size; ++i) {
    const char first = a[i];
    a[i] = b[i];
    b[i] = first;
  }
}
// A heap sort. What compares is a function, or a lambda without captures.
template <typename C>
__host__ inline void qsort(void* base, size_t count, size_t size, C compare) {
  char* const first = (char*)base;
  size_t begin = count / 2;
  size_t end = count;
  while (end > 1) {
    if (begin > 0) {
      --begin;
    } else {
      --end;
      __ws_swap_bytes(first, first + end * size, size);
    }
    size_t parent = begin;
    for (size_t child = 2 * parent + 1; child < end; child = 2 * parent + 1) {
      if (child + 1 < end && compare(first + child * size, first + (child + 1) * size) < 0) ++child;
      if (compare(first + parent * size, first + child * size) >= 0) break;
      __ws_swap_bytes(first + parent * size, first + child * size, size);
      parent = child;
    }
  }
}
__host__ inline void* bsearch(const void* key, const void* base, size_t count, size_t size,
                              int (*compare)(const void*, const void*)) {
  size_t low = 0;
  size_t high = count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    char* const at = (char*)base + middle * size;
    const int order = compare(key, at);
    if (order == 0) return at;
    if (order < 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return nullptr;
}

// Time of the day, of a day that begins when the program does: see chrono.cu.
struct timeval {
  long tv_sec, tv_usec;
};
struct timezone {
  int tz_minuteswest, tz_dsttime;
};
struct timespec {
  long tv_sec, tv_nsec;
};
template <typename T> __host__ inline int gettimeofday(T* time, void* zone) {
  const long now = __ws_now();
  time->tv_sec = now / 1000000000;
  time->tv_usec = now % 1000000000 / 1000;
  return 0;
}
template <typename T> __host__ inline int clock_gettime(int clock, T* time) {
  const long now = __ws_now();
  time->tv_sec = now / 1000000000;
  time->tv_nsec = now % 1000000000;
  return 0;
}
