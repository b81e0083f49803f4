/* Events: calls of ourselves with the record as data, as Anchor's emit_cpi makes them. */
#pragma once
#include "swap_state.h"

static __attribute__((noinline)) void emit(Swap *s, u64 tag, u64 len) {
  Seed seeds[2] = {seed("__event_authority", 17), seed(&EVENT_AUTHORITY_BUMP, 1)};
  Signer signer = {seeds, COUNT(seeds)};
  begin_call(&s->call, &s->context.program);
  add_meta(&s->call, s->role[EVENTS], 0, 1);
  store64(s->call.data, EVENT_TAG);
  store64(s->call.data + 8, tag);
  s->call.instruction.data_len = len;
  invoke(&s->context, &s->call, &signer);
}

static __attribute__((noinline)) u8 *write_amount(u8 *at, const Key *key, u64 amount) {
  store_key(at, key);
  store64(at + 32, amount);
  return at + 40;
}

static __attribute__((noinline)) u8 *write_hop(u8 *at, const Hop *hop) {
  at = write_amount(at, hop->mint_in->key, hop->in_amount);
  return write_amount(at, hop->mint_out->key, hop->out_amount);
}

static void emit_fee(Swap *s) {
  const Account *mint = s->form->exact_out ? s->hops[0].mint_in : s->hops[s->hop_count - 1].mint_out;
  u8 *at = s->call.data + 16;
  store_key(at, s->role[PLATFORM_FEE]->key);
  at = write_amount(at + 32, mint->key, s->platform_fee);
  emit(s, FEE_EVENT, at - s->call.data);
}

static void emit_swaps(Swap *s) {
  u8 *at = s->call.data + 16;
  if (!s->form->v2) {
    for (u64 i = 0; i < s->hop_count; i++) {
      store_key(at, s->hops[i].pool->key);
      emit(s, SWAP_EVENT, write_hop(at + 32, &s->hops[i]) - s->call.data);
    }
    return;
  }
  store32(at, s->hop_count);
  at += 4;
  for (u64 i = 0; i < s->hop_count; i++) at = write_hop(at, &s->hops[i]);
  emit(s, SWAPS_EVENT, at - s->call.data);
}

/* Anybody may send an instruction that looks like an event; only this program can sign one. */
static u64 accept_event(const Context *c) {
  if (c->count == 0) return AccountNotEnoughKeys;
  if (!same_key(c->accounts[0].key, &EVENT_AUTHORITY)) return ConstraintSeeds;
  return c->accounts[0].signer ? 0 : AccountNotSigner;
}
