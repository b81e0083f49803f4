/* Exact integer arithmetic: 64 x 64 / 64 bits without 128-bit support from the compiler. */
#pragma once
#include "sbf.h"

#define NO_FIT (~0ULL)

INLINE void multiply(u64 a, u64 b, u64 *high, u64 *low) {
  u64 al = (u32)a, ah = a >> 32, bl = (u32)b, bh = b >> 32;
  u64 ll = al * bl, lh = al * bh, hl = ah * bl;
  u64 middle = (ll >> 32) + (u32)lh + (u32)hl;
  *low = (middle << 32) | (u32)ll;
  *high = ah * bh + (lh >> 32) + (hl >> 32) + (middle >> 32);
}

/* a * b / d rounded down, with the remainder; NO_FIT when that exceeds 64 bits or d is 0. */
SHARED u64 muldivrem(u64 a, u64 b, u64 d, u64 *remainder) {
  u64 high, low, quotient = 0;
  multiply(a, b, &high, &low);
  *remainder = 0;
  if (high >= d) return NO_FIT;
  if (high == 0) {
    *remainder = low % d;
    return low / d;
  }
#pragma clang loop unroll(disable)
  for (int i = 0; i < 64; i++) {
    u64 carry = high >> 63;
    high = (high << 1) | (low >> 63);
    low <<= 1;
    quotient <<= 1;
    if (carry || high >= d) {
      high -= d;
      quotient |= 1;
    }
  }
  *remainder = high;
  return quotient;
}

INLINE u64 muldiv_down(u64 a, u64 b, u64 d) {
  u64 remainder;
  return muldivrem(a, b, d, &remainder);
}
/* Rounded up; NO_FIT stays NO_FIT, also where rounding up would wrap around to 0. */
INLINE u64 muldiv_up(u64 a, u64 b, u64 d) {
  u64 remainder, quotient = muldivrem(a, b, d, &remainder);
  return remainder && quotient != NO_FIT ? quotient + 1 : quotient;
}
