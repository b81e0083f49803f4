/* What the swap program remembers while it works, all of it in the heap. */
#pragma once
#include "jupiter_swap.h"
#include "token.h"

#define MAX_HOPS 4
#define HOP_ACCOUNTS 5
#define BPS 10000ULL

/* The first 8 bytes of sha256("account:Pool"). */
#define POOL_TAG 0xbc6db111046d9af1ULL

typedef struct {
  u64 tag;
  u8 bump, venue;
  u16 fee_bps;
  u32 unused;
  Key mint_a, mint_b, vault_a, vault_b;
} Pool;

typedef struct {
  const Account *pool, *vault_in, *vault_out, *mint_in, *mint_out;
  u64 fee_bps, in_amount, out_amount;
  u8 venue;
  Seed seeds[5];
  Signer signer;
} Hop;

typedef struct {
  Context context;
  Call call;
  const Form *form;
  const Account *role[ROLES];
  u64 first_hop_account;
  /* arguments: `amount` is what the caller fixes, in or out, and `quoted` the other side */
  const u8 *at, *end;
  u64 cut_off;
  u64 amount, quoted, slippage_bps, platform_fee_bps;
  u8 authority_id;
  u64 hop_count;
  Hop hops[MAX_HOPS];
  /* who holds the tokens on their way, and signs for them */
  const Account *holder, *holder_authority;
  const Signer *holder_signer;
  Seed authority_seeds[3];
  Signer authority_signer;
  u64 platform_fee;
} Swap;

#define TRY(expression) do { u64 code_ = (expression); if (code_) return code_; } while (0)
