/* The Token and Token-2022 programs: reading accounts and mints, and calling the instructions they share. */
#pragma once
#include "sbf.h"

static const Key TOKEN_PROGRAM = {
    {0x93a165d7e1f6dd06ULL, 0xac79ebce46e1cbd9ULL, 0x91375b5fed85b41cULL, 0xa900ff7e85f58c3aULL}};
static const Key TOKEN_2022_PROGRAM = {
    {0xde8f75eee1f6dd06ULL, 0xdacd6ce4bc5d4218ULL, 0x270db9834dfc1ab6ULL, 0xfc8ba1d828f9bdfeULL}};

#define MINT_LEN 82
#define TOKEN_ACCOUNT_LEN 165

enum TokenInstruction { TOKEN_MINT_TO = 7, TOKEN_BURN = 8, TOKEN_TRANSFER_CHECKED = 12 };

INLINE int is_token_program(const Key *key) {
  return same_key(key, &TOKEN_PROGRAM) || same_key(key, &TOKEN_2022_PROGRAM);
}
INLINE int is_mint(const Account *a) { return is_token_program(a->owner) && a->data_len >= MINT_LEN; }
INLINE int is_token_account(const Account *a) { return is_token_program(a->owner) && a->data_len >= TOKEN_ACCOUNT_LEN; }

/* Of token accounts; only the runtime's copy is read, so after a call they tell what the call left. */
INLINE const Key *token_mint(const Account *a) { return (const Key *)a->data; }
INLINE const Key *token_wallet(const Account *a) { return (const Key *)(a->data + 32); }
INLINE u64 token_balance(const Account *a) { return *(const u64 *)(a->data + 64); }

/* Of mints; the supply stands at an address that is not a multiple of 8. */
INLINE u64 mint_supply(const Account *mint) { return load64(mint->data + 36); }
INLINE u8 mint_decimals(const Account *mint) { return mint->data[44]; }

/* The mint's own token program carries out each of these; it must be among the accounts of the instruction. */
INLINE u64 transfer_checked(const Context *c, Call *call, const Account *from, const Account *mint, const Account *to,
                            const Account *authority, u64 amount, const Signer *signer) {
  begin_call(call, mint->owner);
  add_meta(call, from, 1, 0);
  add_meta(call, mint, 0, 0);
  add_meta(call, to, 1, 0);
  add_meta(call, authority, 0, 1);
  call->data[0] = TOKEN_TRANSFER_CHECKED;
  store64(call->data + 1, amount);
  call->data[9] = mint_decimals(mint);
  call->instruction.data_len = 10;
  return invoke(c, call, signer);
}
INLINE u64 mint_to(const Context *c, Call *call, const Account *mint, const Account *to, const Account *authority,
                   u64 amount, const Signer *signer) {
  begin_call(call, mint->owner);
  add_meta(call, mint, 1, 0);
  add_meta(call, to, 1, 0);
  add_meta(call, authority, 0, 1);
  call->data[0] = TOKEN_MINT_TO;
  store64(call->data + 1, amount);
  call->instruction.data_len = 9;
  return invoke(c, call, signer);
}
INLINE u64 burn(const Context *c, Call *call, const Account *from, const Account *mint, const Account *authority,
                u64 amount, const Signer *signer) {
  begin_call(call, mint->owner);
  add_meta(call, from, 1, 0);
  add_meta(call, mint, 1, 0);
  add_meta(call, authority, 0, 1);
  call->data[0] = TOKEN_BURN;
  store64(call->data + 1, amount);
  call->instruction.data_len = 9;
  return invoke(c, call, signer);
}
