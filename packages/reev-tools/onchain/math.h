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

INLINE u64 leading_zeros(u64 value) {
  u64 zeros = 0;
  for (u64 width = 32; width; width >>= 1)
    if (!(value >> (64 - width))) zeros += width, value <<= width;
  return zeros;
}

/* One digit of 32 bits of (high:digit) / d, where d has its top bit set and high < d; leaves the remainder in high. */
INLINE u64 divide_digit(u64 *high, u64 digit, u64 d) {
  u64 top = d >> 32, q = *high / top, r = *high % top;
  while (q >> 32 || q * (u32)d > ((r << 32) | digit)) { /* at most twice: the guess looks at half of d */
    q--, r += top;
    if (r >> 32) break;
  }
  *high = ((*high << 32) | digit) - q * d;
  return q;
}

/* a * b / d rounded down, with the remainder; NO_FIT when that exceeds 64 bits or d is 0. */
SHARED u64 muldivrem(u64 a, u64 b, u64 d, u64 *remainder) {
  u64 high, low;
  multiply(a, b, &high, &low);
  *remainder = 0;
  if (high >= d) return NO_FIT;
  if (high == 0) {
    *remainder = low % d;
    return low / d;
  }
  u64 shift = leading_zeros(d);
  if (shift) high = (high << shift) | (low >> (64 - shift)), low <<= shift, d <<= shift;
  u64 quotient = divide_digit(&high, low >> 32, d) << 32;
  quotient |= divide_digit(&high, (u32)low, d);
  *remainder = high >> shift;
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
