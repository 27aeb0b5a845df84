// RUN: compile %s --emit tree
#define TILE 32
#define AT(p, i, j) p[(i) * TILE + (j)]
__device__ void f(float* p) {
#pragma unroll
  for (int j = 0; j < TILE; ++j) AT(p, j, 0) = -INFINITY;
}
// STDOUT:
// TranslationUnit
//   Function f [__device__]
//     TypeSpec void
//     ParamList
//       Param
//         TypeSpec float
//         Declarator p
//           PtrOp
//     Compound
//       For unroll
//         VarDecl
//           TypeSpec int
//           Declarator j
//             InitEq
//               IntLiteral 0
//         Binary <
//           Name j
//           IntLiteral 32
//         Unary ++
//           Name j
//         ExprStmt
//           Assign =
//             Index
//               Name p
//               Binary +
//                 Binary *
//                   Paren
//                     Name j
//                   IntLiteral 32
//                 Paren
//                   IntLiteral 0
//             Unary -
//               Call
//                 Name __int_as_float
//                 IntLiteral 0x7f800000
