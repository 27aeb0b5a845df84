// RUN: run %s
const char kName[] = "file";
__constant__ char kDevice[8] = "on "
                               "gpu";
__global__ void k() {
  char local[] = "lo\tcal";
  const unsigned char two[5] = "ab";
  printf("%s %s %d %d\n", local, kDevice, (int)sizeof(local), two[1] + two[2]);
}
int main() {
  float* self = (float*)malloc(3 * sizeof *self);
  self[2] = 1;
  free(self);
  char text[16]("abc");
  text[1] = 'X';
  static char kept[] = "kept";
  k<<<1, 1>>>();
  cudaDeviceSynchronize();
  printf("%s %s %s %d %d\n", text, kName, kept, (int)sizeof(kName), text[15]);
}
// STDOUT:
// lo	cal on gpu 7 98
// aXc file kept 5 0
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
