// RUN: compile %s
struct A; 
struct B : A { int x; };
struct CC : CC { int x; };
struct P { int a; private: int secret; protected: int shared_; public: int f() { return 1; } };
struct Q : P { int g() { return shared_ + a; } };
struct R : P, Q { };
struct V : virtual P { };
union U { int a; float b; };
struct W : U { };
struct X : int { };
struct Abs { virtual int f() = 0; };
struct Abs2 : Abs { virtual int g() = 0; };
struct Done : Abs { int f() override { return 1; } };
struct Deep : Q { int f(int) { return 2; } };
template <typename T> struct Rec : Rec<T*> { };
struct Ctor { Ctor(int) {} };
struct NoBase : Ctor { NoBase() {} };
struct Twice : Ctor { Twice() : Ctor(1), Ctor(2) {} };
struct Wrong : P { Wrong() : a(1) {} };
void h() {
  Q q; q.secret = 1; q.shared_ = 2;
  Abs a; Abs2 b; Done c; Abs* p = &c; p->f(); new Abs();
  P* pp = &q; Q* qq = pp; Q* ok = static_cast<Q*>(pp);
  Deep d; d.f(); d.f(1);
  Rec<int> r;
  int* ip = &q;
  Done* dd = static_cast<Done*>(pp);
}
// STDERR:
// fail_bases.cu:8:12: error: a virtual base is not supported by the native front end [unsupported]
//   struct V : virtual P { };
//              ^~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_bases.cu:3:12: error: the members of A are not known here [incomplete-type]
//   struct B : A { int x; };
//              ^
//   hint: declare the struct with its members above; inside of itself use a pointer
// fail_bases.cu:4:13: error: the members of CC are not known here [incomplete-type]
//   struct CC : CC { int x; };
//               ^~
//   hint: declare the struct with its members above; inside of itself use a pointer
// fail_bases.cu:7:15: error: more than one base is not supported by the native front end [unsupported]
//   struct R : P, Q { };
//                 ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_bases.cu:10:12: error: a base that is no struct is not supported by the native front end [unsupported]
//   struct W : U { };
//              ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_bases.cu:11:12: error: a base that is no struct is not supported by the native front end [unsupported]
//   struct X : int { };
//              ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_bases.cu:18:30: error: Ctor has no constructor without arguments [no-default-constructor]
//   struct NoBase : Ctor { NoBase() {} };
//                                ^
//   hint: initialise it, or write one
// fail_bases.cu:19:42: error: 'Ctor' is declared twice [redeclared]
//   struct Twice : Ctor { Twice() : Ctor(1), Ctor(2) {} };
//                                            ^~~~
//   hint: rename one of them
// fail_bases.cu:20:30: error: no member 'a' in Wrong [no-member]
//   struct Wrong : P { Wrong() : a(1) {} };
//                                ^
// fail_bases.cu:22:10: error: 'secret' is a private member of P [private-member]
//     Q q; q.secret = 1; q.shared_ = 2;
//            ^~~~~~
//   hint: make it public, or use it in its member functions alone
// fail_bases.cu:22:24: error: 'shared_' is a private member of P [private-member]
//     Q q; q.secret = 1; q.shared_ = 2;
//                          ^~~~~~~
//   hint: make it public, or use it in its member functions alone
// fail_bases.cu:23:7: error: there are no objects of 'Abs', which has a virtual function without a body [abstract-type]
//     Abs a; Abs2 b; Done c; Abs* p = &c; p->f(); new Abs();
//         ^
//   hint: make one of a struct that derives from it
// fail_bases.cu:23:15: error: there are no objects of 'Abs2', which has a virtual function without a body [abstract-type]
//     Abs a; Abs2 b; Done c; Abs* p = &c; p->f(); new Abs();
//                 ^
//   hint: make one of a struct that derives from it
// fail_bases.cu:23:47: error: there are no objects of 'Abs', which has a virtual function without a body [abstract-type]
//     Abs a; Abs2 b; Done c; Abs* p = &c; p->f(); new Abs();
//                                                 ^~~
//   hint: make one of a struct that derives from it
// fail_bases.cu:24:23: error: P* does not convert to Q* [cannot-convert]
//     P* pp = &q; Q* qq = pp; Q* ok = static_cast<Q*>(pp);
//                         ^~
//   hint: write a cast if it is meant
// fail_bases.cu:25:11: error: 'f' takes 1 arguments, 0 are given [wrong-argument-count]
//     Deep d; d.f(); d.f(1);
//             ^
// fail_bases.cu:16:30: error: the program has more than 4096 structs [struct-limit]
//   template <typename T> struct Rec : Rec<T*> { };
//                                ^~~
// fail_bases.cu:27:13: error: Q* does not convert to int* [cannot-convert]
//     int* ip = &q;
//               ^
//   hint: write a cast if it is meant
// fail_bases.cu:28:14: error: P* cannot be cast to Done* this way [bad-cast]
//     Done* dd = static_cast<Done*>(pp);
//                ^~~~~~~~~~~
