/* Reading the arguments of a swap: a venue and whole shares for each step, and the amounts. */
#pragma once
#include "swap_state.h"

static __attribute__((noinline)) int skip(Swap *s, u64 size) {
  if ((u64)(s->end - s->at) < size) {
    s->cut_off = 1;
    s->at = s->end;
    return 0;
  }
  s->at += size;
  return 1;
}

/* A number of up to 8 bytes, little-endian. */
static __attribute__((noinline)) u64 take(Swap *s, u64 size) {
  const u8 *at = s->at;
  u64 value = 0;
  if (!skip(s, size)) return 0;
  if (size == 8) {
    value = load64(at);
  } else {
    for (u64 i = 0; i < size; i++) value |= (u64)at[i] << (8 * i);
  }
  return value;
}

static u64 read_amounts(Swap *s) {
  u64 v2 = s->form->v2;
  s->amount = take(s, 8);
  s->quoted = take(s, 8);
  s->slippage_bps = take(s, 2);
  s->platform_fee_bps = take(s, v2 ? 2 : 1);
  u64 positive_slippage_bps = v2 ? take(s, 2) : 0;
  if (s->cut_off) return InstructionDidNotDeserialize;
  if (s->slippage_bps > BPS) return InvalidSlippage;
  if (s->platform_fee_bps > BPS || s->amount == 0) return InvalidCalculation;
  return positive_slippage_bps ? SwapNotSupported : 0;
}

static u64 read_step(Swap *s, u64 index) {
  u64 whole = s->form->v2 ? BPS : 100;
  u64 venue = take(s, 1);
  if (venue >= COUNT(SWAP_FIELD_BYTES) || SWAP_FIELD_BYTES[venue] == VARIES) return SwapNotSupported;
  skip(s, SWAP_FIELD_BYTES[venue]);
  u64 share = take(s, s->form->v2 ? 2 : 1), input = take(s, 1), output = take(s, 1);
  if (s->cut_off) return InstructionDidNotDeserialize;
  if (share != whole) return NotEnoughPercent;
  if (input != index) return InvalidInputIndex;
  if (output != index + 1) return InvalidOutputIndex;
  s->hops[index].venue = venue;
  return 0;
}

static u64 read_plan(Swap *s) {
  s->hop_count = take(s, 4);
  if (s->cut_off) return InstructionDidNotDeserialize;
  if (s->hop_count == 0) return EmptyRoute;
  if (s->hop_count > MAX_HOPS) return InvalidRoutePlan;
  for (u64 i = 0; i < s->hop_count; i++) TRY(read_step(s, i));
  return 0;
}

static u64 read_arguments(Swap *s) {
  if (s->form->shared) s->authority_id = take(s, 1);
  if (s->form->v2) {
    TRY(read_amounts(s));
    TRY(read_plan(s));
  } else {
    TRY(read_plan(s));
    TRY(read_amounts(s));
  }
  return s->at == s->end ? 0 : InstructionDidNotDeserialize;
}
