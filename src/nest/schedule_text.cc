// A schedule as one line of text, and back.
#include "base/format.h"
#include "base/hash.h"
#include "nest/schedule.h"

namespace ws::nest {
namespace {

const char* DimName(Dim dim) {
  switch (dim) {
    case Dim::kNone:
      return "-";
    case Dim::kX:
      return "x";
    case Dim::kY:
      return "y";
    case Dim::kZ:
      return "z";
  }
  return "-";
}

// Reads the text of ToText.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool Eat(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  Status Expect(std::string_view word) {
    if (Eat(word)) return Ok();
    return Error{Format("schedule text: `{}` expected at byte {}", word, at_)};
  }
  Result<uint32_t> Number() {
    uint64_t value = 0;
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && at_ - begin < 10) {
      value = value * 10 + static_cast<uint64_t>(text_[at_++] - '0');
    }
    if (at_ == begin || value > 0xfffffffeu) {
      return Error{Format("schedule text: a number expected at byte {}", begin)};
    }
    return static_cast<uint32_t>(value);
  }
  Result<Dim> ReadDim() {
    for (const Dim dim : {Dim::kNone, Dim::kX, Dim::kY, Dim::kZ}) {
      if (Eat(DimName(dim))) return dim;
    }
    return Error{Format("schedule text: one of - x y z expected at byte {}", at_)};
  }
  bool AtEnd() const { return at_ == text_.size(); }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

Result<NestPlan> ReadNest(Reader& reader) {
  NestPlan nest;
  TRY_OK(reader.Expect("("));
  while (reader.Eat("a")) {
    AxisPlan axis;
    TRY(axis.axis.index, reader.Number());
    TRY_OK(reader.Expect(":"));
    TRY(axis.grid, reader.ReadDim());
    TRY(axis.thread, reader.ReadDim());
    TRY(axis.threads, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(axis.items, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(axis.vector, reader.Number());
    nest.axes.push_back(axis);
    reader.Eat(" ");
  }
  while (reader.Eat("stage")) {
    Stage stage;
    TRY(stage.buffer.index, reader.Number());
    TRY_OK(reader.Expect("/a"));
    TRY(stage.inner.index, reader.Number());
    TRY_OK(reader.Expect("+"));
    TRY(stage.pad, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(stage.vector, reader.Number());
    nest.stages.push_back(stage);
    reader.Eat(" ");
  }
  if (reader.Eat("buffers")) {
    TRY(nest.buffers, reader.Number());
    reader.Eat(" ");
  }
  if (reader.Eat("unroll")) {
    TRY(nest.unroll, reader.Number());
    reader.Eat(" ");
  }
  if (reader.Eat("private")) {
    TRY(nest.window, reader.Number());
    TRY_OK(reader.Expect("*"));
    TRY(nest.copies, reader.Number());
    reader.Eat(" ");
  }
  nest.joined = reader.Eat("joined");
  TRY_OK(reader.Expect(")"));
  return nest;
}

Result<KernelPlan> ReadKernel(Reader& reader) {
  KernelPlan kernel;
  TRY(kernel.first, reader.Number());
  TRY_OK(reader.Expect("["));
  while (!reader.Eat("]")) {
    if (reader.Eat("keep")) {
      Keep keep;
      TRY(keep.buffer.index, reader.Number());
      if (reader.Eat("s")) {
        keep.place = Place::kShared;
      } else {
        TRY_OK(reader.Expect("r"));
      }
      kernel.keeps.push_back(keep);
    } else if (reader.Eat("blocks")) {
      TRY(kernel.min_blocks, reader.Number());
    } else if (reader.Eat("whole")) {
      kernel.whole = true;
    } else {
      TRY(NestPlan nest, ReadNest(reader));
      kernel.nests.push_back(std::move(nest));
    }
    reader.Eat(" ");
  }
  return kernel;
}

}  // namespace

std::string ToText(const Schedule& schedule) {
  std::string text;
  for (const uint32_t nest : schedule.inlines) AppendFormat(text, "inline{} ", nest);
  for (const Split& split : schedule.splits) {
    AppendFormat(text, "split{}/a{}*{} ", split.nest, split.axis.index, split.parts);
  }
  for (const KernelPlan& kernel : schedule.kernels) {
    AppendFormat(text, "kernel{}[", kernel.first);
    for (const NestPlan& nest : kernel.nests) {
      text += '(';
      for (const AxisPlan& axis : nest.axes) {
        AppendFormat(text, "a{}:{}{}{}*{}*{} ", axis.axis.index, DimName(axis.grid),
                     DimName(axis.thread), axis.threads, axis.items, axis.vector);
      }
      for (const Stage& stage : nest.stages) {
        AppendFormat(text, "stage{}/a{}+{}*{} ", stage.buffer.index, stage.inner.index, stage.pad,
                     stage.vector);
      }
      if (nest.buffers != 1) AppendFormat(text, "buffers{} ", nest.buffers);
      if (nest.unroll != 0) AppendFormat(text, "unroll{} ", nest.unroll);
      if (nest.window != 0) AppendFormat(text, "private{}*{} ", nest.window, nest.copies);
      if (nest.joined) text += "joined ";
      if (text.back() == ' ') text.pop_back();
      text += ") ";
    }
    for (const Keep& keep : kernel.keeps) {
      AppendFormat(text, "keep{}{} ", keep.buffer.index, keep.place == Place::kShared ? "s" : "r");
    }
    if (kernel.min_blocks != 0) AppendFormat(text, "blocks{} ", kernel.min_blocks);
    if (kernel.whole) text += "whole ";
    if (text.back() == ' ') text.pop_back();
    text += "] ";
  }
  if (!text.empty()) text.pop_back();
  return text;
}

Result<Schedule> ParseSchedule(std::string_view text) {
  Reader reader(text);
  Schedule schedule;
  while (!reader.AtEnd()) {
    if (reader.Eat("inline")) {
      TRY(const uint32_t nest, reader.Number());
      schedule.inlines.push_back(nest);
    } else if (reader.Eat("split")) {
      Split split;
      TRY(split.nest, reader.Number());
      TRY_OK(reader.Expect("/a"));
      TRY(split.axis.index, reader.Number());
      TRY_OK(reader.Expect("*"));
      TRY(split.parts, reader.Number());
      schedule.splits.push_back(split);
    } else {
      TRY_OK(reader.Expect("kernel"));
      TRY(KernelPlan kernel, ReadKernel(reader));
      schedule.kernels.push_back(std::move(kernel));
    }
    reader.Eat(" ");
  }
  return schedule;
}

uint64_t Hash(const Schedule& schedule) { return HashText(ToText(schedule)); }

}  // namespace ws::nest
