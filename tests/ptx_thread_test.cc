// What a thread of PTX has of its own: the heap, the stack, special registers.
#include <string>

#include "tests/ptx_run.h"
#include "tests/test.h"

namespace ws {
namespace {

using Kind = exec::FindingKind;

bool Has(const Ran& ran, Kind kind) {
  for (const exec::Finding& f : ran.report.findings) {
    if (f.kind == kind) return true;
  }
  return false;
}

// malloc of the bytes into %rd1, and free of it, as NVRTC writes them.
std::string HeapKernel(const std::string& bytes, const std::string& between, bool frees) {
  return ".extern .func (.param .b64 r) malloc (.param .b64 size);\n"
         ".extern .func free (.param .b64 p);\n" +
         Kernel("{ .param .b64 size; st.param.b64 [size], " + bytes +
                "; .param .b64 r; call.uni (r), malloc, (size); ld.param.b64 %rd1, [r]; }\n" +
                between +
                (frees ? "{ .param .b64 p; st.param.b64 [p], %rd1; call.uni free, (p); }\n" : "") +
                "ret;\n");
}

TEST(PtxThreads, TakeMemoryAndGiveItBack) {
  const std::string use = R"(
  mul.lo.u32 %r1, %t, 9;
  st.u32 [%rd1+4], %r1;
  ld.u32 %r2, [%rd1+4];
  st.global.u32 [%out], %r2;
)";
  const Ran ran = RunPtx(HeapKernel("8", use, true), 64, 64);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 64; ++i) EXPECT_EQ(ran.out[i], 9 * i);
  // The heap has 8 MiB: 64 threads do not get 256 KiB each.
  const std::string count = R"(
  setp.ne.u64 %p1, %rd1, 0;
  selp.u32 %r1, 1, 0, %p1;
  st.global.u32 [%out], %r1;
  bar.sync 0;
)";
  const Ran large = RunPtx(HeapKernel("262144", count, true), 64, 64);
  EXPECT_EQ(FirstFinding(large), "");
  uint32_t given = 0;
  for (const uint32_t v : large.out) given += v;
  EXPECT_EQ(given, 32u);
}

TEST(PtxThreads, MisuseOfTheHeapIsFound) {
  const std::string again = "{ .param .b64 p; st.param.b64 [p], %rd1; call.uni free, (p); }\n";
  EXPECT_TRUE(Has(RunPtx(HeapKernel("8", again, true), 1, 1), Kind::kDoubleFree));
  EXPECT_TRUE(Has(RunPtx(HeapKernel("8", again + "ld.u32 %r1, [%rd1];\n", false), 1, 1),
                  Kind::kUseAfterFree));
  EXPECT_TRUE(
      Has(RunPtx(HeapKernel("8", "st.u32 [%rd1+8], %t;\n", true), 1, 1), Kind::kOutOfBounds));
  EXPECT_TRUE(
      Has(RunPtx(HeapKernel("8", "mov.u64 %rd1, %out;\n", true), 1, 1), Kind::kBadRuntimeCall));
  const Ran undefined =
      RunPtx(HeapKernel("8",
                        "ld.u32 %r1, [%rd1];\nsetp.eq.u32 %p1, %r1, 0;\n@%p1 bra L;\n"
                        "st.global.u32 [%out], %t;\nL:\n",
                        true),
             1, 1);
  EXPECT_TRUE(Has(undefined, Kind::kUninitializedBranch)) << FirstFinding(undefined);
}

TEST(PtxThreads, StacksGrowAndShrink) {
  const Ran ran = RunPtx(Kernel(R"(
  .reg .u64 %saved, %first, %second, %third, %size;
  stacksave.u64 %saved;
  alloca.u64 %first, 20;
  st.local.u32 [%first+16], %t;
  cvt.u64.u32 %size, %t;
  add.u64 %size, %size, 4;
  alloca.u64 %second, %size, 64;
  st.local.u32 [%second], 7;
  ld.local.u32 %r1, [%first+16];
  and.b64 %rd1, %second, 63;
  cvt.u32.u64 %r2, %rd1;
  stackrestore.u64 %saved;
  alloca.u64 %third, 4;
  sub.u64 %rd2, %third, %first;
  cvt.u32.u64 %r3, %rd2;
  add.u32 %r1, %r1, %r2;
  mad.lo.u32 %r1, %r3, 1000, %r1;
  st.global.u32 [%out], %r1;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], i);
  const Ran deep = RunPtx(Kernel(R"(
  setp.eq.u32 %p1, %t, 5;
LOOP:
  alloca.u64 %rd1, 128;
  @%p1 bra LOOP;
  ret;
)"),
                          32, 32);
  EXPECT_NE(FirstFinding(deep).find("alloca"), std::string::npos) << FirstFinding(deep);
}

TEST(PtxThreads, ReadSpecialRegisters) {
  const Ran ran = RunPtx(Kernel(R"(
  .shared .b8 box[100];
  .reg .u16 %h<5>;
  .reg .u64 %wide;
  mov.u16 %h0, %tid.x;
  cvt.u32.u16 %r0, %h0;
  mov.v4.u32 {%r1, %r2, %r3, %r4}, %ntid;
  mov.v4.u16 {%h1, %h2, %h3, %h4}, %tid;
  cvt.u32.u16 %r5, %h1;
  add.u32 %r1, %r1, %r2;
  add.u32 %r1, %r1, %r3;
  add.u32 %r1, %r1, %r4;
  add.u32 %r0, %r0, %r5;
  mad.lo.u32 %r0, %r1, 1000, %r0;
  mov.u32 %r6, %total_smem_size;
  mad.lo.u32 %r0, %r6, 1000000, %r0;
  mov.u64 %wide, %globaltimer;
  mov.u32 %r7, %clock_hi;
  add.u32 %r0, %r0, %r7;
  mov.u32 %r7, %envreg3;
  add.u32 %r0, %r0, %r7;
  mov.u32 %r8, box;
  st.shared.u8 [%r8], %t;
  st.global.u32 [%out], %r0;
  ret;
)"),
                         32, 32);
  for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], 100034000 + 2 * i) << FirstFinding(ran);
}

}  // namespace
}  // namespace ws
