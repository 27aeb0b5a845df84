// Functions of device code made of other device functions; see math_forms.cu for the names. Not tried
// on the host, as the mathematics is: the goldens run them.

// --- barriers that count, in words of shared memory; a thread that has ended takes no part

__device__ int ws_syncthreads_votes(int votes) {
  __shared__ int count;
  __syncthreads();  // whoever read the last result has done so
  atomicExch(&count, 0);
  __syncthreads();
  if (votes) atomicAdd(&count, 1);
  __syncthreads();
  return count;
}
__device__ int ws___syncthreads_count_i(int holds) { return ws_syncthreads_votes(holds); }
__device__ int ws___syncthreads_or_i(int holds) { return ws_syncthreads_votes(holds) != 0; }
__device__ int ws___syncthreads_and_i(int holds) { return ws_syncthreads_votes(!holds) == 0; }
