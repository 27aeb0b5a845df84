// RUN: check %s --task %S/sum.toml
// The last block may see what the others had before: no fence stands before the atomic.
__device__ unsigned int done;
__device__ float parts[4];
__global__ void sum(float* y, const float* x, int n) {
  __shared__ bool last;
  if (threadIdx.x == 0) {
    float v = 0.0f;
    for (int i = blockIdx.x; i < n; i += 4) v += x[i];
    parts[blockIdx.x] = v;
    last = atomicInc(&done, 3u) == 3u;
  }
  __syncthreads();
  if (last && threadIdx.x == 0) y[0] = parts[0] + parts[1] + parts[2] + parts[3];
}
void launch(float* y, const float* x, int n) { sum<<<4, 32>>>(y, x, n); }
// STDOUT:
// fail_missing_fence.cu: rejected at sanitized: thread 0 of block 3 reads byte 0 of parts (16 bytes) and thread 0 of block 0 writes it, without ordering between them at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_missing_fence.cu:14:49: finding: thread 0 of block 3 reads byte 0 of parts (16 bytes) and thread 0 of block 0 writes it, without ordering between them [race-global]
//     if (last && threadIdx.x == 0) y[0] = parts[0] + parts[1] + parts[2] + parts[3];
//                                                   ^
//   in sum, block (3, 0, 0) of (4, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0; the other access is in line 10; 2 times
//   hint: order them: __syncthreads() within a block; between blocks a second launch, or write, __threadfence(), atomic on one side and atomic, __threadfence() (or a barrier), read on the other
// fail_missing_fence.cu:14:60: finding: thread 0 of block 3 reads byte 8 of parts (16 bytes) and thread 0 of block 2 writes it, without ordering between them [race-global]
//     if (last && threadIdx.x == 0) y[0] = parts[0] + parts[1] + parts[2] + parts[3];
//                                                              ^
//   in sum, block (3, 0, 0) of (4, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0; the other access is in line 10
//   hint: order them: __syncthreads() within a block; between blocks a second launch, or write, __threadfence(), atomic on one side and atomic, __threadfence() (or a barrier), read on the other
// witness: n=1, inputs init, seed {{[0-9]+}}
