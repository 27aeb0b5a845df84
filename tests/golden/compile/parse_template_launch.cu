// RUN: compile %s --emit tree
template <typename T, int N = 4>
__global__ void __launch_bounds__(256) k(const T* __restrict__ x, T* y) {
  y[threadIdx.x] = x[threadIdx.x] * N;
}
void launch(float* y, const float* x, int n) {
  k<float, 8><<<(n + 255) / 256, 256>>>(x, y);
}
// STDOUT:
// TranslationUnit
//   Function k [__global__]
//     TemplateParams
//       TemplateTypeParam T
//       TemplateValueParam
//         TypeSpec int
//         Declarator N
//           InitEq
//             IntLiteral 4
//     TypeSpec void
//     LaunchBounds
//       IntLiteral 256
//     ParamList
//       Param
//         TypeSpec T [const]
//         Declarator x
//           PtrOp [__restrict__]
//       Param
//         TypeSpec T
//         Declarator y
//           PtrOp
//     Compound
//       ExprStmt
//         Assign =
//           Index
//             Name y
//             Member .x
//               Name threadIdx
//           Binary *
//             Index
//               Name x
//               Member .x
//                 Name threadIdx
//             Name N
//   Function launch
//     TypeSpec void
//     ParamList
//       Param
//         TypeSpec float
//         Declarator y
//           PtrOp
//       Param
//         TypeSpec float [const]
//         Declarator x
//           PtrOp
//       Param
//         TypeSpec int
//         Declarator n
//     Compound
//       ExprStmt
//         Launch
//           Name k
//             TemplateArgs
//               TypeId
//                 TypeSpec float
//               IntLiteral 8
//           LaunchConfig
//             Binary /
//               Paren
//                 Binary +
//                   Name n
//                   IntLiteral 255
//               IntLiteral 256
//             IntLiteral 256
//           Name x
//           Name y
