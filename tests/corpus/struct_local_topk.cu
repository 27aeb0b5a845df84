// EXPECT: 4 9 1 6 12 11 10 12
__host__ __device__ void body(int i, double* o) {
  struct Item {
    int key;
    float val;
  };
  const int K = 4;
  Item top[K];
  for (int k = 0; k < K; ++k) {
    top[k].key = -1;
    top[k].val = -1e9f;
  }
  for (int j = 0; j < 12; ++j) {
    Item c = {j, float((j * 5 + i) % 13)};
    for (int k = 0; k < K; ++k)
      if (c.val > top[k].val) {
        Item t = top[k];
        top[k] = c;
        c = t;
      }
  }
  for (int k = 0; k < K; ++k) {
    o[k] = top[k].key;
    o[4 + k] = top[k].val;
  }
  struct {
    int a;
  } anon = {3};
  o[7] += anon.a;
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
