// RUN: compile %s
#inclde <cuda_fp16.h>
// STDERR:
// fail_unknown_directive.cu:2:2: error: unknown preprocessing directive #inclde [unknown-directive]
//   #inclde <cuda_fp16.h>
//    ^~~~~~
