/* Jupiter Lend Earn for the embedded market: shares of a vault whose price grows with the chain's clock.

   Instructions, accounts, errors and events are those of jup3YeL8QhtSx1e253b2FDvsMNC87fDrgQZivbrndc9 (IDL 0.1.4). The
   real program calls a second one, the liquidity layer, which lends the vault out; here one program is both. So it owns
   the liquidity layer's accounts, and the vault, at its real address, belongs to lending_admin, which this program
   signs for and which also mints the shares. Vaults are made with the world; no instruction creates or changes one.

   price(t) = P + floor(P * rate * (t - T) / (10 000 * 31 536 000)), in assets per share times 10^12, where P and T are
   supply_exchange_price and last_update_timestamp of the TokenReserve and rate, in basis points a year, is the flat
   curve of the RateModel. It depends on the clock alone, not on who called before. Every amount that a call computes is
   rounded in the vault's favour. A price below 1 is refused: above it, the shares of `mint` and `redeem` are exact. */
#include "jupiter_lend.h"
#include "math.h"

typedef struct { Context c; const Account *role[ROLE_COUNT]; u64 traits, now, price, assets, shares;
                 Call call; Seed seeds[4]; Signer signer; Key derived; u64 clock[5]; Seed slice; u8 event[128];
                 u8 text[256]; u64 text_len; } Lend;

#define UNIX_TIMESTAMP 4 /* of the clock's five words */

/* --- refusals, in Anchor's words --- */

SHARED void append(Lend *l, const char *text, u64 len) {
  for (u64 i = 0; i < len; i++) l->text[l->text_len++] = text[i];
}
#define SAY(l, literal) append(l, literal, sizeof(literal) - 1)
#define SAY_ROLE(role, name) case role: SAY(l, name); break;
#define SAY_ERROR(code, name, words) \
  case code: SAY(l, "Error Code: " #name ". Error Number: " #code ". Error Message: " words "."); break;

SHARED void say_role(Lend *l, u64 role) {
  int out = l->traits & TAKES_OUT;
  if (role == (out ? ASSETS : SHARES)) SAY(l, "recipient_token_account");
  else if (role == ASSETS) SAY(l, "depositor_token_account");
  else if (role == SHARES) SAY(l, "owner_token_account");
  else switch (role) { ROLES(SAY_ROLE) }
}

SHARED u64 refuse(Lend *l, u64 role, u64 code) {
  l->text_len = 0;
  if (role == NOBODY) {
    SAY(l, "AnchorError occurred. ");
  } else {
    SAY(l, "AnchorError caused by account: ");
    say_role(l, role);
    SAY(l, ". ");
  }
  switch (code) { ANCHOR_ERRORS(SAY_ERROR) LEND_ERRORS(SAY_ERROR) }
  sol_log_((const char *)l->text, l->text_len);
  return code;
}

/* --- checks --- */

INLINE int stored_key_is(const u8 *at, const Key *key) {
  return load64(at) == key->word[0] && load64(at + 8) == key->word[1] && load64(at + 16) == key->word[2] &&
         load64(at + 24) == key->word[3];
}

#define SAY_INSTRUCTION(tag, name, traits_of) case tag: LOG("Instruction: " #name); l->traits = traits_of; break;

SHARED u64 read_instruction(Lend *l) {
  if (l->c.data_len < 8) return refuse(l, NOBODY, InstructionMissing);
  switch (load64(l->c.data)) {
    INSTRUCTIONS(SAY_INSTRUCTION)
    default: return refuse(l, NOBODY, InstructionFallbackNotFound);
  }
  u64 expected = l->traits & (AT_LEAST | AT_MOST) ? 24 : 16;
  return l->c.data_len == expected ? 0 : refuse(l, NOBODY, InstructionDidNotDeserialize);
}

SHARED u64 assign_roles(Lend *l) {
  int out = l->traits & TAKES_OUT;
  const u8 *order = out ? ORDER_OUT : ORDER_IN;
  u64 count = out ? COUNT(ORDER_OUT) : COUNT(ORDER_IN);
  if (l->c.count < count) return refuse(l, NOBODY, AccountNotEnoughKeys);
  for (u64 i = 0; i < count; i++) {
    u64 role = order[i];
    l->role[role] = &l->c.accounts[i];
    if ((WRITTEN >> role & 1) && !l->c.accounts[i].writable) return refuse(l, role, ConstraintMut);
  }
  return l->role[SIGNER]->signer ? 0 : refuse(l, SIGNER, AccountNotSigner);
}

SHARED u64 check_key(Lend *l, u64 role, const Key *expected, u64 code) {
  return same_key(l->role[role]->key, expected) ? 0 : refuse(l, role, code);
}

SHARED u64 check_programs(Lend *l) {
  u64 error;
  if (!is_token_program(l->role[TOKEN]->key)) return refuse(l, TOKEN, InvalidProgramId);
  if (!same_key(l->role[ASSOCIATED]->key, &l->c.program) &&
      (error = check_key(l, ASSOCIATED, &ASSOCIATED_TOKEN_PROGRAM, InvalidProgramId)))
    return error;
  if ((error = check_key(l, SYSTEM, &SYSTEM_PROGRAM, InvalidProgramId))) return error;
  return check_key(l, POOL_PROGRAM, &LIQUIDITY_PROGRAM, ConstraintHasOne);
}

SHARED u64 check_type(Lend *l, u64 role, const Key *owner, u64 type, u64 len) {
  const Account *a = l->role[role];
  if (!same_key(a->owner, owner)) return refuse(l, role, AccountOwnedByWrongProgram);
  if (a->data_len < 8 || load64(a->data) != type) return refuse(l, role, AccountDiscriminatorMismatch);
  return a->data_len < len ? refuse(l, role, AccountDidNotDeserialize) : 0;
}

SHARED u64 check_types(Lend *l) {
  const Key *own = &l->c.program;
  u64 error;
  if ((error = check_type(l, ADMIN, own, ADMIN_TYPE, ADMIN_LEN))) return error;
  if ((error = check_type(l, LENDING, own, LENDING_TYPE, LENDING_LEN))) return error;
  if ((error = check_type(l, RESERVE, own, RESERVE_TYPE, RESERVE_LEN))) return error;
  if ((error = check_type(l, POSITION, own, POSITION_TYPE, POSITION_LEN))) return error;
  if ((error = check_type(l, RATE_MODEL, own, RATE_MODEL_TYPE, RATE_MODEL_LEN))) return error;
  return check_type(l, REWARDS, &REWARDS_PROGRAM, REWARDS_TYPE, REWARDS_LEN);
}

SHARED u64 check_mint(Lend *l, u64 role) {
  const Account *mint = l->role[role];
  if (!is_mint(mint)) return refuse(l, role, AccountOwnedByWrongProgram);
  return same_key(mint->owner, l->role[TOKEN]->key) ? 0 : refuse(l, role, ConstraintMintTokenProgram);
}

SHARED u64 check_holding(Lend *l, u64 role, u64 mint) {
  const Account *holding = l->role[role];
  if (!is_token_account(holding)) return refuse(l, role, AccountOwnedByWrongProgram);
  if (!same_key(token_mint(holding), l->role[mint]->key)) return refuse(l, role, ConstraintTokenMint);
  if (!same_key(token_wallet(holding), l->role[SIGNER]->key)) return refuse(l, role, ConstraintTokenOwner);
  return same_key(holding->owner, l->role[TOKEN]->key) ? 0 : refuse(l, role, ConstraintTokenTokenProgram);
}

SHARED u64 check_tokens(Lend *l) {
  u64 error;
  if ((error = check_mint(l, MINT)) || (error = check_mint(l, F_TOKEN_MINT))) return error;
  if ((error = check_holding(l, ASSETS, MINT))) return error;
  return check_holding(l, SHARES, F_TOKEN_MINT);
}

/* The lending account must stand at the address derived from its mints, so not even its owner can forge another. */
SHARED u64 check_derivation(Lend *l) {
  const u8 *lending = l->role[LENDING]->data;
  l->seeds[0] = seed("lending", 7);
  l->seeds[1] = seed(lending + LENDING_MINT, 32);
  l->seeds[2] = seed(lending + LENDING_F_TOKEN_MINT, 32);
  l->seeds[3] = seed(lending + LENDING_BUMP, 1);
  if (sol_create_program_address(l->seeds, 4, &l->c.program, &l->derived)) return refuse(l, LENDING, ConstraintSeeds);
  return check_key(l, LENDING, &l->derived, ConstraintSeeds);
}

SHARED u64 check_stored(Lend *l, u64 holder, u64 at, u64 role, u64 code) {
  if (stored_key_is(l->role[holder]->data + at, l->role[role]->key)) return 0;
  return refuse(l, code == ConstraintHasOne ? holder : role, code);
}

SHARED u64 check_vault(Lend *l) {
  u64 error;
  if ((error = check_key(l, ADMIN, &LENDING_ADMIN, ConstraintSeeds)) || (error = check_derivation(l))) return error;
  if ((error = check_stored(l, LENDING, LENDING_MINT, MINT, ConstraintHasOne))) return error;
  if ((error = check_stored(l, LENDING, LENDING_F_TOKEN_MINT, F_TOKEN_MINT, ConstraintHasOne))) return error;
  if ((error = check_stored(l, LENDING, LENDING_RESERVE, RESERVE, ConstraintAddress))) return error;
  if ((error = check_stored(l, LENDING, LENDING_POSITION, POSITION, ConstraintAddress))) return error;
  if ((error = check_stored(l, LENDING, LENDING_REWARDS, REWARDS, ConstraintAddress))) return error;
  if ((error = check_stored(l, RESERVE, RESERVE_MINT, MINT, ConstraintHasOne))) return error;
  if ((error = check_stored(l, RATE_MODEL, RATE_MINT, MINT, ConstraintHasOne))) return error;
  if ((error = check_stored(l, RESERVE, RESERVE_VAULT, VAULT, ConstraintAddress))) return error;
  return check_key(l, POOL, &LIQUIDITY, ConstraintAddress);
}

/* --- what a call comes to --- */

SHARED u64 set_price(Lend *l) {
  const u8 *reserve = l->role[RESERVE]->data, *curve = l->role[RATE_MODEL]->data;
  u64 rate = load16(curve + RATE_AT_ZERO);
  if (load16(curve + RATE_AT_KINK) != rate || load16(curve + RATE_AT_MAX) != rate)
    return refuse(l, RATE_MODEL, AccountDidNotDeserialize); /* a curve that is not flat, which nobody here can follow */
  sol_get_clock_sysvar(l->clock);
  l->now = l->clock[UNIX_TIMESTAMP];
  u64 start = load64(reserve + RESERVE_UPDATED), base = load64(reserve + RESERVE_PRICE);
  int timely = start <= l->now && l->now - start < MAX_ELAPSED; /* a time before 1970 is beyond that limit */
  u64 growth = timely ? muldiv_down(base, rate * (l->now - start), RATE_UNIT) : NO_FIT;
  l->price = base + growth;
  int fits = growth != NO_FIT && l->price >= base;
  if (!fits || l->price < PRICE_ONE || l->price < load64(l->role[LENDING]->data + LENDING_TOKEN_PRICE))
    return refuse(l, RESERVE, FTokenLiquidityExchangePriceUnexpected);
  return 0;
}

SHARED u64 quote_in(Lend *l, u64 amount) {
  if (amount == ALL) {
    l->assets = token_balance(l->role[ASSETS]);
  } else if (l->traits & IN_SHARES) {
    l->assets = muldiv_up(amount, l->price, PRICE_ONE);
  } else {
    l->assets = amount;
  }
  if (l->assets == NO_FIT) return refuse(l, NOBODY, FTokenInvalidParams);
  l->shares = muldiv_down(l->assets, PRICE_ONE, l->price);
  return l->shares ? 0 : refuse(l, NOBODY, FTokenDepositInsignificant);
}

SHARED u64 quote_out(Lend *l, u64 amount) {
  u64 shares = amount == ALL ? token_balance(l->role[SHARES]) : amount;
  int by_shares = amount == ALL || l->traits & IN_SHARES;
  l->assets = by_shares ? muldiv_down(shares, l->price, PRICE_ONE) : amount;
  if (l->assets == 0 || l->assets == NO_FIT) return refuse(l, NOBODY, FTokenInvalidParams);
  l->shares = muldiv_up(l->assets, PRICE_ONE, l->price);
  return 0;
}

INLINE u64 answer(const Lend *l) { return l->traits & IN_SHARES ? l->assets : l->shares; }

SHARED u64 quote(Lend *l) {
  u64 amount = load64(l->c.data + 8);
  u64 error = l->traits & TAKES_OUT ? quote_out(l, amount) : quote_in(l, amount);
  if (error) return error;
  if (l->traits & AT_LEAST && answer(l) < load64(l->c.data + 16)) return refuse(l, NOBODY, FTokenMinAmountOut);
  if (l->traits & AT_MOST) {
    u64 bound = load64(l->c.data + 16);
    if (bound && answer(l) > bound) return refuse(l, NOBODY, FTokenMaxAmount);
  }
  return 0;
}

/* --- doing it --- */

INLINE const Signer *admin_signer(Lend *l) {
  l->seeds[0] = seed("lending_admin", 13);
  l->seeds[1] = seed(&LENDING_ADMIN_BUMP, 1);
  l->signer.seeds = l->seeds;
  l->signer.count = 2;
  return &l->signer;
}

/* What arrives must be what left: a mint with a transfer fee would otherwise give shares for nothing. */
SHARED u64 move_assets(Lend *l, u64 from, u64 to, u64 authority) {
  u64 before = token_balance(l->role[to]);
  u64 error = transfer_checked(&l->c, &l->call, l->role[from], l->role[MINT], l->role[to], l->role[authority],
                               l->assets, admin_signer(l));
  if (error) return error;
  return token_balance(l->role[to]) - before == l->assets ? 0 : refuse(l, VAULT, FTokenCpiToLiquidityFailed);
}

SHARED u64 take_in(Lend *l) {
  u64 error = move_assets(l, ASSETS, VAULT, SIGNER);
  if (error) return error;
  return mint_to(&l->c, &l->call, l->role[F_TOKEN_MINT], l->role[SHARES], l->role[ADMIN], l->shares, admin_signer(l));
}

SHARED u64 pay_out(Lend *l) {
  u64 error = burn(&l->c, &l->call, l->role[SHARES], l->role[F_TOKEN_MINT], l->role[SIGNER], l->shares, 0);
  if (error) return error;
  if (token_balance(l->role[VAULT]) < l->assets) return refuse(l, VAULT, FTokenCpiToLiquidityFailed);
  return move_assets(l, VAULT, ASSETS, ADMIN);
}

/* Raw supply in the liquidity layer: its exchange price is the share price, so it counts shares. */
SHARED u64 record_supply(Lend *l, u64 role, u64 at) {
  u8 *field = l->role[role]->data + at;
  u64 before = load64(field), out = l->traits & TAKES_OUT;
  u64 after = out ? before - l->shares : before + l->shares;
  if (out ? before < l->shares : after < before) return refuse(l, role, FTokenUserSupplyPositionRequired);
  store64(field, after);
  return 0;
}

SHARED void emit(Lend *l, u64 len) {
  l->slice.bytes = l->event;
  l->slice.len = len;
  sol_log_data(&l->slice, 1);
}

SHARED void record_price(Lend *l) {
  u8 *lending = l->role[LENDING]->data;
  store64(lending + LENDING_TOKEN_PRICE, l->price);
  store64(lending + LENDING_LIQUIDITY_PRICE, l->price);
  store64(lending + LENDING_UPDATED, l->now);
  store64(l->event, LOG_UPDATE_RATES);
  store64(l->event + 8, l->price);
  store64(l->event + 16, l->price);
  emit(l, 24);
}

/* Sender, receiver and, on the way out, owner are all the signer: the accounts checked above are its own. */
SHARED void record_operation(Lend *l) {
  int out = l->traits & TAKES_OUT;
  u8 *at = l->event;
  store64(at, out ? LOG_WITHDRAW : LOG_DEPOSIT);
  at += 8;
  for (int i = 0; i < (out ? 3 : 2); i++, at += 32) store_key(at, l->role[SIGNER]->key);
  store64(at, l->assets);
  store64(at + 8, l->shares);
  emit(l, (u64)(at + 16 - l->event));
}

u64 entrypoint(const u8 *input) {
  Lend *l = (Lend *)HEAP;
  PIN(l);
  u64 error;
  if ((error = read_input(input, &l->c))) return error;
  if ((error = read_instruction(l)) || (error = assign_roles(l))) return error;
  if ((error = check_programs(l)) || (error = check_types(l))) return error;
  if ((error = check_tokens(l)) || (error = check_vault(l))) return error;
  if ((error = set_price(l)) || (error = quote(l))) return error;
  record_price(l);
  if ((error = l->traits & TAKES_OUT ? pay_out(l) : take_in(l))) return error;
  if ((error = record_supply(l, POSITION, POSITION_AMOUNT)) || (error = record_supply(l, RESERVE, RESERVE_SUPPLY)))
    return error;
  record_operation(l);
  if (!(l->traits & SILENT)) {
    u64 returned = answer(l);
    sol_set_return_data((const u8 *)&returned, 8);
  }
  return 0;
}
