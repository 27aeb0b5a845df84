// Products of matrices by warps, of numbers so small that every order of sums gives the same.
#include "tests/referee/construct.h"

namespace ws::referee {
namespace {

// Fills a and b for the warp, multiplies, and takes an element of the product.
#define WMMA(shape, sizes, in, acc, small, start)                                                  \
  "{ __shared__ __align__(32) " in " a$n[4][512], b$n[4][512]; __shared__ __align__(32) " acc      \
  " c$n[4][256]; const unsigned w$n = tid / 32u; for (unsigned k = tid & 31u; k < 512u; k += "     \
  "32u) { "                                                                                        \
  "a$n[w$n][k] = " small "(k * 7u + u0 & 15u); b$n[w$n][k] = " small                               \
  "(k * 5u + u0 & 7u); } __syncwarp(); nvcuda::wmma::fragment<nvcuda::wmma::matrix_a, " shape      \
  ", " in                                                                                          \
  ", nvcuda::wmma::$[row$/col]_major> fa$n; nvcuda::wmma::fragment<nvcuda::wmma::matrix_b, " shape \
  ", " in                                                                                          \
  ", nvcuda::wmma::$[row$/col]_major> fb$n; "                                                      \
  "nvcuda::wmma::fragment<nvcuda::wmma::accumulator, " shape ", " acc                              \
  "> fc$n; nvcuda::wmma::load_matrix_sync(fa$n, a$n[w$n], 16); "                                   \
  "nvcuda::wmma::load_matrix_sync(fb$n, b$n[w$n], "                                                \
  "16); nvcuda::wmma::fill_fragment(fc$n, " start                                                  \
  "); nvcuda::wmma::mma_sync(fc$n, fa$n, fb$n, fc$n); for "                                        \
  "(int k = 0; k < (int)fc$n.num_elements; ++k) fc$n.x[k] = fc$n.x[k] + fc$n.x[k]; "               \
  "nvcuda::wmma::store_matrix_sync(c$n[w$n], fc$n, " sizes                                         \
  ", nvcuda::wmma::mem_$[row$/col]_major); "                                                       \
  "__syncwarp(); u0 ^= bits(c$n[w$n][$u & 255u]); __syncwarp(); }"

constexpr Construct kRows[] = {
    {.name = "wmma of integers",
     .weight = 2,
     .where = Where::kWarp,
     .heads = Bit(kWmmaHead),
     .text = WMMA("16, 16, 16", "16", "signed char", "int", "(signed char)", "$<99>")},
    {.name = "wmma of halves",
     .weight = 2,
     .where = Where::kWarp,
     .heads = Bit(kWmmaHead),
     .text = WMMA("16, 16, 16", "16", "__half", "float", "__int2half_rn", "$<99>.0f")},
    {.name = "wmma of halves into halves",
     .weight = 2,
     .where = Where::kWarp,
     .heads = Bit(kWmmaHead),
     .text =
         WMMA("16, 16, 16", "16", "__half", "__half", "__int2half_rn", "__float2half_rn(3.0f)")},
};

}  // namespace

std::span<const Construct> MatrixConstructs() { return kRows; }

}  // namespace ws::referee
