#include "front/compiled.h"

#include "base/macros.h"
#include "embed/algorithms.h"
#include "embed/chrono.h"
#include "embed/class_templates.h"
#include "embed/complex.h"
#include "embed/containers.h"
#include "embed/cooperative_groups.h"
#include "embed/cu_complex.h"
#include "embed/cuda_atomic.h"
#include "embed/cuda_barrier.h"
#include "embed/cuda_driver.h"
#include "embed/cuda_fp8.h"
#include "embed/cuda_pipeline.h"
#include "embed/cuda_pipeline_class.h"
#include "embed/curand_kernel.h"
#include "embed/device_forms.h"
#include "embed/exceptions.h"
#include "embed/half_raw.h"
#include "embed/hashed.h"
#include "embed/host_forms.h"
#include "embed/int128.h"
#include "embed/math.h"
#include "embed/math_angle.h"
#include "embed/math_bessel.h"
#include "embed/math_bessel_n.h"
#include "embed/math_double.h"
#include "embed/math_forms.h"
#include "embed/math_half.h"
#include "embed/math_power.h"
#include "embed/math_special.h"
#include "embed/mma.h"
#include "embed/object_vector.h"
#include "embed/ordered.h"
#include "embed/queues.h"
#include "embed/random.h"
#include "embed/runtime.h"
#include "embed/simd.h"
#include "embed/smart_pointers.h"
#include "embed/streams.h"
#include "embed/string.h"
#include "embed/thrust.h"
#include "embed/thrust_algorithms.h"
#include "embed/thrust_complex.h"
#include "embed/thrust_core.h"
#include "embed/thrust_functional.h"
#include "embed/thrust_iterators.h"
#include "embed/thrust_launch.h"
#include "embed/thrust_random.h"
#include "embed/thrust_reduce.h"
#include "embed/thrust_search.h"
#include "embed/thrust_select.h"
#include "embed/thrust_sort.h"
#include "embed/thrust_system_error.h"
#include "embed/thrust_tuple.h"
#include "embed/thrust_vector.h"
#include "embed/tuple.h"
#include "embed/utility.h"
#include "embed/vector.h"
#include "front/include_files.h"

namespace ws::front {
Compiled::Compiled(std::string name, std::string text, TextOptions options)
    : name_(std::move(name)), text_(std::move(text)), options_(std::move(options)) {
  std::vector<SourceText> includes;
  std::vector<SourceText> defines;
  if (options_.read_includes) {
    for (auto& file : ReadIncludes(name_, text_)) options_.includes.push_back(std::move(file));
  }
  for (const auto& [file, content] : options_.includes) includes.push_back({file, content});
  for (const auto& [macro, value] : options_.defines) defines.push_back({macro, value});
  CompileOptions compile;
  compile.includes = includes;
  compile.defines = defines;
  if (options_.use_library) {
    auto& files = compile.library_texts.files;
    files[kRuntimeText] = embed::kRuntimeCu;
    files[kAlgorithmsText] = embed::kAlgorithmsCu;
    files[kChronoText] = embed::kChronoCu;
    files[kRandomText] = embed::kRandomCu;
    files[kStringText] = embed::kStringCu;
    files[kContainersText] = embed::kContainersCu;
    files[kOrderedText] = embed::kOrderedCu;
    files[kHashedText] = embed::kHashedCu;
    files[kQueuesText] = embed::kQueuesCu;
    files[kComplexText] = embed::kComplexCu;
    files[kUtilityText] = embed::kUtilityCu;
    files[kSmartPointerText] = embed::kSmartPointersCu;
    files[kExceptionsText] = embed::kExceptionsCu;
    files[kObjectVectorText] = embed::kObjectVectorCu;
    files[kStreamText] = embed::kStreamsCu;
    files[kTupleText] = embed::kTupleCu;
    files[kClassTemplatesText] = embed::kClassTemplatesCu;
    files[kCooperativeGroupsText] = embed::kCooperativeGroupsCu;
    files[kCudaPipelineText] = embed::kCudaPipelineCu;
    files[kCudaAtomicText] = embed::kCudaAtomicCu;
    files[kCudaDriverText] = embed::kCudaDriverCu;
    files[kCudaBarrierText] = embed::kCudaBarrierCu;
    files[kCudaPipelineClassText] = embed::kCudaPipelineClassCu;
    files[kMmaText] = embed::kMmaCu;
    files[kCurandKernelText] = embed::kCurandKernelCu;
    files[kCuComplexText] = embed::kCuComplexCu;
    files[kThrustTupleText] = embed::kThrustTupleCu;
    files[kThrustCoreText] = embed::kThrustCoreCu;
    files[kThrustFunctionalText] = embed::kThrustFunctionalCu;
    files[kThrustIteratorsText] = embed::kThrustIteratorsCu;
    files[kThrustLaunchText] = embed::kThrustLaunchCu;
    files[kThrustAlgorithmsText] = embed::kThrustAlgorithmsCu;
    files[kThrustReduceText] = embed::kThrustReduceCu;
    files[kThrustSelectText] = embed::kThrustSelectCu;
    files[kThrustSortText] = embed::kThrustSortCu;
    files[kThrustSearchText] = embed::kThrustSearchCu;
    files[kThrustVectorText] = embed::kThrustVectorCu;
    files[kThrustRandomText] = embed::kThrustRandomCu;
    files[kThrustComplexText] = embed::kThrustComplexCu;
    files[kThrustSystemErrorText] = embed::kThrustSystemErrorCu;
    files[kThrustText] = embed::kThrustCu;
    files[kInt128Text] = embed::kInt128Cu;
    files[kHalfRawText] = embed::kHalfRawCu;
    files[kCudaFp8Text] = embed::kCudaFp8Cu;
  }
  compile.is_library = !options_.use_library;
  compile.host_only = options_.host_only;
  compile.library = options_.use_library ? &MathLibrary() : nullptr;
  diag::Sink sink(memory_.arena());
  if (!Compile(memory_.arena(), {name_, text_}, compile, sink, program_)) program_.module = nullptr;
  if (program_.sources != nullptr) diagnostics_ = diag::Render(sink.list(), *program_.sources);
}

std::unique_ptr<Compiled> CompileText(std::string name, std::string text, TextOptions options) {
  return std::make_unique<Compiled>(std::move(name), std::move(text), std::move(options));
}

namespace {

// The text of half's forms as that of bfloat16's.
std::string BFloat16Forms() {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"__halves2half2", "__halves2bfloat162"},
      {"__low2half", "__low2bfloat16"},
      {"__high2half", "__high2bfloat16"},
      {"__ushort_as_half", "__ushort_as_bfloat16"},
      {"__half2", "__bfloat162"},
      {"half2 ", "__nv_bfloat162 "},
      {"half ", "__nv_bfloat16 "},
      {"_HHH(", "_GGG("},
      {"_HH(", "_GG("},
      {"_H(", "_G("},
      {"_hhh(", "_ggg("},
      {"_hh(", "_gg("},
      {"_h(", "_g("},
      {"0x3c00", "0x3f80"},  // 1
  };
  std::string text(embed::kMathHalfCu);
  for (const auto& [half, bfloat16] : kNames) {
    for (size_t at = text.find(half); at != text.npos; at = text.find(half, at + bfloat16.size())) {
      text.replace(at, half.size(), bfloat16);
    }
  }
  return text;
}

}  // namespace

const ir::Module& MathLibrary() {
  static const Compiled& library = []() -> const Compiled& {
    TextOptions options;
    options.use_library = false;
    // One file after the other: each calls what stands before.
    std::string text;
    const std::string bfloat16_forms = BFloat16Forms();
    for (const std::string_view file :
         {embed::kMathCu, embed::kMathDoubleCu, embed::kMathAngleCu, embed::kMathPowerCu,
          embed::kMathSpecialCu, embed::kMathBesselCu, embed::kMathBesselNCu, embed::kMathFormsCu,
          embed::kMathHalfCu, std::string_view(bfloat16_forms), embed::kSimdCu,
          embed::kDeviceFormsCu, embed::kHostFormsCu, embed::kVectorCu}) {
      text += file;
    }
    auto* made = new Compiled("math.cu", std::move(text), options);
    if (!made->ok()) {
      const std::string text = diag::ToText(made->diagnostics());
      CheckFailed(text.c_str(), __FILE__, __LINE__);
    }
    ir::Module& module = made->module();
    for (ir::Function& f : module.functions) {
      for (uint8_t fn = 1; fn < static_cast<uint8_t>(ir::MathFn::kCount); ++fn) {
        if (f.name == ir::InfoOf(static_cast<ir::MathFn>(fn)).spelling) {
          f.math = static_cast<ir::MathFn>(fn);
        }
      }
    }
    return *made;
  }();
  return library.module();
}

}  // namespace ws::front
