#include "CSHA256.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/// Whether the processor has the SHA extensions, and SSE 4.1 for what is around them.
static bool has_instructions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3)) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & (1u << 29));
}

/// The instructions want the words as a, b, e, f and c, d, g, h, from the highest to the lowest.
__attribute__((target("sha,sse4.1")))
static void take_blocks(
    uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
  for (size_t block = 0; block < count; block++) {
    const __m128i old_abef = abef, old_cdgh = cdgh;
    __m128i words[4];
#pragma unroll
    for (int i = 0; i < 16; i++) {
      __m128i next;
      if (i < 4) {
        const uint8_t *source = blocks + 64 * block + 16 * i;
        next = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)source), big_endian);
      } else {
        const __m128i last = words[(i + 3) & 3];
        next = _mm_add_epi32(
            _mm_sha256msg1_epu32(words[i & 3], words[(i + 1) & 3]),
            _mm_alignr_epi8(last, words[(i + 2) & 3], 4));
        next = _mm_sha256msg2_epu32(next, last);
      }
      words[i & 3] = next;
      const __m128i sum =
          _mm_add_epi32(next, _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
    }
    abef = _mm_add_epi32(abef, old_abef);
    cdgh = _mm_add_epi32(cdgh, old_cdgh);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

bool sha256_take_blocks(
    uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  if (!has_instructions()) return false;
  take_blocks(state, blocks, count, constants);
  return true;
}
#else
bool sha256_take_blocks(
    uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]) {
  return false;
}
#endif
