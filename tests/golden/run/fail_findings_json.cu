// RUN: run %s --json
__global__ void race(int* y) { *y = threadIdx.x; }
int main() {
  int* y;
  cudaMalloc(&y, sizeof(int));
  race<<<1, 64>>>(y);
  cudaFree(y);
  return 0;
}
// STDOUT:
// {"status":"findings","exit_code":0,"printed":"","printed_more":false,"launches":1,"warp_instructions":8,"time_ms":{{[0-9.e-]+}},"time_basis":"engine","findings":[{"id":"race-global","note":false,"message":"thread 1 writes byte 0 of temporary 0 (cudaMalloc) (4 bytes) and thread 0 writes it, without ordering between them","hint":"order them: __syncthreads() within a block; between blocks a second launch, or write, __threadfence(), atomic on one side and atomic, __threadfence() (or a barrier), read on the other","file":"fail_findings_json.cu","line":2,"column":35,"other_line":2,"kernel":"race","block":[0,0,0],"thread":[1,0,0],"launch":0,"grid":[1,1,1],"block_size":[64,1,1],"count":63}],"front":"native","front_note":null}
