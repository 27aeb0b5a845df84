// RUN: compile %s
#define 3 4
#define F(a, 2) a
#define S(a) #b
// STDERR:
// fail_malformed_define.cu:2:2: error: #define: a macro name is missing [malformed-define]
//   #define 3 4
//    ^
// fail_malformed_define.cu:3:9: error: #define: malformed parameter list [malformed-define]
//   #define F(a, 2) a
//           ^
// fail_malformed_define.cu:4:15: error: #define: # needs a parameter [malformed-define]
//   #define S(a) #b
//                 ^
