/* Jupiter's aggregator over pools of our own: constant product, a fee that stays in the pool.

   Tokens go from the payer into the first pool's vault, from vault to vault, and from the last one out. What a pool
   pays follows from what really arrived in its vault, so a transfer fee is borne by the user and never by a pool.
   The shared forms pass in and out through the token accounts of the program authority besides. README.md has the
   account order of a step, the layout of a pool and the choices where Jupiter leaves one. */
#include "math.h"
#include "swap_accounts.h"
#include "swap_arguments.h"
#include "swap_events.h"

/* --- the curve: x * y never falls, and every rounding is in the pool's favour --- */

/* What a pool with reserves x and y pays for `gross`; 0 when it can pay nothing. */
static __attribute__((noinline)) u64 curve_out(u64 x, u64 y, u64 fee_bps, u64 gross) {
  if (fee_bps >= BPS || x == 0 || x + gross < x) return 0;
  u64 net = muldiv_down(gross, BPS - fee_bps, BPS);
  return muldiv_down(net, y, x + net);
}

/* What has to arrive so that the pool pays `out`; NO_FIT when no amount suffices. */
static __attribute__((noinline)) u64 curve_in(u64 x, u64 y, u64 fee_bps, u64 out) {
  if (fee_bps >= BPS || x == 0 || out >= y) return NO_FIT;
  u64 net = muldiv_up(out, x, y - out);
  return net == NO_FIT ? NO_FIT : muldiv_up(net, BPS, BPS - fee_bps);
}

/* --- the way of the tokens --- */

static void hold(Swap *s, const Account *account, const Account *authority, const Signer *signer) {
  s->holder = account, s->holder_authority = authority, s->holder_signer = signer;
}

/* Sends tokens on from whoever holds them and returns what arrived: less than `amount` on a mint with a fee. */
static __attribute__((noinline)) u64 pay(Swap *s, const Account *mint, const Account *to, u64 amount) {
  u64 before = token_balance(to);
  transfer_checked(&s->context, &s->call, s->holder, mint, to, s->holder_authority, amount, s->holder_signer);
  return token_balance(to) - before;
}

static u64 pay_platform_fee(Swap *s, const Account *mint, u64 fee) {
  s->platform_fee = fee;
  if (fee) pay(s, mint, s->role[PLATFORM_FEE], fee);
  return fee;
}

/* From the wanted output back to what the user pays, platform fee included; sets the amount of every hop. */
static u64 plan_exact_out(Swap *s, u64 *total) {
  u64 need = s->amount;
  for (u64 i = s->hop_count; i-- > 0;) {
    Hop *hop = &s->hops[i];
    hop->out_amount = need;
    need = curve_in(token_balance(hop->vault_in), token_balance(hop->vault_out), hop->fee_bps, need);
    if (need == NO_FIT) return InvalidCalculation;
  }
  u64 fee = muldiv_up(need, s->platform_fee_bps, BPS);
  u64 most = muldiv_down(s->quoted, BPS + s->slippage_bps, BPS);
  if (need + fee < need) return InvalidCalculation;
  if (need + fee > most) return SlippageToleranceExceeded;
  s->platform_fee = fee;
  *total = need + fee;
  return 0;
}

static u64 trade(Swap *s, Hop *hop, u64 sent) {
  u64 x = token_balance(hop->vault_in), y = token_balance(hop->vault_out);
  if (x + sent < x) return InvalidCalculation;
  hop->in_amount = pay(s, hop->mint_in, hop->vault_in, sent);
  u64 most = curve_out(x, y, hop->fee_bps, hop->in_amount);
  if (s->form->exact_out) {
    /* The plan assumed that all of it arrives, and reserves that an earlier hop may have changed. */
    if (hop->out_amount > most) return ExactOutAmountNotMatched;
  } else {
    hop->out_amount = most;
  }
  if (hop->out_amount == 0) return InvalidCalculation;
  hold(s, hop->vault_out, hop->pool, &hop->signer);
  return 0;
}

/* Takes the user's tokens, and for an exact output the platform fee; `amount` is what goes into the first pool. */
static u64 collect(Swap *s, u64 *amount) {
  const Account *mint = s->hops[0].mint_in;
  u64 total = s->amount;
  if (s->form->exact_out) TRY(plan_exact_out(s, &total));
  if (token_balance(s->role[SOURCE]) < total) return InsufficientFunds;
  hold(s, s->role[SOURCE], s->role[USER], 0);
  *amount = total;
  if (s->form->shared) {
    *amount = pay(s, mint, s->role[PROGRAM_SOURCE], total);
    if (s->form->exact_out && *amount != total) return ExactOutAmountNotMatched;
    hold(s, s->role[PROGRAM_SOURCE], s->role[PROGRAM_AUTHORITY], &s->authority_signer);
  }
  if (s->form->exact_out) *amount -= pay_platform_fee(s, mint, s->platform_fee);
  return 0;
}

/* Pays the user out of the last vault, and for an exact input the platform fee; `received` is what arrived. */
static u64 deliver(Swap *s, u64 amount, u64 *received) {
  const Account *mint = s->hops[s->hop_count - 1].mint_out;
  if (s->form->shared) {
    amount = pay(s, mint, s->role[PROGRAM_DESTINATION], amount);
    hold(s, s->role[PROGRAM_DESTINATION], s->role[PROGRAM_AUTHORITY], &s->authority_signer);
  }
  if (!s->form->exact_out) amount -= pay_platform_fee(s, mint, muldiv_up(amount, s->platform_fee_bps, BPS));
  *received = pay(s, mint, s->role[DESTINATION], amount);
  if (s->form->exact_out) return *received == s->amount ? 0 : ExactOutAmountNotMatched;
  if (*received == 0) return InvalidCalculation;
  return *received < muldiv_up(s->quoted, BPS - s->slippage_bps, BPS) ? SlippageToleranceExceeded : 0;
}

/* --- the instruction --- */

static u64 swap(Swap *s) {
  u64 amount, received;
  TRY(bind_roles(s));
  TRY(read_arguments(s));
  TRY(check_roles(s));
  TRY(bind_hops(s));
  TRY(check_ends(s));
  TRY(check_platform_fee(s));
  TRY(collect(s, &amount));
  for (u64 i = 0; i < s->hop_count; i++) {
    TRY(trade(s, &s->hops[i], amount));
    amount = s->hops[i].out_amount;
  }
  TRY(deliver(s, amount, &received));
  emit_swaps(s);
  if (s->platform_fee) emit_fee(s);
  store64(s->call.data, received);
  sol_set_return_data(s->call.data, 8);
  return 0;
}

static u64 dispatch(Swap *s) {
  const Context *c = &s->context;
  if (c->data_len < 8) return InstructionMissing;
  u64 tag = load64(c->data);
  if (tag == EVENT_TAG) return accept_event(c);
  for (u64 i = 0; i < COUNT(FORMS); i++) {
    if (FORMS[i].tag != tag) continue;
    s->form = &FORMS[i];
    s->at = c->data + 8;
    s->end = c->data + c->data_len;
    return swap(s);
  }
  return InstructionFallbackNotFound;
}

u64 entrypoint(const u8 *input) {
  Swap *s = (Swap *)HEAP;
  PIN(s);
  TRY(read_input(input, &s->context));
  u64 code = dispatch(s);
  switch (code) { ANCHOR_ERRORS(LOG_ERROR) JUPITER_ERRORS(LOG_ERROR) }
  return code;
}
