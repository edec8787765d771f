#define _GNU_SOURCE
#include "CMachine.h"

#ifdef __linux__
#include <sched.h>
#include <stdint.h>
#include <sys/mman.h>

int stancekit_allowed_processors(void) {
  cpu_set_t allowed;
  return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 0;
}

void stancekit_prefer_huge_pages(void *memory, size_t count) {
  const uintptr_t page = (uintptr_t)1 << 21;
  uintptr_t first = ((uintptr_t)memory + page - 1) & ~(page - 1);
  uintptr_t end = ((uintptr_t)memory + count) & ~(page - 1);
  if (end > first) madvise((void *)first, end - first, MADV_HUGEPAGE);
}

bool stancekit_move_pages(void *pages, size_t count, void *target, size_t target_count) {
  int flags = MREMAP_MAYMOVE | MREMAP_FIXED;
  return mremap(pages, count, target_count, flags, target) == target;
}
#else
int stancekit_allowed_processors(void) { return 0; }

void stancekit_prefer_huge_pages(void *memory, size_t count) {}

bool stancekit_move_pages(void *pages, size_t count, void *target, size_t target_count) { return false; }
#endif
