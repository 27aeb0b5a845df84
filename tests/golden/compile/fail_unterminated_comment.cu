// RUN: compile %s
int a;
/* never closed
// STDERR:
// fail_unterminated_comment.cu:3:1: error: comment is not closed [unterminated-comment]
//   /* never closed
//   ^~
//   hint: close it with an asterisk and a slash
