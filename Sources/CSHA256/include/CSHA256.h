#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Takes blocks of 64 bytes into the eight words of a SHA-256 (FIPS 180-4, section 6.2.2) with the
/// processor's own instructions. Returns false, with nothing changed, where it has none that are known
/// here.
///
/// `constants` are those of the 64 rounds (section 4.2.2).
bool sha256_take_blocks(
    uint32_t state[8], const uint8_t *blocks, size_t count, const uint32_t constants[64]);
