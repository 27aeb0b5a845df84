// The words of declaration specifiers read so far. Device-clean; used by the parser alone.
#ifndef WARPSMITH_FRONT_SPECIFIER_WORDS_H_
#define WARPSMITH_FRONT_SPECIFIER_WORDS_H_

#include <cstdint>

namespace ws::front {

struct SpecifierWords {
  uint32_t seen = 0;         // words of C's type names
  uint32_t name = 0;         // token of a named type
  bool has_args = false;     // it is a template
  bool is_special = false;   // a struct that specialises a template: its arguments follow
  bool is_template = false;  // a struct template, or a specialisation of one
  bool is_typename = false;  // behind `typename`, so what follows is a type
  bool is_decltype = false;
  uint32_t body = 0;     // struct or enumeration with members: its { or :
  uint32_t keyword = 0;  // of that
  uint32_t align = 0;    // struct: the ( of alignas whose value is not known yet; 0 without
  uint32_t bases = 0;    // struct: behind the : before its bases; 0 without
  uint32_t flags = 0;    // of that: struct_flag, or 1 for a scoped enumeration
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_SPECIFIER_WORDS_H_
