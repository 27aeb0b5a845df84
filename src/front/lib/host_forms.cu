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
