#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/// What each of up to 64 bytes of a text is, one bit a byte, the first byte's lowest.
typedef struct {
  /// ASCII letters, digits and `_`.
  uint64_t words;
  /// `'` of ASCII.
  uint64_t apostrophes;
  /// `#`, `@` and all bytes that are not ASCII.
  uint64_t special;
} ByteMasks;

typedef uint8_t SixteenBytes __attribute__((ext_vector_type(16)));
typedef char SixteenFlags __attribute__((ext_vector_type(16)));
typedef _Bool SixteenBits __attribute__((ext_vector_type(16)));

/// The flags, each all ones or all zeros, as bits.
static inline __attribute__((always_inline)) uint64_t bits_of_flags(SixteenFlags flags) {
  SixteenBits bits = __builtin_convertvector(flags, SixteenBits);
  uint16_t result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

/// Describes sixteen bytes, whose bits are shifted by `shift`.
static inline __attribute__((always_inline)) void describe_sixteen_bytes(
    const uint8_t *text, int shift, ByteMasks *masks) {
  SixteenBytes bytes;
  memcpy(&bytes, text, sizeof bytes);
  SixteenFlags letters = (SixteenBytes)((bytes | 0x20) - 'a') < 26;
  SixteenFlags digits = (SixteenBytes)(bytes - '0') < 10;
  SixteenFlags words = letters | digits | (bytes == '_');
  SixteenFlags special = (bytes == '#') | (bytes == '@') | (bytes >= 0x80);
  masks->words |= bits_of_flags(words) << shift;
  masks->apostrophes |= bits_of_flags(bytes == '\'') << shift;
  masks->special |= bits_of_flags(special) << shift;
}

/// Describes the next `count` bytes of a text, or the next 64 of more; up to fifteen bytes behind these
/// are read. The bits of what lies behind the text are 0.
static inline __attribute__((always_inline)) ByteMasks byte_masks(
    const uint8_t *text, intptr_t count) {
  ByteMasks masks = {0, 0, 0};
  if (count >= 64) {
    describe_sixteen_bytes(text, 0, &masks);
    describe_sixteen_bytes(text + 16, 16, &masks);
    describe_sixteen_bytes(text + 32, 32, &masks);
    describe_sixteen_bytes(text + 48, 48, &masks);
    return masks;
  }
  for (intptr_t position = 0; position < count; position += 16) {
    describe_sixteen_bytes(text + position, (int)position, &masks);
  }
  uint64_t inside = ((uint64_t)1 << count) - 1;
  masks.words &= inside;
  masks.apostrophes &= inside;
  masks.special &= inside;
  return masks;
}

/// The first sixteen bytes of a term, zeros behind a shorter one.
typedef struct {
  uint64_t low;
  uint64_t high;
} LeadingBytes;

/// Reads the first bytes of a term of `count` bytes; sixteen must be readable.
static inline __attribute__((always_inline)) LeadingBytes leading_bytes(
    const uint8_t *bytes, intptr_t count) {
  static const uint64_t kept[4] = {UINT64_MAX, UINT64_MAX, 0, 0};
  intptr_t shown = count < 16 ? count : 16;
  uint64_t text[2];
  uint64_t mask[2];
  memcpy(text, bytes, sizeof text);
  memcpy(mask, (const uint8_t *)kept + 16 - shown, sizeof mask);
  LeadingBytes result = {text[0] & mask[0], text[1] & mask[1]};
  return result;
}

/// Copies sixteen bytes and sets `lowering` in those that are capital letters of ASCII; returns whether
/// all are ASCII.
static inline __attribute__((always_inline)) bool copy_ascii(
    const uint8_t *source, uint8_t *target, uint8_t lowering) {
  SixteenBytes bytes;
  memcpy(&bytes, source, sizeof bytes);
  SixteenFlags capitals = (SixteenBytes)(bytes - 'A') < 26;
  SixteenBytes lowered = bytes | ((SixteenBytes)capitals & lowering);
  memcpy(target, &lowered, sizeof lowered);
  return bits_of_flags(bytes >= 0x80) == 0;
}
