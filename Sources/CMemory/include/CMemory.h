#pragma once

/// Asks for the cache line at an address, which is about to be read and written. Any address will do.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) {
  __builtin_prefetch(address, 0, 3);
}
