// RUN: run %s
// Of main alone, the end is a return of 0.
__global__ void none() {}
int main() {
  none<<<1, 1>>>();
}
// STDOUT:
// main(): ok; 1 launch, 1 warp instructions, engine time {{[0-9.]+}} ms
