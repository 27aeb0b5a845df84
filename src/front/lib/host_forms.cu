// Functions of the host made of others; see math_forms.cu for the names.

__host__ void ws_set_bytes(void* to, int value, unsigned long count) {
  if (count == 0) return;
  char* bytes = (char*)to;
  bytes[0] = (char)value;
  for (unsigned long done = 1; done < count; done = done * 2) {
    const unsigned long rest = count - done;
    memcpy(bytes + done, bytes, rest < done ? rest : done);
  }
}
__host__ void* ws_memset_pim(void* to, int value, unsigned long count) {
  ws_set_bytes(to, value, count);
  return to;
}

__host__ unsigned long ws_strlen_Z(const char* text) {
  unsigned long count = 0;
  while (text[count] != 0) ++count;
  return count;
}
__host__ int ws_strcmp_ZZ(const char* a, const char* b) {
  unsigned long i = 0;
  while (a[i] != 0 && a[i] == b[i]) ++i;
  return (int)(unsigned char)a[i] - (int)(unsigned char)b[i];
}
__host__ int ws_atoi_Z(const char* text) {
  unsigned long i = 0;
  while (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) ++i;
  const bool minus = text[i] == '-';
  if (minus || text[i] == '+') ++i;
  long value = 0;
  for (; text[i] >= '0' && text[i] <= '9' && value < 100000000000; ++i) {
    value = value * 10 + (text[i] - '0');
  }
  return (int)(minus ? -value : value);
}

// Runs are repeatable, so the time is always that of 1 January 1970.
__host__ long ws_time_p(void* to) {
  if (to != nullptr) *(long*)to = 0;
  return 0;
}

// The additive feedback generator of glibc's rand: each of 31 words is the sum of those 3 and 31
// steps before.
unsigned int ws_random_words[31];
int ws_random_front = -1;

__host__ void ws_srand_u(unsigned int seed) {
  int word = seed == 0 ? 1 : (int)seed;
  ws_random_words[0] = (unsigned int)word;
  for (int i = 1; i < 31; ++i) {
    const long high = word / 127773;
    const long low = word % 127773;
    long next = 16807 * low - 2836 * high;
    if (next < 0) next += 2147483647;
    word = (int)next;
    ws_random_words[i] = (unsigned int)word;
  }
  ws_random_front = 3;
  for (int i = 0; i < 310; ++i) {
    const int back = (ws_random_front + 28) % 31;
    ws_random_words[ws_random_front] += ws_random_words[back];
    ws_random_front = (ws_random_front + 1) % 31;
  }
}
__host__ int ws_rand_() {
  if (ws_random_front < 0) ws_srand_u(1);
  const int back = (ws_random_front + 28) % 31;
  ws_random_words[ws_random_front] += ws_random_words[back];
  const int value = (int)(ws_random_words[ws_random_front] >> 1);
  ws_random_front = (ws_random_front + 1) % 31;
  return value;
}

__host__ int ws_strncmp_ZZm(const char* a, const char* b, unsigned long count) {
  for (unsigned long i = 0; i < count; ++i) {
    if (a[i] != b[i] || a[i] == 0) return (int)(unsigned char)a[i] - (int)(unsigned char)b[i];
  }
  return 0;
}
__host__ int ws_memcmp_qqm(const void* a, const void* b, unsigned long count) {
  const unsigned char* x = (const unsigned char*)a;
  const unsigned char* y = (const unsigned char*)b;
  for (unsigned long i = 0; i < count; ++i) {
    if (x[i] != y[i]) return (int)x[i] - (int)y[i];
  }
  return 0;
}
__host__ char* ws_strcpy_pcZ(char* to, const char* from) {
  memcpy(to, from, ws_strlen_Z(from) + 1);
  return to;
}
__host__ char* ws_strncpy_pcZm(char* to, const char* from, unsigned long count) {
  unsigned long i = 0;
  for (; i < count && from[i] != 0; ++i) to[i] = from[i];
  for (; i < count; ++i) to[i] = 0;
  return to;
}
__host__ char* ws_strcat_pcZ(char* to, const char* from) {
  memcpy(to + ws_strlen_Z(to), from, ws_strlen_Z(from) + 1);
  return to;
}
__host__ long ws_strtol_Zpi(const char* text, void* end, int base) {
  unsigned long i = 0;
  while (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) ++i;
  const bool minus = text[i] == '-';
  if (minus || text[i] == '+') ++i;
  const bool hex = text[i] == '0' && (text[i + 1] == 'x' || text[i + 1] == 'X');
  if (hex && (base == 0 || base == 16)) {
    i += 2;
    base = 16;
  } else if (base == 0) {
    base = text[i] == '0' ? 8 : 10;
  }
  const unsigned long most = minus ? 9223372036854775808ul : 9223372036854775807ul;
  unsigned long value = 0;
  bool any = false;
  for (;; ++i) {
    const int c = text[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 10
                      : c >= 'A' && c <= 'Z' ? c - 'A' + 10
                                             : 99;
    if (digit >= base) break;
    any = true;
    const unsigned long next = value * (unsigned long)base + (unsigned long)digit;
    value = value > (most - (unsigned long)digit) / (unsigned long)base ? most : next;
  }
  if (end != nullptr) *(const char**)end = any ? text + i : text;
  return minus ? (long)(0ul - value) : (long)value;
}
__host__ long ws_atol_Z(const char* text) { return ws_strtol_Zpi(text, nullptr, 10); }
__host__ long long ws_atoll_Z(const char* text) { return ws_strtol_Zpi(text, nullptr, 10); }
__host__ double ws_strtod_Zp(const char* text, void* end) {
  if (end != nullptr) *(const char**)end = text + (unsigned long)__ws_parse(text, 1);
  return __ws_parse(text, 0);
}
__host__ float ws_strtof_Zp(const char* text, void* end) {
  if (end != nullptr) *(const char**)end = text + (unsigned long)__ws_parse(text, 1);
  return (float)__ws_parse(text, 2);
}
__host__ double ws_atof_Z(const char* text) { return __ws_parse(text, 0); }

__host__ void* ws_calloc_mm(unsigned long count, unsigned long bytes) {
  if (bytes != 0 && count > (1ul << 40) / bytes) return nullptr;
  void* memory = malloc(count * bytes);
  ws_set_bytes(memory, 0, count * bytes);
  return memory;
}

__host__ void* ws_realloc_pm(void* memory, unsigned long bytes) {
  if (memory == nullptr) return malloc(bytes);
  if (bytes == 0) {
    free(memory);
    return nullptr;
  }
  const unsigned long room = __ws_room(memory);
  void* larger = malloc(bytes);
  memcpy(larger, memory, room < bytes ? room : bytes);
  free(memory);
  return larger;
}

__host__ int ws_puts_Z(const char* text) { return printf("%s\n", text); }
__host__ int ws_fputs_Zp(const char* text, void* file) { return fprintf(file, "%s", text); }
__host__ int ws_putchar_i(int c) {
  printf("%c", c);
  return (int)(unsigned char)c;
}
__host__ void ws_perror_Z(const char* text) { printf("%s: Success\n", text); }
__host__ int ws_fflush_p(void* file) {
  return file == nullptr ? 0 : (int)__ws_stream(14, (long)file, 0, 0);
}
// A program's environment is empty.
__host__ char* ws_getenv_Z(const char* name) { return nullptr; }

__host__ int ws_isdigit_i(int c) { return c >= '0' && c <= '9' ? 1 : 0; }
__host__ int ws_isalpha_i(int c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
}
__host__ int ws_isalnum_i(int c) { return ws_isdigit_i(c) | ws_isalpha_i(c); }
__host__ int ws_isspace_i(int c) { return c == ' ' || (c >= '\t' && c <= '\r') ? 1 : 0; }
__host__ int ws_toupper_i(int c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }
__host__ int ws_tolower_i(int c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }

// The generators of POSIX and glibc.
unsigned long ws_random48 = 0;
__host__ void ws_srand48_l(long seed) {
  ws_random48 = ((unsigned long)seed & 0xffffffffu) << 16 | 0x330eu;
}
__host__ double ws_drand48_() {
  ws_random48 = (ws_random48 * 0x5deece66dul + 0xbul) & 0xfffffffffffful;
  return (double)ws_random48 / 281474976710656.0;
}
__host__ int ws_rand_r_pu(unsigned int* seed) {
  unsigned int next = *seed * 1103515245u + 12345u;
  unsigned int result = next / 65536u % 2048u;
  next = next * 1103515245u + 12345u;
  result = (result << 10) ^ (next / 65536u % 1024u);
  next = next * 1103515245u + 12345u;
  result = (result << 10) ^ (next / 65536u % 1024u);
  *seed = next;
  return (int)result;
}

// Files: a FILE* is the number of a stream (exec/host_streams.h).
__host__ void* ws_fopen_ZZ(const char* path, const char* mode) {
  return (void*)__ws_stream(1, (long)path, (long)mode, 0);
}
__host__ int ws_fclose_p(void* file) { return (int)__ws_stream(2, (long)file, 0, 0); }
__host__ unsigned long ws_fread_pmmp(void* to, unsigned long bytes, unsigned long count,
                                     void* file) {
  if (bytes == 0 || count == 0 || count > (1ul << 40) / bytes) return 0;
  return (unsigned long)__ws_stream(6, (long)file, (long)to, (long)(bytes * count)) / bytes;
}
__host__ unsigned long ws_fwrite_qmmp(const void* from, unsigned long bytes, unsigned long count,
                                      void* file) {
  if (bytes == 0 || count == 0 || count > (1ul << 40) / bytes) return 0;
  return (unsigned long)__ws_stream(7, (long)file, (long)from, (long)(bytes * count)) / bytes;
}
__host__ int ws_fgetc_p(void* file) { return (int)__ws_stream(8, (long)file, 0, 0); }
__host__ int ws_getc_p(void* file) { return (int)__ws_stream(8, (long)file, 0, 0); }
__host__ int ws_getchar_() { return (int)__ws_stream(8, 1, 0, 0); }
__host__ int ws_ungetc_ip(int c, void* file) {
  if (c < 0) return -1;
  __ws_stream(9, (long)file, 0, 0);
  return c;
}
__host__ char* ws_fgets_pcip(char* to, int room, void* file) {
  int count = 0;
  while (count + 1 < room) {
    const int c = (int)__ws_stream(8, (long)file, 0, 0);
    if (c < 0) break;
    to[count] = (char)c;
    ++count;
    if (c == '\n') break;
  }
  if (count == 0 || room <= 0) return nullptr;
  to[count] = 0;
  return to;
}
__host__ int ws_fputc_ip(int c, void* file) {
  char byte = (char)c;
  return __ws_stream(7, (long)file, (long)&byte, 1) == 1 ? (int)(unsigned char)byte : -1;
}
__host__ int ws_putc_ip(int c, void* file) { return ws_fputc_ip(c, file); }
__host__ int ws_feof_p(void* file) { return (int)__ws_stream(12, (long)file, 0, 0) & 1; }
__host__ int ws_ferror_p(void* file) { return (int)__ws_stream(12, (long)file, 0, 0) >> 1; }
__host__ void ws_clearerr_p(void* file) { __ws_stream(13, (long)file, 0, 0); }
__host__ int ws_fseek_pli(void* file, long offset, int from) {
  return (int)__ws_stream(10, (long)file, offset, from);
}
__host__ long ws_ftell_p(void* file) { return __ws_stream(11, (long)file, 0, 0); }
__host__ void ws_rewind_p(void* file) {
  __ws_stream(10, (long)file, 0, 0);
  __ws_stream(13, (long)file, 0, 0);
}
__host__ void ws_setbuf_pp(void* file, void* buffer) {}
__host__ int ws_setvbuf_ppim(void* file, void* buffer, int mode, unsigned long bytes) { return 0; }

__host__ int ws_vprintf_Zp(const char* format, void* list) {
  return __ws_format_list((void*)2, nullptr, 0, format, list);
}
__host__ int ws_vfprintf_pZp(void* file, const char* format, void* list) {
  return __ws_format_list(file, nullptr, 0, format, list);
}
__host__ int ws_vsnprintf_pmZp(void* to, unsigned long room, const char* format, void* list) {
  return __ws_format_list(nullptr, to, (long)room, format, list);
}
__host__ int ws_vsprintf_pcZp(char* to, const char* format, void* list) {
  return __ws_format_list(nullptr, to, 9223372036854775807, format, list);
}

__host__ char* ws_strchr_Zi(const char* text, int c) {
  for (unsigned long i = 0;; ++i) {
    if (text[i] == (char)c) return (char*)text + i;
    if (text[i] == 0) return nullptr;
  }
}
__host__ char* ws_strrchr_Zi(const char* text, int c) {
  char* last = nullptr;
  for (unsigned long i = 0;; ++i) {
    if (text[i] == (char)c) last = (char*)text + i;
    if (text[i] == 0) return last;
  }
}
__host__ char* ws_strstr_ZZ(const char* text, const char* part) {
  for (unsigned long i = 0;; ++i) {
    unsigned long same = 0;
    while (part[same] != 0 && text[i + same] == part[same]) ++same;
    if (part[same] == 0) return (char*)text + i;
    if (text[i] == 0) return nullptr;
  }
}
// How many characters of the text are (or are not) of the set.
__host__ unsigned long ws_span(const char* text, const char* set, bool of_set) {
  unsigned long i = 0;
  for (; text[i] != 0; ++i) {
    bool found = false;
    for (unsigned long k = 0; set[k] != 0 && !found; ++k) found = set[k] == text[i];
    if (found != of_set) break;
  }
  return i;
}
__host__ unsigned long ws_strspn_ZZ(const char* text, const char* set) {
  return ws_span(text, set, true);
}
__host__ unsigned long ws_strcspn_ZZ(const char* text, const char* set) {
  return ws_span(text, set, false);
}
__host__ char* ws_strpbrk_ZZ(const char* text, const char* set) {
  const unsigned long i = ws_span(text, set, false);
  return text[i] == 0 ? nullptr : (char*)text + i;
}
char* ws_token_rest = nullptr;
__host__ char* ws_strtok_pZ(void* from, const char* set) {
  char* text = from == nullptr ? ws_token_rest : (char*)from;
  if (text == nullptr) return nullptr;
  text = text + ws_span(text, set, true);
  if (text[0] == 0) {
    ws_token_rest = text;
    return nullptr;
  }
  char* behind = text + ws_span(text, set, false);
  ws_token_rest = behind;
  if (behind[0] != 0) {
    behind[0] = 0;
    ws_token_rest = behind + 1;
  }
  return text;
}
__host__ char* ws_strncat_pcZm(char* to, const char* from, unsigned long count) {
  const unsigned long at = ws_strlen_Z(to);
  unsigned long i = 0;
  for (; i < count && from[i] != 0; ++i) to[at + i] = from[i];
  to[at + i] = 0;
  return to;
}
__host__ char* ws_strdup_Z(const char* text) {
  const unsigned long bytes = ws_strlen_Z(text) + 1;
  char* copy = (char*)malloc(bytes);
  memcpy(copy, text, bytes);
  return copy;
}
__host__ int ws_strcasecmp_ZZ(const char* a, const char* b) {
  unsigned long i = 0;
  while (a[i] != 0 && ws_tolower_i(a[i]) == ws_tolower_i(b[i])) ++i;
  return ws_tolower_i((unsigned char)a[i]) - ws_tolower_i((unsigned char)b[i]);
}
__host__ char* ws_strerror_i(int code) {
  return (char*)(code == 0 ? "Success" : code == 2 ? "No such file or directory" : "Unknown error");
}
__host__ unsigned long ws_strtoul_Zpi(const char* text, void* end, int base) {
  return (unsigned long)ws_strtol_Zpi(text, end, base);
}
__host__ long long ws_strtoll_Zpi(const char* text, void* end, int base) {
  return ws_strtol_Zpi(text, end, base);
}
__host__ unsigned long long ws_strtoull_Zpi(const char* text, void* end, int base) {
  return (unsigned long)ws_strtol_Zpi(text, end, base);
}
