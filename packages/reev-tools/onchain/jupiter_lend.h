/* Jupiter Lend's interface as lend.c needs it: addresses, errors, instructions, accounts, layouts, events. */
#pragma once
#include "token.h"

#define PRICE_ONE 1000000000000ULL
#define RATE_UNIT (10000ULL * 31536000ULL)
#define MAX_ELAPSED (1ULL << 47) /* seconds; times a rate of 16 bits it fits */
#define ALL (~0ULL)

/* --- addresses --- */

/* PDA of this program, seed "lending_admin": 5nmGjA4s7ATzpBQXC5RNceRpaJ7pYw2wKsNBWyuSAZV6 */
static const Key LENDING_ADMIN = {
    {0x829cadf910f12747ULL, 0x25663dae46f6768fULL, 0x6df7f9be1127996cULL, 0xd51308c011846a4fULL}};
static const u8 LENDING_ADMIN_BUMP = 252;
/* PDA of the liquidity program, seed "liquidity": 7s1da8DduuBFqGra5bJBjpnvL5E9mGzCuMk1Qkh4or2Z */
static const Key LIQUIDITY = {
    {0x75af847cfddff565ULL, 0x2e62a1cebdf7a5a8ULL, 0x71a853fc87bf3a2bULL, 0xde1b8b3a1a5608b9ULL}};
/* jupeiUmn818Jg1ekPURTpr4mFo29p46vygyykFJ3wZC */
static const Key LIQUIDITY_PROGRAM = {
    {0xb9cb56e4971efe0aULL, 0x39a60bb5252a642eULL, 0x6974ca4b1648f26fULL, 0xc3ccd6ac9245a863ULL}};
/* jup7TthsMgcR9Y3L277b8Eo9uboVSmu1utkuXHNUKar */
static const Key REWARDS_PROGRAM = {
    {0x340acc7ce71bfe0aULL, 0xb1763528f31a4b8cULL, 0x3eb0ce34ff6ff8c9ULL, 0x3ba9ff961bd91103ULL}};
/* ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL */
static const Key ASSOCIATED_TOKEN_PROGRAM = {
    {0xf189244e8f25978cULL, 0x830d8e1429103dbbULL, 0x8410ffda99135a0bULL, 0x59f8e9dbd87b8e04ULL}};
static const Key SYSTEM_PROGRAM = {{0, 0, 0, 0}};

/* --- errors --- */

#define LEND_ERRORS(X) \
  X(2001, ConstraintHasOne, "A has one constraint was violated") \
  X(2014, ConstraintTokenMint, "A token mint constraint was violated") \
  X(2015, ConstraintTokenOwner, "A token owner constraint was violated") \
  X(2021, ConstraintTokenTokenProgram, "A token account token program constraint was violated") \
  X(2022, ConstraintMintTokenProgram, "A mint token program constraint was violated") \
  X(6000, FTokenDepositInsignificant, "F_TOKEN_DEPOSIT_INSIGNIFICANT") \
  X(6001, FTokenMinAmountOut, "F_TOKEN_MIN_AMOUNT_OUT") \
  X(6002, FTokenMaxAmount, "F_TOKEN_MAX_AMOUNT") \
  X(6003, FTokenInvalidParams, "F_TOKEN_INVALID_PARAMS") \
  X(6006, FTokenLiquidityExchangePriceUnexpected, "F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED") \
  X(6007, FTokenCpiToLiquidityFailed, "F_TOKEN_CPI_TO_LIQUIDITY_FAILED") \
  X(6011, FTokenUserSupplyPositionRequired, "F_TOKEN_USER_SUPPLY_POSITION_REQUIRED")

enum LendError { LEND_ERRORS(NUMBER_ERROR) };

/* --- instructions --- */

enum Trait {
  TAKES_OUT = 1, /* withdraw and redeem */
  IN_SHARES = 2, /* the amount counts shares: mint and redeem; the answer counts assets */
  AT_LEAST = 4,  /* a second argument bounds the answer from below */
  AT_MOST = 8,   /* … from above, where 0 is no bound */
  SILENT = 16    /* returns nothing; the others return the answer */
};

#define INSTRUCTIONS(X) \
  X(0xb6f2e15289c623f2ULL, Deposit, 0) \
  X(0x77286d7661109074ULL, DepositWithMinAmountOut, AT_LEAST | SILENT) \
  X(0xa68992b62fe13933ULL, Mint, IN_SHARES) \
  X(0xab92b31e7a455e06ULL, MintWithMaxAssets, IN_SHARES | AT_MOST) \
  X(0x22a16d949c4612b7ULL, Withdraw, TAKES_OUT) \
  X(0xabf512efabb7c52fULL, WithdrawWithMaxSharesBurn, TAKES_OUT | AT_MOST) \
  X(0xe161c44695560cb8ULL, Redeem, TAKES_OUT | IN_SHARES) \
  X(0x95b8b4a638edbdebULL, RedeemWithMinAmountOut, TAKES_OUT | IN_SHARES | AT_LEAST | SILENT)

/* --- accounts by role --- */

#define ROLES(X) \
  X(SIGNER, "signer") X(ASSETS, "assets") X(SHARES, "shares") X(MINT, "mint") X(ADMIN, "lending_admin") \
  X(LENDING, "lending") X(F_TOKEN_MINT, "f_token_mint") X(RESERVE, "supply_token_reserves_liquidity") \
  X(POSITION, "lending_supply_position_on_liquidity") X(RATE_MODEL, "rate_model") X(VAULT, "vault") \
  X(CLAIM, "claim_account") X(POOL, "liquidity") X(POOL_PROGRAM, "liquidity_program") \
  X(REWARDS, "rewards_rate_model") X(TOKEN, "token_program") X(ASSOCIATED, "associated_token_program") \
  X(SYSTEM, "system_program")

#define NAME_ROLE(role, name) role,
enum Role { ROLES(NAME_ROLE) ROLE_COUNT, NOBODY };

static const u8 ORDER_IN[] = {SIGNER,   ASSETS,     SHARES, MINT, ADMIN,        LENDING, F_TOKEN_MINT, RESERVE,
                              POSITION, RATE_MODEL, VAULT,  POOL, POOL_PROGRAM, REWARDS, TOKEN,        ASSOCIATED,
                              SYSTEM};
static const u8 ORDER_OUT[] = {SIGNER,   SHARES,     ASSETS, ADMIN, LENDING, MINT,         F_TOKEN_MINT, RESERVE,
                               POSITION, RATE_MODEL, VAULT,  CLAIM, POOL,    POOL_PROGRAM, REWARDS,      TOKEN,
                               ASSOCIATED, SYSTEM};

#define WRITTEN \
  (1 << SIGNER | 1 << ASSETS | 1 << SHARES | 1 << LENDING | 1 << F_TOKEN_MINT | 1 << RESERVE | 1 << POSITION | \
   1 << VAULT | 1 << POOL)

/* --- layouts: Anchor's discriminator, then packed fields --- */

#define ADMIN_TYPE 0x05d228a3dc21082aULL
#define LENDING_TYPE 0xf1b683f91052c787ULL
#define RESERVE_TYPE 0x0c1f1478873b1215ULL
#define POSITION_TYPE 0x9215b13d7688dbcaULL
#define RATE_MODEL_TYPE 0xa204896bdbcb035eULL
#define REWARDS_TYPE 0xb5a64aac834748a6ULL

enum Admin { ADMIN_LEN = 111 }; /* with no auths */
enum Lending {
  LENDING_MINT = 8, LENDING_F_TOKEN_MINT = 40, LENDING_REWARDS = 75, LENDING_LIQUIDITY_PRICE = 107,
  LENDING_TOKEN_PRICE = 115, LENDING_UPDATED = 123, LENDING_RESERVE = 131, LENDING_POSITION = 163, LENDING_BUMP = 195,
  LENDING_LEN = 196
};
enum Reserve {
  RESERVE_MINT = 8, RESERVE_VAULT = 40, RESERVE_UPDATED = 78, RESERVE_PRICE = 86, RESERVE_SUPPLY = 104,
  RESERVE_LEN = 192
};
enum Position { POSITION_AMOUNT = 73, POSITION_LEN = 124 };
enum RateModel {
  RATE_MINT = 8, RATE_AT_ZERO = 41, RATE_AT_KINK = 45, RATE_AT_MAX = 47, RATE_MODEL_LEN = 53
};
enum Rewards { REWARDS_LEN = 89 };

/* --- events --- */

#define LOG_UPDATE_RATES 0xd9440f933c710bdeULL
#define LOG_DEPOSIT 0x6a01ce8e3801f3b0ULL
#define LOG_WITHDRAW 0x7506bedeb3b00931ULL
