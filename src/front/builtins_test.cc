// Every function that CUDA documents for device code and the dialect has is found by its name.
#include "front/builtins.h"

#include "tests/test.h"

namespace ws::front {
namespace {

// By chapter of CUDA's documentation, separated by spaces.
constexpr std::string_view kNames[] = {
    // Functions of single precision
    "acosf acoshf asinf asinhf atan2f atanf atanhf cbrtf ceilf copysignf cosf coshf "
    "cospif erfcf erfcinvf erfcxf erff erfinvf exp10f exp2f expf expm1f fabsf fdimf "
    "fdividef floorf fmaf fmaxf fminf fmodf frexpf hypotf ilogbf isfinite isinf isnan j0f "
    "j1f ldexpf lgammaf llrintf llroundf log10f log1pf log2f logbf logf lrintf lroundf "
    "modff nanf nearbyintf nextafterf norm3df norm4df normcdff normcdfinvf powf rcbrtf "
    "remainderf remquof rhypotf rintf rnorm3df rnorm4df roundf rsqrtf scalblnf scalbnf "
    "signbit sincosf sincospif sinf sinhf sinpif sqrtf tanf tanhf tgammaf truncf y0f y1f "
    "cyl_bessel_i0f cyl_bessel_i1f jnf ynf normf rnormf ",
    // Of double precision
    "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh cospi erf erfc "
    "erfcinv erfcx erfinv exp exp10 exp2 expm1 fabs fdim floor fma fmax fmin fmod frexp "
    "hypot ilogb ldexp lgamma llrint llround log log10 log1p log2 logb lrint lround modf "
    "nan nearbyint nextafter norm3d norm4d normcdf normcdfinv pow rcbrt remainder remquo "
    "rhypot rint rnorm3d rnorm4d round rsqrt scalbln scalbn sin sincos sincospi sinh "
    "sinpi sqrt tan tanh tgamma trunc j0 j1 jn y0 y1 yn cyl_bessel_i0 cyl_bessel_i1 norm "
    "rnorm fdivide ",
    // Fast and explicitly rounded forms
    "__cosf __exp10f __expf __fdividef __log10f __log2f __logf __powf __saturatef "
    "__sincosf __sinf __tanf __frsqrt_rn __fadd_rn __fadd_rz __fadd_ru __fadd_rd "
    "__fsub_rn __fsub_rz __fsub_ru __fsub_rd __fmul_rn __fmul_rz __fmul_ru __fmul_rd "
    "__fdiv_rn __fdiv_rz __fdiv_ru __fdiv_rd __frcp_rn __frcp_rz __frcp_ru __frcp_rd "
    "__fsqrt_rn __fsqrt_rz __fsqrt_ru __fsqrt_rd __fmaf_rn __fmaf_rz __fmaf_ru __fmaf_rd "
    "__dadd_rn __dadd_rz __dadd_ru __dadd_rd __dsub_rn __dsub_rz __dsub_ru __dsub_rd "
    "__dmul_rn __dmul_rz __dmul_ru __dmul_rd __ddiv_rn __ddiv_rz __ddiv_ru __ddiv_rd "
    "__drcp_rn __drcp_rz __drcp_ru __drcp_rd __dsqrt_rn __dsqrt_rz __dsqrt_ru __dsqrt_rd "
    "__fma_rn __fma_rz __fma_ru __fma_rd ",
    // Integers
    "__brev __brevll __byte_perm __clz __clzll __ffs __ffsll __funnelshift_l "
    "__funnelshift_lc __funnelshift_r __funnelshift_rc __hadd __mul24 __mul64hi __mulhi "
    "__popc __popcll __rhadd __sad __uhadd __umul24 __umul64hi __umulhi __urhadd __usad "
    "__dp2a_hi __dp2a_lo __dp4a abs labs llabs llmax llmin max min ullmax ullmin umax "
    "umin ",
    // Conversions
    "__float2int_rn __float2int_rz __float2int_ru __float2int_rd __float2uint_rn "
    "__float2uint_rz __float2uint_ru __float2uint_rd __float2ll_rn __float2ll_rz "
    "__float2ll_ru __float2ll_rd __float2ull_rn __float2ull_rz __float2ull_ru "
    "__float2ull_rd __double2int_rn __double2int_rz __double2int_ru __double2int_rd "
    "__double2uint_rn __double2uint_rz __double2uint_ru __double2uint_rd __double2ll_rn "
    "__double2ll_rz __double2ll_ru __double2ll_rd __double2ull_rn __double2ull_rz "
    "__double2ull_ru __double2ull_rd __int2float_rn __int2float_rz __int2float_ru "
    "__int2float_rd __uint2float_rn __uint2float_rz __uint2float_ru __uint2float_rd "
    "__ll2float_rn __ll2float_rz __ll2float_ru __ll2float_rd __ull2float_rn "
    "__ull2float_rz __ull2float_ru __ull2float_rd __ll2double_rn __ll2double_rz "
    "__ll2double_ru __ll2double_rd __ull2double_rn __ull2double_rz __ull2double_ru "
    "__ull2double_rd __double2float_rn __double2float_rz __double2float_ru "
    "__double2float_rd __int2double_rn __uint2double_rn __double_as_longlong "
    "__longlong_as_double __float_as_int __float_as_uint __int_as_float __uint_as_float "
    "__double2hiint __double2loint __hiloint2double ",
    // cuda_fp16.h
    "__half2int_rn __half2int_rz __half2int_ru __half2int_rd __int2half_rn __int2half_rz "
    "__int2half_ru __int2half_rd __half2uint_rn __half2uint_rz __half2uint_ru "
    "__half2uint_rd __uint2half_rn __uint2half_rz __uint2half_ru __uint2half_rd "
    "__half2ll_rn __half2ll_rz __half2ll_ru __half2ll_rd __ll2half_rn __ll2half_rz "
    "__ll2half_ru __ll2half_rd __half2ull_rn __half2ull_rz __half2ull_ru __half2ull_rd "
    "__ull2half_rn __ull2half_rz __ull2half_ru __ull2half_rd __half2short_rn "
    "__half2short_rz __half2short_ru __half2short_rd __short2half_rn __short2half_rz "
    "__short2half_ru __short2half_rd __half2ushort_rn __half2ushort_rz __half2ushort_ru "
    "__half2ushort_rd __ushort2half_rn __ushort2half_rz __ushort2half_ru __ushort2half_rd "
    "__float2half_rn __float2half_rz __float2half_ru __float2half_rd __float2half "
    "__half2float __double2half __half_as_short __half_as_ushort __short_as_half "
    "__ushort_as_half __float2half2_rn __floats2half2_rn __float22half2_rn __half22float2 "
    "__half2half2 __halves2half2 __high2float __high2half __high2half2 __highs2half2 "
    "__low2float __low2half __low2half2 __lowhigh2highlow __lows2half2 make_half2 __habs "
    "__hadd __hadd_rn __hadd_sat __hdiv __hfma __hfma_relu __hfma_sat __hmul __hmul_rn "
    "__hmul_sat __hneg __hsub __hsub_rn __hsub_sat __h2div __habs2 __hadd2 __hadd2_rn "
    "__hadd2_sat __hcmadd __hfma2 __hfma2_relu __hfma2_sat __hmul2 __hmul2_rn __hmul2_sat "
    "__hneg2 __hsub2 __hsub2_rn __hsub2_sat __heq __hequ __heq2 __hequ2 __heq2_mask "
    "__hequ2_mask __hbeq2 __hbequ2 __hge __hgeu __hge2 __hgeu2 __hge2_mask __hgeu2_mask "
    "__hbge2 __hbgeu2 __hgt __hgtu __hgt2 __hgtu2 __hgt2_mask __hgtu2_mask __hbgt2 "
    "__hbgtu2 __hle __hleu __hle2 __hleu2 __hle2_mask __hleu2_mask __hble2 __hbleu2 __hlt "
    "__hltu __hlt2 __hltu2 __hlt2_mask __hltu2_mask __hblt2 __hbltu2 __hne __hneu __hne2 "
    "__hneu2 __hne2_mask __hneu2_mask __hbne2 __hbneu2 __hisinf __hisnan __hisnan2 __hmax "
    "__hmax_nan __hmin __hmin_nan __hmax2 __hmax2_nan __hmin2 __hmin2_nan hceil h2ceil "
    "hcos h2cos hexp h2exp hexp10 h2exp10 hexp2 h2exp2 hfloor h2floor hlog h2log hlog10 "
    "h2log10 hlog2 h2log2 hrcp h2rcp hrint h2rint hrsqrt h2rsqrt hsin h2sin hsqrt h2sqrt "
    "htanh h2tanh htanh_approx h2tanh_approx htrunc h2trunc __half2char_rz __half2uchar_rz "
    "__bfloat162char_rz __bfloat162uchar_rz ",
    // SIMD in a word
    "__vabs2 __vabs4 __vabsdiffs2 __vabsdiffs4 __vabsdiffu2 __vabsdiffu4 __vabsss2 "
    "__vabsss4 __vadd2 __vadd4 __vaddss2 __vaddss4 __vaddus2 __vaddus4 __vavgs2 __vavgs4 "
    "__vavgu2 __vavgu4 __vcmpeq2 __vcmpeq4 __vcmpges2 __vcmpges4 __vcmpgeu2 __vcmpgeu4 "
    "__vcmpgts2 __vcmpgts4 __vcmpgtu2 __vcmpgtu4 __vcmples2 __vcmples4 __vcmpleu2 "
    "__vcmpleu4 __vcmplts2 __vcmplts4 __vcmpltu2 __vcmpltu4 __vcmpne2 __vcmpne4 __vhaddu2 "
    "__vhaddu4 __vmaxs2 __vmaxs4 __vmaxu2 __vmaxu4 __vmins2 __vmins4 __vminu2 __vminu4 "
    "__vneg2 __vneg4 __vnegss2 __vnegss4 __vsads2 __vsads4 __vsadu2 __vsadu4 __vseteq2 "
    "__vseteq4 __vsetges2 __vsetges4 __vsetgeu2 __vsetgeu4 __vsetgts2 __vsetgts4 "
    "__vsetgtu2 __vsetgtu4 __vsetles2 __vsetles4 __vsetleu2 __vsetleu4 __vsetlts2 "
    "__vsetlts4 __vsetltu2 __vsetltu4 __vsetne2 __vsetne4 __vsub2 __vsub4 __vsubss2 "
    "__vsubss4 __vsubus2 __vsubus4 __viaddmax_s32 __viaddmax_s32_relu __viaddmax_u32 "
    "__viaddmin_s32 __viaddmin_s32_relu __viaddmin_u32 __vimax3_s32 __vimax3_s32_relu "
    "__vimax3_u32 __vimax_s32_relu __vimin3_s32 __vimin3_s32_relu __vimin3_u32 "
    "__vimin_s32_relu "
    "__vimax_s16x2_relu __vimax3_s16x2 __vimax3_s16x2_relu __vimax3_u16x2 "
    "__viaddmax_s16x2 __viaddmax_s16x2_relu __viaddmax_u16x2 __vibmax_s32 __vibmax_u32 "
    "__vibmax_s16x2 __vibmax_u16x2 __vimin_s16x2_relu __vimin3_s16x2 __vimin3_s16x2_relu "
    "__vimin3_u16x2 __viaddmin_s16x2 __viaddmin_s16x2_relu __viaddmin_u16x2 __vibmin_s32 "
    "__vibmin_u32 __vibmin_s16x2 __vibmin_u16x2 ",
    // The programming guide's device functions
    "__syncthreads __syncthreads_and __syncthreads_count __syncthreads_or __syncwarp "
    "__threadfence __threadfence_block __threadfence_system __activemask __all_sync "
    "__any_sync __ballot_sync __match_all_sync __match_any_sync __shfl_down_sync "
    "__shfl_sync __shfl_up_sync __shfl_xor_sync __reduce_add_sync __reduce_and_sync "
    "__reduce_max_sync __reduce_min_sync __reduce_or_sync __reduce_xor_sync __nanosleep "
    "clock clock64 __trap __brkpt assert printf __ldca __ldcg __ldcs __ldcv __ldg __ldlu "
    "__stcg __stcs __stwb __stwt __builtin_assume __builtin_assume_aligned "
    "__builtin_expect __builtin_unreachable atomicAdd atomicAdd_block atomicAdd_system "
    "atomicAnd atomicAnd_block atomicAnd_system atomicCAS atomicCAS_block "
    "atomicCAS_system atomicDec atomicDec_block atomicDec_system atomicExch "
    "atomicExch_block atomicExch_system atomicInc atomicInc_block atomicInc_system "
    "atomicMax atomicMax_block atomicMax_system atomicMin atomicMin_block "
    "atomicMin_system atomicOr atomicOr_block atomicOr_system atomicSub atomicSub_block "
    "atomicSub_system atomicXor atomicXor_block atomicXor_system __fns __barrier_sync "
    "__barrier_sync_count ",
};

TEST(Builtins, HasEveryDocumentedName) {
  int names = 0;
  for (std::string_view rest : kNames) {
    while (!rest.empty()) {
      const size_t end = rest.find(' ');
      const std::string_view name = rest.substr(0, end);
      rest.remove_prefix(end + 1);
      ++names;
      const BuiltinRange range = FindBuiltin(name);
      ASSERT_GT(range.count, 0) << name;
      EXPECT_NE(RowOf(range.first).how, BuiltinHow::kUnsupported) << name;
      EXPECT_EQ(RowOf(range.first).spelling, name);
    }
  }
  EXPECT_EQ(names, 753);
}

TEST(Builtins, FindsNothingElse) {
  EXPECT_EQ(FindBuiltin("__vadd3").count, 0);
  EXPECT_EQ(FindBuiltin("").count, 0);
}

}  // namespace
}  // namespace ws::front
