// RUN: compile --emit ir --passes timing --function total %s
// Sixteen turns at a time, then four, then one.
__global__ void total(int* y, const int* x, int n) {
  int sum = 0;
  for (int i = 0; i < n; ++i) sum += x[i];
  y[0] = sum;
}
// STDOUT:
// kernel total(u64 y, u64 x, s32 n) {
// b0:
//   %2:s32 = ld.param.s32 [n]
//   %4:s32 = mov.s32 0
//   %3:s32 = mov.s32 0
//   %0:u64 = ld.param.u64 [y]
//   %1:u64 = ld.param.u64 [x]
//   %11:s32 = max.s32 %2, -2147483645
//   %12:s32 = sub.s32 %11, 3
//   %41:s32 = max.s32 %12, -2147483636
//   %42:s32 = sub.s32 %41, 12
//   %43:pred = setp.lt.s32 %4, %42
//   bra %43, b6, b4
// b1:
//   %5:pred = setp.lt.s32 %4, %2
//   bra %5, b2, b3
// b2:
//   %118:u64 = mad.wide.s32 %4, 4, %1
//   %8:s32 = ld.global.s32 [%118]
//   %4:s32 = add.s32 %4, 1
//   %5:pred = setp.lt.s32 %4, %2
//   %3:s32 = add.s32 %3, %8
//   bra %5, b2, b3
// b3:
//   st.global.s32 [%0], %3
//   ret
// b4:
//   %13:pred = setp.lt.s32 %4, %12
//   bra %13, b5, b1
// b5:
//   %114:u64 = mad.wide.s32 %4, 4, %1
//   %19:s32 = ld.global.s32 [%114]
//   %4:s32 = add.s32 %4, 4
//   %25:s32 = ld.global.s32 [%114+4]
//   %13:pred = setp.lt.s32 %4, %12
//   %31:s32 = ld.global.s32 [%114+8]
//   %35:s32 = ld.global.s32 [%114+12]
//   %14:s32 = add.s32 %3, %19
//   %20:s32 = add.s32 %14, %25
//   %26:s32 = add.s32 %20, %31
//   %3:s32 = add.s32 %26, %35
//   bra %13, b5, b1
// b6:
//   %98:u64 = mad.wide.s32 %4, 4, %1
//   %48:s32 = ld.global.s32 [%98]
//   %4:s32 = add.s32 %4, 16
//   %50:s32 = ld.global.s32 [%98+4]
//   %43:pred = setp.lt.s32 %4, %42
//   %52:s32 = ld.global.s32 [%98+8]
//   %53:s32 = ld.global.s32 [%98+12]
//   %62:s32 = ld.global.s32 [%98+16]
//   %64:s32 = ld.global.s32 [%98+20]
//   %66:s32 = ld.global.s32 [%98+24]
//   %67:s32 = ld.global.s32 [%98+28]
//   %76:s32 = ld.global.s32 [%98+32]
//   %78:s32 = ld.global.s32 [%98+36]
//   %80:s32 = ld.global.s32 [%98+40]
//   %81:s32 = ld.global.s32 [%98+44]
//   %88:s32 = ld.global.s32 [%98+48]
//   %90:s32 = ld.global.s32 [%98+52]
//   %92:s32 = ld.global.s32 [%98+56]
//   %93:s32 = ld.global.s32 [%98+60]
//   %47:s32 = add.s32 %3, %48
//   %49:s32 = add.s32 %47, %50
//   %51:s32 = add.s32 %49, %52
//   %44:s32 = add.s32 %51, %53
//   %61:s32 = add.s32 %44, %62
//   %63:s32 = add.s32 %61, %64
//   %65:s32 = add.s32 %63, %66
//   %58:s32 = add.s32 %65, %67
//   %75:s32 = add.s32 %58, %76
//   %77:s32 = add.s32 %75, %78
//   %79:s32 = add.s32 %77, %80
//   %72:s32 = add.s32 %79, %81
//   %87:s32 = add.s32 %72, %88
//   %89:s32 = add.s32 %87, %90
//   %91:s32 = add.s32 %89, %92
//   %3:s32 = add.s32 %91, %93
//   bra %43, b6, b4
// }
