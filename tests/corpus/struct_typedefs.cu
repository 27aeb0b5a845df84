// EXPECT: 9 13 -7 9 9 3 0 0
typedef struct {
  float x, y, z;
} Vec3;
typedef struct Node {
  int v;
  struct Node* next;
} Node;
struct Fwd;
__host__ __device__ int use(struct Fwd* p);
struct Fwd {
  int q;
};
__host__ __device__ int use(struct Fwd* p) { return p->q; }
__host__ __device__ Vec3 cross(Vec3 a, Vec3 b) {
  Vec3 r;
  r.x = a.y * b.z - a.z * b.y;
  r.y = a.z * b.x - a.x * b.z;
  r.z = a.x * b.y - a.y * b.x;
  return r;
}
__host__ __device__ void body(int i, double* o) {
  Vec3 a = {1, 2, float(i)}, b = {3, -1, 2};
  Vec3 c = cross(a, b);
  o[0] = c.x;
  o[1] = c.y;
  o[2] = c.z;
  Node n2 = {5, nullptr};
  struct Node n1 = {4, &n2};
  o[3] = n1.next->v + n1.v;
  int s = 0;
  for (Node* p = &n1; p; p = p->next) s += p->v;
  o[4] = s;
  struct Fwd w;
  w.q = 3;
  o[5] = use(&w);
}

__global__ void k(float* out) {
  double o[8] = {};
  body(5, o);
  for (int i = 0; i < 8; ++i) out[i] = o[i];
}
void launch(float* out) { k<<<1, 1>>>(out); }
