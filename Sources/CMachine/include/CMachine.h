#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Asks for the cache line at an address, which is about to be read and written. Any address will do.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) {
  __builtin_prefetch(address, 0, 3);
}

/// Tells the processor that the thread is waiting for another one to write.
static inline __attribute__((always_inline)) void pause_thread(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}

/// How many processors this process may use; 0 where the system does not tell.
int stancekit_allowed_processors(void);

/// Asks for huge pages under memory that is about to be filled: the first touch of a page costs as much
/// as clearing it several times. Nothing is lost where the system has none.
void stancekit_prefer_huge_pages(void *memory, size_t count);

/// Moves mapped pages over other ones of this process, of which there are `target_count` bytes, without
/// copying them; what is left of the target is empty. Returns false, with the pages where they were, where
/// the system cannot do so; the target may be unmapped then, and must not be used any more.
bool stancekit_move_pages(void *pages, size_t count, void *target, size_t target_count);
