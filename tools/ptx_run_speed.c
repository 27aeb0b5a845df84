/* Launches a second of ptx_run, without an interpreter around it: what tools/ptx_run_speed.py does
 * from Python, on the files that it writes.
 *
 *   ptx_run_speed FOLDER LAUNCHES RUNS
 *
 * FOLDER/modules.txt has a line a module: name, block, grid, dynamic shared bytes. NAME.ptx is its
 * text, NAME.out what it must give, `in` what it reads. */
#define _POSIX_C_SOURCE 200809L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

void ptx_run(const char* ptx, int n_args, void** args, int block_x, int block_y, int block_z,
             int grid_x, int grid_y, int grid_z, int dynamic_shared_bytes);

enum { kMostModules = 256, kInWords = 128, kOutWords = 256, kMostRuns = 100 };

struct Module {
  char name[64];
  int block[3], grid[3], shared;
  char* text;
  uint32_t *want, *out;
};

static uint32_t in[kInWords];

/* The bytes of a file and a zero; ends the program if it cannot be read. */
static char* Read(const char* folder, const char* name, const char* ending) {
  char path[1024];
  snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
  FILE* file = fopen(path, "rb");
  if (file == NULL) {
    perror(path);
    exit(2);
  }
  fseek(file, 0, SEEK_END);
  const long size = ftell(file);
  rewind(file);
  char* bytes = calloc((size_t)size + 1, 1);
  if (bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size) exit(2);
  fclose(file);
  return bytes;
}

static void Run(const struct Module* m) {
  void* args[3];
  args[0] = m->out;
  args[1] = in;
  args[2] = (void*)(uintptr_t)kInWords;
  ptx_run(m->text, 3, args, m->block[0], m->block[1], m->block[2], m->grid[0], m->grid[1],
          m->grid[2], m->shared);
}

/* How many modules give something wrong on zeros. */
static int Check(const struct Module* modules, int count) {
  int wrong = 0;
  for (int k = 0; k < count; ++k) {
    memset(modules[k].out, 0, 4 * kOutWords);
    Run(&modules[k]);
    if (memcmp(modules[k].out, modules[k].want, 4 * kOutWords) != 0) {
      printf("%s: wrong result\n", modules[k].name);
      ++wrong;
    }
  }
  return wrong;
}

static double Seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int Ascending(const void* a, const void* b) {
  const double x = *(const double*)a, y = *(const double*)b;
  return (x > y) - (x < y);
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const int launches = atoi(argv[2]), runs = atoi(argv[3]);
  if (launches < 1 || runs < 1 || runs > kMostRuns) return 2;
  static struct Module modules[kMostModules];
  int count = 0;
  char* list = Read(argv[1], "modules", ".txt");
  for (char* line = strtok(list, "\n"); line != NULL && count < kMostModules;
       line = strtok(NULL, "\n")) {
    struct Module* m = &modules[count++];
    if (sscanf(line, "%63s %d %d %d %d %d %d %d", m->name, &m->block[0], &m->block[1], &m->block[2],
               &m->grid[0], &m->grid[1], &m->grid[2], &m->shared) != 8) {
      return 2;
    }
  }
  if (count == 0) return 2;
  memcpy(in, Read(argv[1], "in", ""), sizeof in);
  for (int k = 0; k < count; ++k) {
    modules[k].text = Read(argv[1], modules[k].name, ".ptx");
    modules[k].want = (uint32_t*)Read(argv[1], modules[k].name, ".out");
    modules[k].out = calloc(kOutWords, 4);
  }
  if (Check(modules, count) != 0) return 1;
  double rates[kMostRuns], of_cpu[kMostRuns];
  for (int run = 0; run < runs; ++run) {
    const clock_t begin_cpu = clock();
    const double begin = Seconds();
    for (int i = 0; i < launches; ++i) Run(&modules[i % count]);
    rates[run] = launches / (Seconds() - begin);
    of_cpu[run] = launches / ((double)(clock() - begin_cpu) / CLOCKS_PER_SEC);
  }
  if (Check(modules, count) != 0) return 1;
  qsort(rates, (size_t)runs, sizeof rates[0], Ascending);
  qsort(of_cpu, (size_t)runs, sizeof of_cpu[0], Ascending);
  printf("C: %.0f launches/s (%.0f to %.0f in %d runs of %d), %.0f a second of processor time\n",
         rates[runs / 2], rates[0], rates[runs - 1], runs, launches, of_cpu[runs / 2]);
  return 0;
}
