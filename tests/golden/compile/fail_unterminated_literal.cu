// RUN: compile %s
void f() { printf("no end); }
// STDERR:
// fail_unterminated_literal.cu:2:19: error: string literal is not closed on its line [unterminated-literal]
//   void f() { printf("no end); }
//                     ^~~~~~~~~~~
//   hint: add the closing quote
// fail_unterminated_literal.cu:14:1: error: expected ',' or ')', found the end of the file [expected]
//
//   ^
// fail_unterminated_literal.cu:2:10: error: this '{' is not closed [unclosed-bracket]
//   void f() { printf("no end); }
//            ^
