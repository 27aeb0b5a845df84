// RUN: run %s 12 -- -x
int main(int argc, char** argv) {
  printf("%d words:", argc);
  for (int i = 1; i < argc; ++i) printf(" %s", argv[i]);
  int name = 0;
  while (argv[0][name] != 0) ++name;
  printf(" %s, then %d\n", argv[0] + name - 13, argv[argc] == nullptr);
  argv[1][0] = '3';
  printf("%s\n", argv[1]);
  return 0;
}
// STDOUT:
// 3 words: 12 -x main_words.cu, then 1
// 32
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
