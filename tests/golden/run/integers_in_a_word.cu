// RUN: run %s
// What is expected was computed by a program of its own.
#define BINARY(name)                                                                       \
  printf(#name " %08x %08x %08x %08x %08x %08x\n", __v##name##2(a[0], b[0]),               \
         __v##name##2(a[1], b[1]), __v##name##2(a[2], b[2]), __v##name##4(a[0], b[0]),     \
         __v##name##4(a[1], b[1]), __v##name##4(a[2], b[2]));
#define UNARY(name)                                                                        \
  printf(#name " %08x %08x %08x %08x %08x %08x\n", __v##name##2(a[0]), __v##name##2(a[1]), \
         __v##name##2(a[2]), __v##name##4(a[0]), __v##name##4(a[1]), __v##name##4(a[2]));
__global__ void k() {
  const unsigned a[3] = {0x80ff7f01u, 0x12345678u, 0xffff0000u};
  const unsigned b[3] = {0x01807f80u, 0x9abcdef0u, 0x00018000u};
  BINARY(add) BINARY(sub) BINARY(addss) BINARY(subss) BINARY(addus) BINARY(subus) BINARY(avgs)
  BINARY(avgu) BINARY(haddu) BINARY(maxs) BINARY(maxu) BINARY(mins) BINARY(minu) BINARY(absdiffs)
  BINARY(absdiffu) BINARY(cmpeq) BINARY(seteq) BINARY(cmpne) BINARY(setne) BINARY(cmpges)
  BINARY(setges) BINARY(cmpgeu) BINARY(setgeu) BINARY(cmpgts) BINARY(setgts) BINARY(cmpgtu)
  BINARY(setgtu) BINARY(cmples) BINARY(setles) BINARY(cmpleu) BINARY(setleu) BINARY(cmplts)
  BINARY(setlts) BINARY(cmpltu) BINARY(setltu) BINARY(sads) BINARY(sadu) UNARY(neg) UNARY(negss)
  UNARY(abs) UNARY(absss)
  printf("%d %d %d %d\n", __vimax3_s32(-1, 2, -3), __vimin3_s32_relu(-1, 2, -3),
         __viaddmax_s32(1, 2, 4), __viaddmin_s32_relu(1, 2, 4));
  printf("%u %u %d\n", __vimin3_u32(3u, 0xffffffffu, 9u), __viaddmax_u32(1u, 2u, 2u),
         __vimax_s32_relu(-4, -5));
}
int main() { k<<<1, 1>>>(); }
// STDOUT:
// add 827ffe81 acf03568 00008000 817ffe81 acf03468 ff008000
// sub 7f7fff81 77787788 fffe8000 7f7f0081 78787888 fffe8000
// addss 827f7fff acf03568 00008000 81807f81 acf03468 ff008000
// subss 8000ff81 77787788 fffe7fff 807f007f 7878787f fffe7f00
// addus 827ffe81 acf0ffff ffff8000 81fffe81 acf0ffff ffff8000
// subus 7f7f0000 00000000 fffe0000 7f7f0000 00000000 fffe0000
// avgs c13f7f41 d6781ab4 0000c000 c0bf7fc0 d6f81a34 ff00c000
// avgu 41407f41 56789ab4 80004000 41c07f41 56789ab4 80804000
// haddu 413f7f40 56789ab4 80004000 40bf7f40 56789ab4 7f804000
// maxs 01807f80 12345678 00010000 01ff7f01 12345678 00010000
// maxu 80ff7f80 9abcdef0 ffff8000 80ff7f80 9abcdef0 ffff8000
// mins 80ff7f01 9abcdef0 ffff8000 80807f80 9abcdef0 ffff8000
// minu 01807f01 12345678 00010000 01807f01 12345678 00010000
// absdiffs 8081007f 77787788 00028000 817f0081 78787888 01028000
// absdiffu 7f7f007f 88888878 fffe8000 7f7f007f 88888878 fffe8000
// cmpeq 00000000 00000000 00000000 0000ff00 00000000 000000ff
// seteq 00000000 00000000 00000000 00000100 00000000 00000001
// cmpne ffffffff ffffffff ffffffff ffff00ff ffffffff ffffff00
// setne 00010001 00010001 00010001 01010001 01010101 01010100
// cmpges 00000000 ffffffff 0000ffff 00ffffff ffffffff 0000ffff
// setges 00000000 00010001 00000001 00010101 01010101 00000101
// cmpgeu ffff0000 00000000 ffff0000 ffffff00 00000000 ffff00ff
// setgeu 00010000 00000000 00010000 01010100 00000000 01010001
// cmpgts 00000000 ffffffff 0000ffff 00ff00ff ffffffff 0000ff00
// setgts 00000000 00010001 00000001 00010001 01010101 00000100
// cmpgtu ffff0000 00000000 ffff0000 ffff0000 00000000 ffff0000
// setgtu 00010000 00000000 00010000 01010000 00000000 01010000
// cmples ffffffff 00000000 ffff0000 ff00ff00 00000000 ffff00ff
// setles 00010001 00000000 00010000 01000100 00000000 01010001
// cmpleu 0000ffff ffffffff 0000ffff 0000ffff ffffffff 0000ffff
// setleu 00000001 00010001 00000001 00000101 01010101 00000101
// cmplts ffffffff 00000000 ffff0000 ff000000 00000000 ffff0000
// setlts 00010001 00000000 00010000 01000000 00000000 01010000
// cmpltu 0000ffff ffffffff 0000ffff 000000ff ffffffff 0000ff00
// setltu 00000001 00010001 00000001 00000001 01010101 00000100
// sads 00008100 0000ef00 00008002 00000181 000001f0 00000083
// sadu 00007ffe 00011100 00017ffe 0000017d 00000210 0000027d
// neg 7f0180ff edcca988 00010000 800181ff eeccaa88 01010000
// negss 7f0180ff edcca988 00010000 7f0181ff eeccaa88 01010000
// abs 7f017f01 12345678 00010000 80017f01 12345678 01010000
// absss 7f017f01 12345678 00010000 7f017f01 12345678 01010000
// 2 0 4 3
// 3 3 0
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
