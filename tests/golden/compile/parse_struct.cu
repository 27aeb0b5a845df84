// RUN: compile %s --emit tree
typedef struct __align__(8) { float x, y; } V2;
enum class Mode : unsigned char { kFast = 1, kSlow };
class Sum {
  float total_ = 0.0f;  // so far
public:
  static constexpr int kWidth = 4;
  __device__ explicit Sum(float start) : total_(start), count{1} {}
  __device__ Sum& operator+=(const V2& v) { total_ += v.x * v.y; ++count; return *this; }
  __device__ float get() const { return this->total_; }
  int count;
private:
  int spare_[2];
};
struct Empty {};
__global__ void k(float* y, struct Sum* s, Mode mode) {
  struct { int a; } local = {.a = 3};
  Sum sum(1.0f);
  V2 v = {y[0], 2.0f};
  sum += v;
  y[offsetof(V2, y)] = mode == Mode::kFast ? sum.get() : s->get() * Sum::kWidth;
}
// STDOUT:
// TranslationUnit
//   Typedef
//     TypeSpec struct
//       Struct struct
//         VarDecl
//           TypeSpec float
//           Declarator x
//           Declarator y
//     Declarator V2
//   VarDecl
//     TypeSpec Mode
//       Enum Mode
//         TypeSpec unsigned char
//         Enumerator kFast
//           IntLiteral 1
//         Enumerator kSlow
//   VarDecl
//     TypeSpec Sum
//       Struct Sum
//         VarDecl [private]
//           TypeSpec float
//           Declarator total_
//             InitEq
//               FloatLiteral 0.0f
//         VarDecl [static constexpr]
//           TypeSpec int
//           Declarator kWidth
//             InitEq
//               IntLiteral 4
//         Function Sum [__device__ explicit constructor]
//           ParamList
//             Param
//               TypeSpec float
//               Declarator start
//           MemberInit total_
//             InitParen
//               Name start
//           MemberInit count
//             InitList
//               IntLiteral 1
//           Compound
//         Function += [__device__]
//           TypeSpec Sum
//           RefOp
//           ParamList
//             Param
//               TypeSpec V2 [const]
//               Declarator v
//                 RefOp
//           Compound
//             ExprStmt
//               Assign +=
//                 Name total_
//                 Binary *
//                   Member .x
//                     Name v
//                   Member .y
//                     Name v
//             ExprStmt
//               Unary ++
//                 Name count
//             Return
//               Unary *
//                 This
//         Function get [__device__ const]
//           TypeSpec float
//           ParamList
//           Compound
//             Return
//               Member ->total_
//                 This
//         VarDecl
//           TypeSpec int
//           Declarator count
//         VarDecl [private]
//           TypeSpec int
//           Declarator spare_
//             ArrayOp
//               IntLiteral 2
//   VarDecl
//     TypeSpec Empty
//       Struct Empty
//   Function k [__global__]
//     TypeSpec void
//     ParamList
//       Param
//         TypeSpec float
//         Declarator y
//           PtrOp
//       Param
//         TypeSpec Sum [struct]
//         Declarator s
//           PtrOp
//       Param
//         TypeSpec Mode
//         Declarator mode
//     Compound
//       VarDecl
//         TypeSpec struct
//           Struct struct
//             VarDecl
//               TypeSpec int
//               Declarator a
//         Declarator local
//           InitEq
//             InitList
//               Designated a
//                 IntLiteral 3
//       VarDecl
//         TypeSpec Sum
//         Declarator sum
//           InitParen
//             FloatLiteral 1.0f
//       VarDecl
//         TypeSpec V2
//         Declarator v
//           InitEq
//             InitList
//               Index
//                 Name y
//                 IntLiteral 0
//               FloatLiteral 2.0f
//       ExprStmt
//         Assign +=
//           Name sum
//           Name v
//       ExprStmt
//         Assign =
//           Index
//             Name y
//             SizeofType offsetof y
//               TypeId
//                 TypeSpec V2
//           Conditional
//             Binary ==
//               Name mode
//               Name ::kFast
//             Call
//               Member .get
//                 Name sum
//             Binary *
//               Call
//                 Member ->get
//                   Name s
//               Name ::kWidth
