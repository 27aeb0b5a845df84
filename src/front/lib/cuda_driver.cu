// <cuda.h> in the dialect: what programs need of the driver interface to describe tensors. A map's
// bytes are our own (ir/reader/tensor_copy.cc reads them); a chip's are not known.
typedef unsigned int cuuint32_t;
typedef unsigned long cuuint64_t;
typedef unsigned long long CUdeviceptr;
typedef enum cudaError_enum {
  CUDA_SUCCESS = 0,
  CUDA_ERROR_INVALID_VALUE = 1,
  CUDA_ERROR_NOT_SUPPORTED = 801
} CUresult;
typedef struct alignas(64) CUtensorMap_st {
  cuuint64_t opaque[16];
} CUtensorMap;
typedef enum CUtensorMapDataType_enum {
  CU_TENSOR_MAP_DATA_TYPE_UINT8 = 0,
  CU_TENSOR_MAP_DATA_TYPE_UINT16,
  CU_TENSOR_MAP_DATA_TYPE_UINT32,
  CU_TENSOR_MAP_DATA_TYPE_INT32,
  CU_TENSOR_MAP_DATA_TYPE_UINT64,
  CU_TENSOR_MAP_DATA_TYPE_INT64,
  CU_TENSOR_MAP_DATA_TYPE_FLOAT16,
  CU_TENSOR_MAP_DATA_TYPE_FLOAT32,
  CU_TENSOR_MAP_DATA_TYPE_FLOAT64,
  CU_TENSOR_MAP_DATA_TYPE_BFLOAT16,
  CU_TENSOR_MAP_DATA_TYPE_FLOAT32_FTZ,
  CU_TENSOR_MAP_DATA_TYPE_TFLOAT32,
  CU_TENSOR_MAP_DATA_TYPE_TFLOAT32_FTZ
} CUtensorMapDataType;
typedef enum CUtensorMapInterleave_enum {
  CU_TENSOR_MAP_INTERLEAVE_NONE = 0,
  CU_TENSOR_MAP_INTERLEAVE_16B,
  CU_TENSOR_MAP_INTERLEAVE_32B
} CUtensorMapInterleave;
typedef enum CUtensorMapSwizzle_enum {
  CU_TENSOR_MAP_SWIZZLE_NONE = 0,
  CU_TENSOR_MAP_SWIZZLE_32B,
  CU_TENSOR_MAP_SWIZZLE_64B,
  CU_TENSOR_MAP_SWIZZLE_128B
} CUtensorMapSwizzle;
typedef enum CUtensorMapL2promotion_enum {
  CU_TENSOR_MAP_L2_PROMOTION_NONE = 0,
  CU_TENSOR_MAP_L2_PROMOTION_L2_64B,
  CU_TENSOR_MAP_L2_PROMOTION_L2_128B,
  CU_TENSOR_MAP_L2_PROMOTION_L2_256B
} CUtensorMapL2promotion;
typedef enum CUtensorMapFloatOOBfill_enum {
  CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE = 0,
  CU_TENSOR_MAP_FLOAT_OOB_FILL_NAN_REQUEST_ZERO_FMA
} CUtensorMapFloatOOBfill;

inline CUresult cuInit(unsigned int flags) {
  return flags == 0 ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

// What both kinds of maps have: false if a value is not possible. The place of the box and the steps
// are the caller's.
inline bool __ws_begin_tensor_map(CUtensorMap* map, int type, cuuint32_t rank, void* address,
                                  const cuuint64_t* sizes, const cuuint64_t* strides,
                                  const cuuint32_t* steps, int kind, int row_elements,
                                  int interleave, int swizzle, int fill) {
  if (map == nullptr || address == nullptr || sizes == nullptr || steps == nullptr || rank < 1 ||
      rank > 5 || (rank > 1 && strides == nullptr)) {
    return false;
  }
  if ((unsigned long)map % 64 != 0 || (unsigned long)address % 16 != 0 || type < 0 ||
      type > CU_TENSOR_MAP_DATA_TYPE_TFLOAT32_FTZ || interleave < 0 || interleave > 2 ||
      swizzle < 0 || swizzle > 3 || fill < 0 || fill > 1) {
    return false;
  }
  const bool is_float = type >= CU_TENSOR_MAP_DATA_TYPE_FLOAT16;
  if (fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE && !is_float) return false;
  const int log_bytes = type == CU_TENSOR_MAP_DATA_TYPE_UINT8     ? 0
                        : type == CU_TENSOR_MAP_DATA_TYPE_UINT16  ? 1
                        : type == CU_TENSOR_MAP_DATA_TYPE_FLOAT16 ? 1
                        : type == CU_TENSOR_MAP_DATA_TYPE_BFLOAT16 ? 1
                        : type == CU_TENSOR_MAP_DATA_TYPE_UINT64   ? 3
                        : type == CU_TENSOR_MAP_DATA_TYPE_INT64    ? 3
                        : type == CU_TENSOR_MAP_DATA_TYPE_FLOAT64  ? 3
                                                                   : 2;
  unsigned char* const bytes = reinterpret_cast<unsigned char*>(map);
  unsigned int* const out_sizes = reinterpret_cast<unsigned int*>(bytes + 16);
  unsigned long* const out_strides = reinterpret_cast<unsigned long*>(bytes + 40);
  for (int i = 0; i < 16; ++i) map->opaque[i] = 0;
  for (unsigned d = 0; d < rank; ++d) {
    const bool bad_stride =
        d > 0 && (strides[d - 1] % 16 != 0 || strides[d - 1] >= ((cuuint64_t)1 << 40));
    // The step of the first dimension does not count where nothing is interleaved.
    const unsigned step = d == 0 && interleave == 0 ? 1u : steps[d];
    if (sizes[d] == 0 || sizes[d] > 0xffffffffu || step == 0 || step > 8 || bad_stride) {
      return false;
    }
    out_sizes[d] = (unsigned)sizes[d];
    bytes[82 + d] = (unsigned char)step;
    if (d > 0) out_strides[d - 1] = strides[d - 1];
  }
  const unsigned row = (unsigned)row_elements << log_bytes;
  if (row % 16 != 0 || (swizzle != 0 && row > (16u << swizzle))) return false;
  map->opaque[0] = 0x4d545357u | (cuuint64_t)(rank + kind) << 32 | (cuuint64_t)log_bytes << 40 |
                   (cuuint64_t)((1 << swizzle) - 1) << 48 | (cuuint64_t)type << 56;
  map->opaque[1] = (cuuint64_t)address;
  return true;
}

// Interleaving and NaN outside of the tensor are not there.
inline CUresult cuTensorMapEncodeTiled(
    CUtensorMap* map, CUtensorMapDataType type, cuuint32_t rank, void* address,
    const cuuint64_t* sizes, const cuuint64_t* strides, const cuuint32_t* box,
    const cuuint32_t* steps, CUtensorMapInterleave interleave, CUtensorMapSwizzle swizzle,
    CUtensorMapL2promotion promotion, CUtensorMapFloatOOBfill fill) {
  if (box == nullptr || rank < 1 || rank > 5) return CUDA_ERROR_INVALID_VALUE;
  for (unsigned d = 0; d < rank; ++d) {
    if (box[d] == 0 || box[d] > 256) return CUDA_ERROR_INVALID_VALUE;
  }
  if (!__ws_begin_tensor_map(map, (int)type, rank, address, sizes, strides, steps, 0, (int)box[0],
                             (int)interleave, (int)swizzle, (int)fill)) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  if (interleave != CU_TENSOR_MAP_INTERLEAVE_NONE || fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE) {
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  unsigned char* const bytes = reinterpret_cast<unsigned char*>(map);
  unsigned short* const out_box = reinterpret_cast<unsigned short*>(bytes + 72);
  for (unsigned d = 0; d < rank; ++d) {
    const unsigned step = bytes[82 + d];
    out_box[d] = (unsigned short)((box[d] + step - 1) / step);
  }
  return CUDA_SUCCESS;
}

// `lower` and `upper` are corners of the box of pixels, counted from the first and from behind the last
// of each dimension between channels and images.
inline CUresult cuTensorMapEncodeIm2col(
    CUtensorMap* map, CUtensorMapDataType type, cuuint32_t rank, void* address,
    const cuuint64_t* sizes, const cuuint64_t* strides, const int* lower, const int* upper,
    cuuint32_t channels, cuuint32_t pixels, const cuuint32_t* steps,
    CUtensorMapInterleave interleave, CUtensorMapSwizzle swizzle,
    CUtensorMapL2promotion promotion, CUtensorMapFloatOOBfill fill) {
  if (lower == nullptr || upper == nullptr || rank < 3 || rank > 5 || channels == 0 ||
      channels > 256 || pixels == 0 || pixels > 1024) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  if (!__ws_begin_tensor_map(map, (int)type, rank, address, sizes, strides, steps, 16, (int)channels,
                             (int)interleave, (int)swizzle, (int)fill)) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  if (interleave != CU_TENSOR_MAP_INTERLEAVE_NONE || fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE) {
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  unsigned char* const bytes = reinterpret_cast<unsigned char*>(map);
  unsigned short* const out_box = reinterpret_cast<unsigned short*>(bytes + 72);
  short* const out_lower = reinterpret_cast<short*>(bytes + 88);
  unsigned* const out_counts = reinterpret_cast<unsigned*>(bytes + 96);
  const int most = rank == 3 ? 32767 : rank == 4 ? 127 : 15;
  out_box[0] = (unsigned short)channels;
  out_box[1] = (unsigned short)pixels;
  for (unsigned d = 0; d + 2 < rank; ++d) {
    const long count = (long)sizes[d + 1] + upper[d] - lower[d], step = (long)bytes[83 + d];
    if (lower[d] > most || lower[d] < -most - 1 || upper[d] > most || upper[d] < -most - 1 ||
        count <= 0 || count > 0xffffffffl) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    out_lower[d] = (short)lower[d];
    out_counts[d] = (unsigned)((count + step - 1) / step);
  }
  return CUDA_SUCCESS;
}
