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

// Steps between elements other than one, interleaving and NaN outside of the tensor are not there.
inline CUresult cuTensorMapEncodeTiled(
    CUtensorMap* map, CUtensorMapDataType type, cuuint32_t rank, void* address,
    const cuuint64_t* sizes, const cuuint64_t* strides, const cuuint32_t* box,
    const cuuint32_t* steps, CUtensorMapInterleave interleave, CUtensorMapSwizzle swizzle,
    CUtensorMapL2promotion promotion, CUtensorMapFloatOOBfill fill) {
  if (map == nullptr || address == nullptr || sizes == nullptr || box == nullptr ||
      steps == nullptr || rank < 1 || rank > 5 || (rank > 1 && strides == nullptr)) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  if ((unsigned long)map % 64 != 0 || (unsigned long)address % 16 != 0 ||
      (int)type < 0 || (int)type > CU_TENSOR_MAP_DATA_TYPE_TFLOAT32_FTZ) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  const int t = (int)type;
  const int log_bytes = t == CU_TENSOR_MAP_DATA_TYPE_UINT8     ? 0
                        : t == CU_TENSOR_MAP_DATA_TYPE_UINT16  ? 1
                        : t == CU_TENSOR_MAP_DATA_TYPE_FLOAT16 ? 1
                        : t == CU_TENSOR_MAP_DATA_TYPE_BFLOAT16 ? 1
                        : t == CU_TENSOR_MAP_DATA_TYPE_UINT64   ? 3
                        : t == CU_TENSOR_MAP_DATA_TYPE_INT64    ? 3
                        : t == CU_TENSOR_MAP_DATA_TYPE_FLOAT64  ? 3
                                                                : 2;
  unsigned char* const bytes = reinterpret_cast<unsigned char*>(map);
  unsigned int* const out_sizes = reinterpret_cast<unsigned int*>(bytes + 16);
  unsigned long* const out_strides = reinterpret_cast<unsigned long*>(bytes + 40);
  unsigned short* const out_box = reinterpret_cast<unsigned short*>(bytes + 72);
  for (int i = 0; i < 16; ++i) map->opaque[i] = 0;
  for (unsigned d = 0; d < rank; ++d) {
    const bool bad_stride =
        d > 0 && (strides[d - 1] % 16 != 0 || strides[d - 1] >= ((cuuint64_t)1 << 40));
    if (sizes[d] == 0 || sizes[d] > 0xffffffffu || box[d] == 0 || box[d] > 256 || steps[d] == 0 ||
        steps[d] > 8 || bad_stride) {
      return CUDA_ERROR_INVALID_VALUE;
    }
    if (steps[d] != 1) return CUDA_ERROR_NOT_SUPPORTED;
    out_sizes[d] = (unsigned)sizes[d];
    out_box[d] = (unsigned short)box[d];
    if (d > 0) out_strides[d - 1] = strides[d - 1];
  }
  const unsigned row = box[0] << log_bytes;
  if (row % 16 != 0 || (swizzle != CU_TENSOR_MAP_SWIZZLE_NONE && row > (16u << (int)swizzle))) {
    return CUDA_ERROR_INVALID_VALUE;
  }
  if (interleave != CU_TENSOR_MAP_INTERLEAVE_NONE || fill != CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE) {
    return CUDA_ERROR_NOT_SUPPORTED;
  }
  map->opaque[0] = 0x4d545357u | (cuuint64_t)rank << 32 | (cuuint64_t)log_bytes << 40 |
                   (cuuint64_t)((1 << (int)swizzle) - 1) << 48;
  map->opaque[1] = (cuuint64_t)address;
  return CUDA_SUCCESS;
}
