// Prints libFuzzer's dictionary of one language: the words of the readers' tables, and those of the
// files that are named.
//   fuzz_dictionary cuda|ptx|toml [FILE...]
#include <cctype>
#include <cstdio>
#include <fstream>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "front/builtins.h"
#include "front/words.h"
#include "ir/reader/words.h"
#include "task/element.h"
#include "task/scalar.h"
#include "task/task.h"

namespace ws::fuzz {
namespace {

using Words = std::set<std::string, std::less<>>;

void AddCuda(Words& words) {
  for (int kind = 0; kind < static_cast<int>(front::TokenKind::kCount); ++kind) {
    words.emplace(front::SpellingOf(static_cast<front::TokenKind>(kind)));
  }
  for (uint32_t i = 0; i < front::NumBuiltinRows(); ++i) {
    words.emplace(front::RowOf(static_cast<uint16_t>(i)).spelling);
  }
  for (const std::string_view word : {
#define BUILTIN_TYPE(name, spelling, kind, scalar, count) spelling,
#include "front/builtin_types.def"
#undef BUILTIN_TYPE
#define BUILTIN_MACRO(name, text) #name,
#include "front/builtin_macros.def"
#undef BUILTIN_MACRO
#define KNOWN_HEADER(name) "#include <" name ">\n",
#define KNOWN_FOLDER(beginning) "#include <" beginning,
#include "front/known_headers.def"
#undef KNOWN_HEADER
#undef KNOWN_FOLDER
           "#define ", "#undef ", "#if ", "#ifdef ", "#elif ", "#else\n", "#endif\n", "#error ",
           "#pragma unroll\n", "#include \"self.h\"\n", "defined(", "__VA_ARGS__", "//schedule "}) {
    words.emplace(word);
  }
}

void AddPtx(Words& words) {
  for (uint16_t mod = 0; mod < static_cast<uint16_t>(ir::reader::Mod::kCount); ++mod) {
    words.emplace(ir::reader::InfoOf(static_cast<ir::reader::Mod>(mod)).spelling);
  }
  for (uint32_t i = 0; i < ir::reader::kNumOpcodes; ++i) {
    words.emplace(ir::reader::OpcodeAt(i).spelling);
  }
  for (const std::string_view word : {"%r1",
                                      "%rd1",
                                      "%f1",
                                      "%p1",
                                      "@%p1 ",
                                      "%tid.x",
                                      "%laneid",
                                      "0f3F800000",
                                      "0d3FF0000000000000",
                                      "WARP_SZ",
                                      "generic(",
                                      "[%rd1+4]",
                                      "{%r1, %r2}",
                                      "%r1|%p1",
                                      "vprintf",
                                      ".reg .b32 %r<9>;\n",
                                      "call.uni (r), f, (a);\n",
                                      "bra L;\n",
                                      "L:\n",
                                      "_"}) {
    words.emplace(word);
  }
}

void AddToml(Words& words) {
  for (int dtype = 0; dtype <= static_cast<int>(task::DType::kBool); ++dtype) {
    words.emplace(task::Name(static_cast<task::DType>(dtype)));
  }
  for (int role = 0; role <= static_cast<int>(task::Role::kScalar); ++role) {
    words.emplace(task::Name(static_cast<task::Role>(role)));
  }
  for (const std::string_view name : task::ScalarTypeNames()) words.emplace(name);
  for (const std::string_view word :
       {"[[arg]]\n", "[sizes]\n", "[reference]\n", "[baseline]\n", "naive.cu", "ceil_div(", "min(",
        "max(", "\"\"\"", "'''", "\\u00e9", "1979-05-27T07:32:00Z", "0x", "inf", "nan", "1e308",
        "\x93NUMPY\x01"}) {
    words.emplace(word);
  }
}

// Letters, digits and underscores that stand together.
void AddFile(const char* path, Words& words) {
  std::ifstream file(path);
  std::string word;
  for (char c; file.get(c);) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
      word += c;
      continue;
    }
    words.insert(word);
    word.clear();
  }
  words.insert(word);
}

void Print(const Words& words) {
  for (const std::string& word : words) {
    if (word.empty()) continue;
    std::putchar('"');
    for (const char c : word) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\') {
        std::printf("\\%c", c);
      } else if (byte < 0x20 || byte > 0x7e) {
        std::printf("\\x%02x", byte);
      } else {
        std::putchar(c);
      }
    }
    std::puts("\"");
  }
}

int Main(std::span<char*> args) {
  Words words;
  const std::string_view language = args.empty() ? "" : args[0];
  if (language == "cuda") AddCuda(words);
  if (language == "ptx") AddPtx(words);
  if (language == "toml") AddToml(words);
  if (words.empty()) return 2;
  for (const char* path : args.subspan(1)) AddFile(path, words);
  Print(words);
  return 0;
}

}  // namespace
}  // namespace ws::fuzz

int main(int argc, char** argv) {
  return ws::fuzz::Main({argv + 1, static_cast<size_t>(argc - 1)});
}
