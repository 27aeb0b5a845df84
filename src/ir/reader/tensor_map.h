// The bytes of our tensor maps, which front/lib/cuda_driver.cu makes, and what the reader has of
// one while it writes a copy. Device-clean.
#ifndef WARPSMITH_IR_READER_TENSOR_MAP_H_
#define WARPSMITH_IR_READER_TENSOR_MAP_H_

#include "ir/reader/reader.h"

namespace ws::ir::reader {

inline constexpr uint32_t kMostDims = 5;
inline constexpr uint32_t kPiece = 16;

inline constexpr uint32_t kMagic = 0x4d545357;  // "WSTM" at 0
inline constexpr int32_t kRank = 4;             // u8; with kIsIm2col added: of such a map
inline constexpr uint32_t kIsIm2col = 16;
inline constexpr int32_t kLogBytes = 5;  // u8: logarithm of an element's bytes
inline constexpr int32_t kSwizzle = 6;   // u8: 0, or the bits of a piece's number that change
inline constexpr int32_t kElement = 7;   // u8: CUtensorMapDataType
inline constexpr int32_t kAddress = 8;   // u64
inline constexpr int32_t kSizes = 16;    // u32 each: elements
inline constexpr int32_t kStrides =
    40;                              // u64 each: bytes between elements of the dimensions from 1 on
inline constexpr int32_t kBox = 72;  // u16 each: elements that are copied; im2col: channels, pixels
inline constexpr int32_t kSteps = 82;   // u8 each: from one element that is copied to the next
inline constexpr int32_t kLower = 88;   // s16 each, im2col: where the box of pixels begins
inline constexpr int32_t kCounts = 96;  // u32 each, im2col: pixels of the box of pixels

// What a copy of one box needs, read from the map.
struct Reader::TensorBox {
  uint32_t rank = 0;
  bool is_im2col = false;
  Operand map, log_bytes, swizzle, element, address, row_bytes;
  Operand sizes[kMostDims], strides[kMostDims], box[kMostDims], steps[kMostDims];
  Operand lower[kMostDims], counts[kMostDims];  // im2col, of the dimensions between
  Operand offsets[kMostDims];                   // likewise, from the instruction
  Operand pieces;                               // of a row of the box
  Operand total;                                // of the box
};

}  // namespace ws::ir::reader

#endif  // WARPSMITH_IR_READER_TENSOR_MAP_H_
