// RUN: compile %s
// Structs of structs of structs: what is done to each part has a bound.
struct A0 { char x; };
struct A1 { A0 a, b, c, d, e, f, g, h; };
struct A2 { A1 a, b, c, d, e, f, g, h; };
struct A3 { A2 a, b, c, d, e, f, g, h; };
struct A4 { A3 a, b, c, d, e, f, g, h; };
struct A5 { A4 a, b, c, d, e, f, g, h; };
__global__ void k(A5* p) { p[0] = p[1]; }
// STDERR:
// fail_struct_parts.cu:8:8: error: A5 has more than 16384 members, those of its members counted [struct-limit]
//   struct A5 { A4 a, b, c, d, e, f, g, h; };
//          ^~
