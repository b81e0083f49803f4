/* Telling the accounts of a swap apart, and refusing those that are not what they stand for. */
#pragma once
#include "swap_state.h"

static u64 bind_roles(Swap *s) {
  const u8 *roles = ORDERS[s->form->order];
  u64 count = 0;
  for (; roles[count] != END; count++) {
    if (count >= s->context.count) return AccountNotEnoughKeys;
    s->role[roles[count]] = &s->context.accounts[count];
  }
  s->first_hop_account = count;
  return 0;
}

/* Whether the instruction has such an account and the caller gave it. */
INLINE int given(const Swap *s, enum Role role) {
  return s->role[role] && !same_key(s->role[role]->key, &s->context.program);
}

static u64 check_roles(Swap *s) {
  static const u8 written[] = {SOURCE,      PROGRAM_SOURCE,    PROGRAM_DESTINATION,
                               DESTINATION, OTHER_DESTINATION, PLATFORM_FEE};
  if (!s->role[USER]->signer) return AccountNotSigner;
  if (!same_key(s->role[SELF]->key, &s->context.program)) return InvalidProgramId;
  if (!same_key(s->role[EVENTS]->key, &EVENT_AUTHORITY)) return ConstraintSeeds;
  for (u64 i = 0; i < COUNT(written); i++)
    if (given(s, written[i]) && !s->role[written[i]]->writable) return ConstraintMut;
  if (s->role[TOKEN] && !is_token_program(s->role[TOKEN]->key)) return IncorrectTokenProgramID;
  if (given(s, TOKEN_2022) && !same_key(s->role[TOKEN_2022]->key, &TOKEN_2022_PROGRAM)) return IncorrectTokenProgramID;
  if (s->role[SOURCE_MINT] && same_key(s->role[SOURCE_MINT]->key, s->role[DESTINATION_MINT]->key))
    return SourceAndDestinationMintCannotBeTheSame;
  return 0;
}

/* Whether the pool stands at the address of its seeds is not asked here, which would cost 1,500 CU: the vault that pays
   belongs to that address, and the runtime lets nobody else sign for it. */
static __attribute__((noinline)) u64 check_pool(Swap *s, Hop *hop) {
  const Pool *pool = (const Pool *)hop->pool->data;
  if (!same_key(hop->pool->owner, &s->context.program)) return AccountOwnedByWrongProgram;
  if (hop->pool->data_len != sizeof(Pool)) return AccountDidNotDeserialize;
  if (pool->tag != POOL_TAG) return AccountDiscriminatorMismatch;
  if (pool->venue != hop->venue) return SwapNotSupported;
  hop->seeds[0] = seed("pool", 4);
  hop->seeds[1] = seed(&pool->mint_a, 32);
  hop->seeds[2] = seed(&pool->mint_b, 32);
  hop->seeds[3] = seed(&pool->venue, 1);
  hop->seeds[4] = seed(&pool->bump, 1);
  hop->signer.seeds = hop->seeds;
  hop->signer.count = COUNT(hop->seeds);
  return 0;
}

static u64 check_sides(const Hop *hop) {
  const Pool *pool = (const Pool *)hop->pool->data;
  int forward = same_key(hop->mint_in->key, &pool->mint_a);
  if (!same_key(hop->mint_in->key, forward ? &pool->mint_a : &pool->mint_b)) return InvalidMint;
  if (!same_key(hop->mint_out->key, forward ? &pool->mint_b : &pool->mint_a)) return InvalidMint;
  if (!same_key(hop->vault_in->key, forward ? &pool->vault_a : &pool->vault_b)) return InvalidTokenAccount;
  if (!same_key(hop->vault_out->key, forward ? &pool->vault_b : &pool->vault_a)) return InvalidTokenAccount;
  return 0;
}

/* The program of a mint carries out the transfers, so it must be a genuine one and be at hand. */
static __attribute__((noinline)) u64 check_mint(const Swap *s, const Account *mint) {
  if (!is_mint(mint)) return IncorrectTokenProgramID;
  if (s->role[TOKEN_2022] && same_key(s->role[TOKEN_2022]->key, mint->owner)) return 0;
  for (u64 i = 0; i < s->context.count; i++)
    if (same_key(s->context.accounts[i].key, mint->owner)) return 0;
  return TokenProgramNotProvided;
}

/* `mint` has been checked, so its owner is a token program. */
static __attribute__((noinline)) int holds(const Account *account, const Account *mint, const Account *wallet) {
  if (account->data_len < TOKEN_ACCOUNT_LEN || !same_key(account->owner, mint->owner)) return 0;
  if (!same_key(token_mint(account), mint->key)) return 0;
  return !wallet || same_key(token_wallet(account), wallet->key);
}

static u64 bind_hop(Swap *s, u64 index) {
  Hop *hop = &s->hops[index];
  const Account *a = &s->context.accounts[s->first_hop_account + HOP_ACCOUNTS * index];
  hop->pool = a, hop->vault_in = a + 1, hop->vault_out = a + 2, hop->mint_in = a + 3, hop->mint_out = a + 4;
  TRY(check_pool(s, hop));
  TRY(check_sides(hop));
  if (index && !same_key(hop->mint_in->key, s->hops[index - 1].mint_out->key)) return InvalidRoutePlan;
  if (index == 0) TRY(check_mint(s, hop->mint_in));
  TRY(check_mint(s, hop->mint_out));
  if (!holds(hop->vault_in, hop->mint_in, hop->pool) || !holds(hop->vault_out, hop->mint_out, hop->pool))
    return InvalidTokenAccount;
  if (!hop->vault_in->writable || !hop->vault_out->writable) return ConstraintMut;
  hop->fee_bps = ((const Pool *)hop->pool->data)->fee_bps;
  return 0;
}

static u64 bind_hops(Swap *s) {
  u64 used = s->first_hop_account + HOP_ACCOUNTS * s->hop_count;
  if (s->context.count < used) return NotEnoughAccountKeys;
  for (u64 i = 0; i < s->hop_count; i++) TRY(bind_hop(s, i));
  /* The second forms have no place of their own for it. */
  if (s->form->v2 && s->platform_fee_bps && s->context.count > used) s->role[PLATFORM_FEE] = &s->context.accounts[used];
  return 0;
}

static u64 check_authority(Swap *s) {
  if (s->authority_id >= COUNT(PROGRAM_AUTHORITIES)) return InvalidProgramAuthority;
  if (!same_key(&PROGRAM_AUTHORITIES[s->authority_id].key, s->role[PROGRAM_AUTHORITY]->key))
    return InvalidProgramAuthority;
  s->authority_seeds[0] = seed("authority", 9);
  s->authority_seeds[1] = seed(&s->authority_id, 1);
  s->authority_seeds[2] = seed(&PROGRAM_AUTHORITIES[s->authority_id].bump, 1);
  s->authority_signer.seeds = s->authority_seeds;
  s->authority_signer.count = COUNT(s->authority_seeds);
  return 0;
}

static u64 check_ends(Swap *s) {
  const Account *mint_in = s->hops[0].mint_in, *mint_out = s->hops[s->hop_count - 1].mint_out;
  const Account *const *role = s->role;
  if (same_key(mint_in->key, mint_out->key)) return SourceAndDestinationMintCannotBeTheSame;
  if (role[SOURCE_MINT] && !same_key(role[SOURCE_MINT]->key, mint_in->key)) return InvalidMint;
  if (!same_key(role[DESTINATION_MINT]->key, mint_out->key)) return InvalidMint;
  if (role[SOURCE_PROGRAM] && !same_key(role[SOURCE_PROGRAM]->key, mint_in->owner)) return IncorrectTokenProgramID;
  if (role[DESTINATION_PROGRAM] && !same_key(role[DESTINATION_PROGRAM]->key, mint_out->owner))
    return IncorrectTokenProgramID;
  if (!holds(role[SOURCE], mint_in, role[USER])) return InvalidTokenAccount;
  if (given(s, OTHER_DESTINATION)) s->role[DESTINATION] = role[OTHER_DESTINATION];
  if (!holds(role[DESTINATION], mint_out, 0)) return InvalidOutputTokenAccount;
  if (!s->form->shared) return 0;
  TRY(check_authority(s));
  if (!holds(role[PROGRAM_SOURCE], mint_in, role[PROGRAM_AUTHORITY]) ||
      !holds(role[PROGRAM_DESTINATION], mint_out, role[PROGRAM_AUTHORITY]))
    return InvalidTokenAccount;
  return 0;
}

static u64 check_platform_fee(const Swap *s) {
  const Account *account = s->role[PLATFORM_FEE];
  if (s->platform_fee_bps == 0) return 0;
  if (!given(s, PLATFORM_FEE)) return MissingPlatformFeeAccount;
  if (!holds(account, s->form->exact_out ? s->hops[0].mint_in : s->hops[s->hop_count - 1].mint_out, 0))
    return InvalidFeeWallet;
  return account->writable ? 0 : ConstraintMut;
}
