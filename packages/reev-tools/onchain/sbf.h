/* What a program needs of the Solana runtime, for stock clang and sBPF v0: types, input, calls, errors.
   token.h adds the token programs, math.h exact arithmetic. README.md explains the constraints behind the choices. */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define INLINE static inline __attribute__((always_inline))
#define SHARED static __attribute__((noinline, unused))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The backend assumes strict alignment and reads an odd address byte by byte; sBPF does not need that. */
#define LOAD(type) \
  u64 value; \
  __asm__ volatile("%0 = *(" #type " *)(%1 + 0)" : "=r"(value) : "r"(at) : "memory"); \
  return value
INLINE u64 load64(const u8 *at) { LOAD(u64); }
INLINE u64 load32(const u8 *at) { LOAD(u32); }
INLINE u64 load16(const u8 *at) { LOAD(u16); }
INLINE void store64(u8 *at, u64 v) { __asm__ volatile("*(u64 *)(%0 + 0) = %1" ::"r"(at), "r"(v) : "memory"); }
INLINE void store32(u8 *at, u64 v) { __asm__ volatile("*(u32 *)(%0 + 0) = %1" ::"r"(at), "r"(v) : "memory"); }

/* 32 KiB, zeroed for every invocation: the place of all scratch memory, as a stack frame has 512 bytes. */
#define HEAP 0x300000000ULL
/* Keeps a constant address in a register instead of loading it again at every use. */
#define PIN(pointer) __asm__("" : "+r"(pointer))

/* --- addresses; a Key is 8-aligned, in the input as well as in accounts laid out with care --- */

typedef struct { u64 word[4]; } Key;

INLINE int same_key(const Key *a, const Key *b) {
  return a->word[0] == b->word[0] && a->word[1] == b->word[1] && a->word[2] == b->word[2] && a->word[3] == b->word[3];
}
INLINE void store_key(u8 *at, const Key *key) {
  for (int i = 0; i < 4; i++) store64(at + 8 * i, key->word[i]);
}

/* --- what the runtime's C interface calls SolAccountInfo, SolAccountMeta, SolInstruction, SolSignerSeed(s) --- */

typedef struct {
  const Key *key; u64 *lamports; u64 data_len; u8 *data; const Key *owner; u64 rent_epoch;
  u8 signer, writable, executable;
} Account;
typedef struct { const Key *key; u8 writable, signer; } Meta;
typedef struct { const Key *program; Meta *metas; u64 meta_count; u8 *data; u64 data_len; } Instruction;
typedef struct { const void *bytes; u64 len; } Seed;
typedef struct { const Seed *seeds; u64 count; } Signer;

/* Left undefined: link.py makes them dynamic symbols, which the loader binds to system calls. */
extern u64 sol_log_(const char *text, u64 len);
extern u64 sol_log_64_(u64, u64, u64, u64, u64);
extern u64 sol_log_data(const void *slices, u64 count);
extern u64 sol_invoke_signed_c(const Instruction *, const Account *, u64 accounts, const Signer *, u64 signers);
extern u64 sol_create_program_address(const Seed *, u64 count, const Key *program, Key *out);
extern u64 sol_try_find_program_address(const Seed *, u64 count, const Key *program, Key *out, u8 *bump);
extern u64 sol_get_clock_sysvar(void *out);
extern u64 sol_set_return_data(const u8 *, u64 len);

#define LOG(text) sol_log_(text, sizeof(text) - 1)

/* --- errors: Anchor's numbers, logged in Anchor's words --- */

#define ANCHOR_ERRORS(X) \
  X(100, InstructionMissing, "Instruction discriminator not provided") \
  X(101, InstructionFallbackNotFound, "Fallback functions are not supported") \
  X(102, InstructionDidNotDeserialize, "The program could not deserialize the given instruction") \
  X(2000, ConstraintMut, "A mut constraint was violated") \
  X(2006, ConstraintSeeds, "A seeds constraint was violated") \
  X(2012, ConstraintAddress, "An address constraint was violated") \
  X(3002, AccountDiscriminatorMismatch, "Account discriminator did not match what was expected") \
  X(3003, AccountDidNotDeserialize, "Failed to deserialize the account") \
  X(3005, AccountNotEnoughKeys, "Not enough account keys given to the instruction") \
  X(3007, AccountOwnedByWrongProgram, "The given account is owned by a different program than expected") \
  X(3008, InvalidProgramId, "Program ID was not as expected") \
  X(3010, AccountNotSigner, "The given account did not sign")

#define NUMBER_ERROR(code, name, text) name = code,
/* For the body of a switch over error codes: `switch (code) { ANCHOR_ERRORS(LOG_ERROR) }`. */
#define LOG_ERROR(code, name, text) \
  case code: \
    LOG("AnchorError occurred. Error Code: " #name ". Error Number: " #code ". Error Message: " text "."); \
    break;

enum AnchorError { ANCHOR_ERRORS(NUMBER_ERROR) };

/* --- the input --- */

#define MAX_ACCOUNTS 64
#define TOO_MANY_ACCOUNTS (2ULL << 32) /* the runtime's InvalidArgument */

typedef struct {
  Account accounts[MAX_ACCOUNTS];
  u64 count;
  const u8 *data;
  u64 data_len;
  Key program;
} Context;

#define ACCOUNT_GROWTH 10240

/* Reads the loader's serialised input; returns an error when there are more accounts than a call may pass on. */
SHARED u64 read_input(const u8 *input, Context *c) {
  u8 *p = (u8 *)input;
  u64 count = *(u64 *)p;
  if (count > MAX_ACCOUNTS) return TOO_MANY_ACCOUNTS;
  p += 8;
  for (u64 i = 0; i < count; i++) {
    Account *a = &c->accounts[i];
    if (p[0] != 0xff) { /* an account that was given before: its index, padded to 8 bytes */
      *a = c->accounts[p[0]];
      p += 8;
      continue;
    }
    a->signer = p[1], a->writable = p[2];
    a->key = (Key *)(p + 8), a->owner = (Key *)(p + 40), a->lamports = (u64 *)(p + 72);
    a->data_len = *(u64 *)(p + 80), a->data = p + 88;
    p += (88 + a->data_len + ACCOUNT_GROWTH + 7) & ~7ULL;
    p += 8; /* Rent epoch and executable flag mean nothing to callees; they stay 0, which saves 80 CU a call. */
  }
  c->count = count;
  c->data_len = *(u64 *)p;
  c->data = p + 8;
  for (int i = 0; i < 4; i++) c->program.word[i] = load64(c->data + c->data_len + 8 * i);
  return 0;
}

/* --- calls of other programs --- */

#define MAX_METAS 8
#define MAX_CALL_DATA 512

typedef struct { Instruction instruction; Meta metas[MAX_METAS]; u8 data[MAX_CALL_DATA]; } Call;

INLINE void begin_call(Call *call, const Key *program) {
  call->instruction.program = program;
  call->instruction.metas = call->metas;
  call->instruction.meta_count = 0;
  call->instruction.data = call->data;
  call->instruction.data_len = 0;
}
INLINE void add_meta(Call *call, const Account *account, u8 writable, u8 signer) {
  Meta *meta = &call->metas[call->instruction.meta_count++];
  meta->key = account->key, meta->writable = writable, meta->signer = signer;
}
/* `signer` are the seeds of the one derived address that signs, or 0. */
INLINE u64 invoke(const Context *c, const Call *call, const Signer *signer) {
  return sol_invoke_signed_c(&call->instruction, c->accounts, c->count, signer, signer ? 1 : 0);
}
INLINE Seed seed(const void *bytes, u64 len) { Seed s = {bytes, len}; return s; }
