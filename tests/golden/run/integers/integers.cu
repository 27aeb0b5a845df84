// RUN: run %s
__global__ void fill(int* y, long long* z, int n) {
  int i = threadIdx.x;
  if (i < n) y[i] = 0xa5a5a5a5 + i;
  if (i < n) z[i] = 0x7fffffffffffffff - i;
}
void launch(int* y, long long* z, int n) { fill<<<1, 64>>>(y, z, n); }
// STDOUT:
// ok at n=3: 1 launch, 25 warp instructions, engine time {{[0-9.]+}} ms
// y i32 [3] checksum 58e26ecc43f09d80: -1515870811 -1515870810 -1515870809
// z i64 [3] checksum ba46099d3c9ed470: 9223372036854775807 9223372036854775806 9223372036854775805
// STDERR:
// task: task.toml
