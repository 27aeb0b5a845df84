// device-clean
#include "front/macro.h"
#include "front/preprocess.h"

namespace ws::front {

WS_HD void MacroTable::ExpandInvocation(const Token& first, Lexer& file, Vec<Token>& out) {
  const uint32_t begin = out.size();
  invocation_ = first;
  last_loc_ = first.loc_end;
  const uint32_t pool = pool_.size();
  pool_.push_back(first);
  contexts_.push_back({{pool, pool_.size()}, Names::kNoMacro});
  jobs_.push_back({});
  Run(&file, out);
  // The name of a function-like macro that is not called stays what it was.
  if (out.size() == begin + 1 && out[begin].text == first.text) return;
  for (uint32_t i = begin; i < out.size(); ++i) {
    out[i].loc = first.loc;
    out[i].loc_end = last_loc_;
    out[i].flags |= token_flag::kFromMacro;
  }
}

WS_HD std::span<const Token> MacroTable::ExpandList(const Vec<Token>& list) {
  output_.clear();
  if (list.empty()) return {};
  invocation_ = list[0];
  const uint32_t pool = pool_.size();
  for (const Token& t : list) pool_.push_back(t);
  contexts_.push_back({{pool, pool_.size()}, Names::kNoMacro});
  jobs_.push_back({});
  Run(nullptr, output_);
  return output_.span();
}

WS_HD void MacroTable::Stop() {
  stopped_ = true;
  contexts_.clear();
  jobs_.clear();
  args_.clear();
}

// Counts tokens that are about to be made; false when there are too many.
WS_HD bool MacroTable::Produce(uint32_t count) {
  if (stopped_) return false;
  produced_ += count;
  if (produced_ <= kMaxMacroTokens && !arena_->failed()) return true;
  sink_->Report(diag::Kind::kMacroTooLarge, invocation_.loc, invocation_.length, invocation_.view(),
                kMaxMacroTokens);
  Stop();
  return false;
}

WS_HD void MacroTable::Run(Lexer* file, Vec<Token>& out) {
  while (!jobs_.empty()) {
    Job& job = jobs_.back();
    if (job.pending != Names::kNoMacro) {
      if (job.next_argument < args_.size()) {
        if (jobs_.size() >= kMaxMacroNesting) {
          sink_->Report(diag::Kind::kMacroTooDeep, invocation_.loc, invocation_.length,
                        kMaxMacroNesting);
          Stop();
          return;
        }
        const Range raw = args_[job.next_argument].raw;
        jobs_.push_back({.contexts = contexts_.size(), .output = output_.size()});
        contexts_.push_back({raw, Names::kNoMacro});
        continue;
      }
      const uint32_t macro = job.pending;
      const Range range = Substitute(macros_[macro], job.first_argument);
      args_.truncate(job.first_argument);
      job.pending = Names::kNoMacro;
      PushReplacement(macro, range, job.flags);
      continue;
    }
    Token token;
    if (!ReadContext(token)) {
      FinishJob();
      continue;
    }
    Invoke(token, file, out);
  }
}

// The next token of the job's contexts; those that are used up are left.
WS_HD bool MacroTable::ReadContext(Token& token) {
  while (contexts_.size() > jobs_.back().contexts) {
    Context& context = contexts_.back();
    if (context.range.begin < context.range.end && context.range.begin < pool_.size()) {
      token = pool_[context.range.begin++];
      if (context.at_start) {
        constexpr uint8_t kPlace = token_flag::kSpaceBefore | token_flag::kLineStart;
        token.flags = (token.flags & ~kPlace) | (context.flags & kPlace);
        context.at_start = false;
      }
      return true;
    }
    if (context.macro != Names::kNoMacro) macros_[context.macro].disabled = false;
    contexts_.pop_back();
  }
  return false;
}

// The job on top has read all its tokens: its output becomes the expanded argument of the job
// below.
WS_HD void MacroTable::FinishJob() {
  const uint32_t output = jobs_.back().output;
  jobs_.pop_back();
  if (jobs_.empty()) return;
  if (!Produce(output_.size() - output)) return;
  const uint32_t begin = pool_.size();
  for (uint32_t i = output; i < output_.size(); ++i) pool_.push_back(output_[i]);
  output_.truncate(output);
  args_[jobs_.back().next_argument++].expanded = {begin, pool_.size()};
}

WS_HD void MacroTable::Emit(const Token& token, Vec<Token>& out) {
  if (Produce(1)) (jobs_.size() > 1 ? output_ : out).push_back(token);
}

WS_HD void MacroTable::Invoke(const Token& token, Lexer* file, Vec<Token>& out) {
  const uint32_t index = token.name.valid() && (token.flags & token_flag::kNoExpand) == 0
                             ? MacroOf(token.name)
                             : Names::kNoMacro;
  if (index == Names::kNoMacro || index >= macros_.size()) return Emit(token, out);
  const Macro macro = macros_[index];
  if (reads_library_ && !macro.of_library) return Emit(token, out);
  if (macro.disabled) {
    Token painted = token;
    painted.flags |= token_flag::kNoExpand;
    return Emit(painted, out);
  }
  if (!macro.function_like) {
    if (macro.begin == macro.end && !macro.plain) {
      Token dynamic = DynamicToken(names_->view(macro.name));
      dynamic.flags = token.flags;
      return Emit(dynamic, out);
    }
    return PushReplacement(
        index, macro.plain ? Range{macro.begin, macro.end} : Substitute(macro, args_.size()),
        token.flags);
  }
  if (!NextIsLeftParen(file)) return Emit(token, out);
  const uint32_t first_argument = args_.size();
  if (!Collect(macro, file)) return Stop();
  if (!CheckArguments(macro, first_argument)) {
    // A number in its place lets the parser go on without a second error.
    args_.truncate(first_argument);
    Token zero = token;
    zero.kind = TokenKind::kIntNumber;
    zero.text = "0";
    zero.length = 1;
    zero.name = NameId();
    return Emit(zero, out);
  }
  if (macro.plain) {
    args_.truncate(first_argument);
    return PushReplacement(index, {macro.begin, macro.end}, token.flags);
  }
  Job& job = jobs_.back();
  job.pending = index;
  job.first_argument = first_argument;
  job.next_argument = first_argument;
  job.flags = token.flags;
}

WS_HD void MacroTable::PushReplacement(uint32_t macro, Range range, uint8_t flags) {
  if (range.begin == range.end || !Produce(range.end - range.begin)) return;
  contexts_.push_back({range, macro, flags, true});
  macros_[macro].disabled = true;
}

WS_HD bool MacroTable::NextIsLeftParen(const Lexer* file) const {
  for (uint32_t i = contexts_.size(); i > jobs_.back().contexts; --i) {
    const Range range = contexts_[i - 1].range;
    if (range.begin < range.end && range.begin < pool_.size()) {
      return pool_[range.begin].kind == TokenKind::kLeftParen;
    }
  }
  return jobs_.size() == 1 && file != nullptr && file->PeekLeftParen();
}

// Reads `( arguments )` and appends them to args_.
WS_HD bool MacroTable::Collect(const Macro& macro, Lexer* file) {
  uint32_t depth = 0;
  uint32_t begin = 0;
  const uint32_t first_argument = args_.size();
  for (;;) {
    Token t;
    if (!ReadContext(t)) {
      if (jobs_.size() > 1 || file == nullptr) break;
      file->Next(t);
      if (t.kind == TokenKind::kEof || t.kind == TokenKind::kLineEnd) break;
      last_loc_ = t.loc_end;
      if (t.kind == TokenKind::kHash && (t.flags & token_flag::kLineStart) != 0) {
        sink_->Report(diag::Kind::kUnsupported, t.loc, 1, "a directive among macro arguments");
      }
    }
    if (!Produce(1)) return false;
    if (t.kind == TokenKind::kLeftParen) {
      if (depth++ == 0) {
        begin = pool_.size();
        continue;
      }
    } else if (t.kind == TokenKind::kRightParen) {
      if (--depth == 0) {
        args_.push_back({{begin, pool_.size()}, {}});
        return true;
      }
    } else if (t.kind == TokenKind::kComma && depth == 1 &&
               !(macro.variadic && args_.size() - first_argument + 1 >= macro.parameters)) {
      args_.push_back({{begin, pool_.size()}, {}});
      begin = pool_.size();
      continue;
    }
    pool_.push_back(t);
  }
  sink_->Report(diag::Kind::kUnterminatedInvocation, invocation_.loc, invocation_.length,
                names_->view(macro.name));
  return false;
}

WS_HD bool MacroTable::CheckArguments(const Macro& macro, uint32_t first_argument) {
  uint32_t count = args_.size() - first_argument;
  if (count == 1 && macro.parameters == 0 && args_.back().raw.begin == args_.back().raw.end) {
    count = 0;
    args_.truncate(first_argument);
  }
  if (macro.variadic && count + 1 == macro.parameters) {
    args_.push_back({});
    ++count;
  }
  if (count == macro.parameters) return true;
  sink_->Report(diag::Kind::kMacroArguments, invocation_.loc, invocation_.length,
                names_->view(macro.name), macro.parameters, count);
  return false;
}

WS_HD void MacroTable::CopyRange(Range range, uint8_t flags) {
  if (!Produce(range.end - range.begin)) return;
  for (uint32_t i = range.begin; i < range.end; ++i) {
    Token t = pool_[i];
    if (i == range.begin) t.flags = (t.flags & token_flag::kNoExpand) | flags;
    pool_.push_back(t);
  }
}

// Puts the arguments into the replacement; the result is a new range of pool_.
WS_HD MacroTable::Range MacroTable::Substitute(const Macro& macro, uint32_t first_argument) {
  const uint32_t begin = pool_.size();
  bool left_empty = false;  // the last item put out was an empty argument
  for (uint32_t i = macro.begin; i < macro.end && !stopped_; ++i) {
    Token t = pool_[i];
    const bool paste = t.kind == TokenKind::kHashHash && i > macro.begin && i + 1 < macro.end;
    if (paste) t = pool_[++i];
    Token item = t;
    item.loc = diag::Loc{};
    Range range;
    bool is_range = false;
    if (macro.function_like && t.kind == TokenKind::kHash && i + 1 < macro.end) {
      const uint32_t parameter = pool_[++i].loc.offset;
      if (parameter == 0) continue;
      item = Stringify(args_[first_argument + parameter - 1].raw);
      item.flags = t.flags;
    } else if (t.loc.offset != 0) {
      const Argument& arg = args_[first_argument + t.loc.offset - 1];
      const bool rest = macro.variadic && t.loc.offset == macro.parameters;
      if (paste && rest && pool_.size() > begin && pool_.back().kind == TokenKind::kComma &&
          !left_empty) {
        // GNU: `, ## __VA_ARGS__` drops the comma when there are no such arguments.
        if (arg.raw.begin == arg.raw.end) {
          pool_.pop_back();
        } else {
          CopyRange(arg.expanded, t.flags);
        }
        continue;
      }
      const bool pasted = paste || (i + 1 < macro.end && pool_[i + 1].kind == TokenKind::kHashHash);
      range = pasted ? arg.raw : arg.expanded;
      is_range = true;
    }
    if (is_range && range.begin == range.end) {
      left_empty = !paste || left_empty;
      continue;
    }
    if (is_range) item = pool_[range.begin];
    if (paste && !left_empty && pool_.size() > begin) {
      Paste(item);
    } else {
      if (!Produce(1)) break;
      item.flags = (item.flags & token_flag::kNoExpand) | (t.flags & token_flag::kSpaceBefore);
      pool_.push_back(item);
    }
    if (is_range) {
      CopyRange({range.begin + 1, range.end},
                range.begin + 1 < range.end ? pool_[range.begin + 1].flags : 0);
    }
    left_empty = false;
  }
  return {begin, pool_.size()};
}

// Joins the last token of pool_ with `right`, which is dropped if that makes no token.
WS_HD void MacroTable::Paste(const Token& right) {
  const Token left = pool_.back();
  const uint32_t length = left.length + right.length;
  if (!Produce(1 + length / 64)) return;
  char* text = static_cast<char*>(arena_->Allocate(size_t{length} + kTextPadding));
  if (text == nullptr) return;
  memcpy(text, left.text, left.length);
  memcpy(text + left.length, right.text, right.length);
  memset(text + length, 0, kTextPadding);
  Lexer lexer(*arena_, *names_, *sink_, {text, length}, diag::Loc{});
  Token joined;
  lexer.Next(joined);
  if (joined.kind == TokenKind::kEof || joined.length != length) {
    sink_->Report(diag::Kind::kBadPaste, invocation_.loc, invocation_.length, left.view(),
                  right.view());
    return;
  }
  joined.flags = left.flags & token_flag::kSpaceBefore;
  joined.loc = joined.loc_end = diag::Loc{};
  pool_.back() = joined;
}

WS_HD Token MacroTable::Stringify(Range range) {
  size_t bound = 2;
  for (uint32_t i = range.begin; i < range.end; ++i) bound += 2 * size_t{pool_[i].length} + 1;
  Token result;
  result.kind = TokenKind::kString;
  if (!Produce(1 + static_cast<uint32_t>(bound / 64))) return result;
  char* text = static_cast<char*>(arena_->Allocate(bound));
  if (text == nullptr) return result;
  uint32_t size = 0;
  text[size++] = '"';
  for (uint32_t i = range.begin; i < range.end; ++i) {
    const Token& t = pool_[i];
    if (i > range.begin && (t.flags & token_flag::kSpaceBefore) != 0) text[size++] = ' ';
    const bool quoted = t.kind == TokenKind::kString || t.kind == TokenKind::kChar;
    for (uint32_t k = 0; k < t.length; ++k) {
      if (quoted && (t.text[k] == '"' || t.text[k] == '\\')) text[size++] = '\\';
      text[size++] = t.text[k];
    }
  }
  text[size++] = '"';
  result.text = text;
  result.length = size;
  return result;
}

// __LINE__ and __FILE__ where the outermost invocation stands.
WS_HD Token MacroTable::DynamicToken(std::string_view name) {
  const uint32_t index = sources_->FileOf(invocation_.loc);
  Token result;
  if (index == sources_->size()) return result;
  const diag::SourceFile& file = sources_->file(index);
  if (SameText(name, "__FILE__")) {
    result.kind = TokenKind::kString;
    const size_t size = file.name.size() + 2;
    char* text = static_cast<char*>(arena_->Allocate(size));
    if (text == nullptr) return result;
    text[0] = text[size - 1] = '"';
    memcpy(text + 1, file.name.data(), file.name.size());
    result.text = text;
    result.length = static_cast<uint32_t>(size);
    return result;
  }
  const uint32_t at = invocation_.loc.offset - file.base;
  if (line_file_ != index || line_offset_ > at) {
    line_file_ = index;
    line_offset_ = 0;
    line_ = 1;
  }
  for (; line_offset_ < at; ++line_offset_) {
    if (file.text.data()[line_offset_] == '\n') ++line_;
  }
  char digits[10];
  uint32_t count = 0;
  for (uint32_t n = line_; n > 0; n /= 10) digits[count++] = static_cast<char>('0' + n % 10);
  char* text = static_cast<char*>(arena_->Allocate(count));
  if (text == nullptr) return result;
  for (uint32_t i = 0; i < count; ++i) text[i] = digits[count - 1 - i];
  result.kind = TokenKind::kIntNumber;
  result.text = text;
  result.length = count;
  return result;
}

}  // namespace ws::front
