// RUN: compile %s
struct Point {
  float first, second;
  __device__ float norm() { return first * first + second * second; }
  __device__ static int sides() { return first > 0; }
};
class Box {
  int hidden_;
  __device__ int secret() const { return hidden_; }

 public:
  int seen;
};
struct Later;
struct Pair {
  const int a;
  int b;
};
enum class Mode { kFast, kSlow };
__device__ int get(Point p, const Point& c, Point* q, Box box, Later* later, Mode mode) {
  p.frist = 1;
  p.third = 1;
  q.first = 1;
  p->first = 1;
  box.hidden_ = 1;
  c.norm();
  Point::norm();
  Point::first;
  later->x = 1;
  Pair pair = {1, 2};
  pair = {3, 4};
  mode = Mode::kFats;
  mode = 1;
  p + p;
  !p;
  if (p) return this->seen;
  return box.secret();
}
__device__ int offset() { return offsetof(Point, thrid) + Point::sides(); }
// STDERR:
// fail_struct_members.cu:5:42: error: 'first' is a member of Point and needs an object [needs-object]
//     __device__ static int sides() { return first > 0; }
//                                            ^~~~~
//   hint: write object.first
// fail_struct_members.cu:21:5: error: no member 'frist' in Point [no-member-near]
//     p.frist = 1;
//       ^~~~~
//   hint: did you mean 'first'?
// fail_struct_members.cu:22:5: error: no member 'third' in Point [no-member]
//     p.third = 1;
//       ^~~~~
// fail_struct_members.cu:23:5: error: 'first' is reached through Point*, which is a pointer [needs-arrow]
//     q.first = 1;
//       ^~~~~
//   hint: write -> instead of .
// fail_struct_members.cu:24:3: error: Point is no pointer [needs-dot]
//     p->first = 1;
//     ^
//   hint: write . instead of ->
// fail_struct_members.cu:25:7: error: 'hidden_' is a private member of Box [private-member]
//     box.hidden_ = 1;
//         ^~~~~~~
//   hint: make it public, or use it in its member functions alone
// fail_struct_members.cu:26:5: error: 'norm' may change its object, which is const Point here [const-object]
//     c.norm();
//       ^~~~
//   hint: declare the function const, or the object not
// fail_struct_members.cu:27:10: error: 'norm' is a member of Point and needs an object [needs-object]
//     Point::norm();
//            ^~~~
//   hint: write object.norm
// fail_struct_members.cu:28:10: error: 'first' is a member of Point and needs an object [needs-object]
//     Point::first;
//            ^~~~~
//   hint: write object.first
// fail_struct_members.cu:29:10: error: the members of Later are not known here [incomplete-type]
//     later->x = 1;
//            ^
//   hint: declare the struct with its members above; inside of itself use a pointer
// fail_struct_members.cu:31:3: error: this cannot be assigned to [not-assignable]
//     pair = {3, 4};
//     ^~~~
// fail_struct_members.cu:32:16: error: no member 'kFats' in Mode [no-member-near]
//     mode = Mode::kFats;
//                  ^~~~~
//   hint: did you mean 'kFast'?
// fail_struct_members.cu:33:10: error: int does not convert to Mode [cannot-convert]
//     mode = 1;
//            ^
//   hint: write a cast if it is meant
// fail_struct_members.cu:34:5: error: '+' does not apply to Point and Point [bad-operands]
//     p + p;
//       ^
//   hint: convert one of them
// fail_struct_members.cu:35:4: error: Point does not convert to bool [cannot-convert]
//     !p;
//      ^
//   hint: write a cast if it is meant
// fail_struct_members.cu:36:7: error: Point does not convert to bool [cannot-convert]
//     if (p) return this->seen;
//         ^
//   hint: write a cast if it is meant
// fail_struct_members.cu:36:17: error: 'this' exists in member functions that are not static [this-outside]
//     if (p) return this->seen;
//                   ^~~~
// fail_struct_members.cu:37:10: error: 'secret' is a private member of Box [private-member]
//     return box.secret();
//            ^~~
//   hint: make it public, or use it in its member functions alone
// fail_struct_members.cu:39:50: error: no member 'thrid' in Point [no-member]
//   __device__ int offset() { return offsetof(Point, thrid) + Point::sides(); }
//                                                    ^~~~~
