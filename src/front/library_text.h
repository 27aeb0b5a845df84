// What of the standard library and the CUDA runtime is written in the dialect and read before the
// programs that name it (library.def). Device-clean.
#ifndef WARPSMITH_FRONT_LIBRARY_TEXT_H_
#define WARPSMITH_FRONT_LIBRARY_TEXT_H_

#include <string_view>

#include "diag/diag.h"
#include "front/names.h"
#include "front/token.h"

namespace ws::front {

// The files of lib/: those that are read before programs, as far as they are needed.
enum LibraryFile : uint8_t {
  kRuntimeText,
  kClassTemplatesText,
  kAlgorithmsText,
  kChronoText,
  kRandomText,
  kStringText,
  kContainersText,
  kOrderedText,
  kHashedText,
  kQueuesText,
  kComplexText,
  kUtilityText,
  kSmartPointerText,
  kObjectVectorText,
  kStreamText,
  kExceptionsText,
  kTupleText,
  kNumLibraryFiles,
  // Those that are read where a program includes the header.
  kCooperativeGroupsText = kNumLibraryFiles,
  kCudaPipelineText,
  kCudaAtomicText,
  kCudaDriverText,
  kCudaBarrierText,
  kCudaPipelineClassText,
  kMmaText,
  kHalfRawText,
  kCudaFp8Text,
  kCurandKernelText,
  kCuComplexText,
  kThrustTupleText,
  kThrustCoreText,
  kThrustFunctionalText,
  kThrustIteratorsText,
  kThrustLaunchText,
  kThrustAlgorithmsText,
  kThrustReduceText,
  kThrustSelectText,
  kThrustSortText,
  kThrustSearchText,
  kThrustVectorText,
  kThrustRandomText,
  kThrustComplexText,
  kThrustSystemErrorText,
  kThrustText,
  kInt128Text,  // where a program says __int128
  kNumTexts
};
struct LibraryTexts {
  std::string_view files[kNumTexts];  // empty: not known
};

// Gives names of the library the meaning that the texts have for them and puts the texts that are
// needed before the tokens; their tokens have no position. std::pair becomes one token, an
// identifier with that text, which means the struct template __std_pair.
WS_HD void AddLibrary(Arena& arena, const LibraryTexts& texts, diag::Sink& sink, Names& names,
                      Vec<Token>& tokens);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_LIBRARY_TEXT_H_
