/* A hostile program for the tests: calls the program given as the last account with everything it was given. */
#include "sbf.h"

typedef struct { Context context; Meta metas[MAX_ACCOUNTS]; Instruction instruction; } Scratch;

u64 entrypoint(const u8 *input) {
  Scratch *s = (Scratch *)HEAP;
  PIN(s);
  u64 error = read_input(input, &s->context);
  if (error) return error;
  const Context *c = &s->context;
  if (c->count == 0) return AccountNotEnoughKeys;
  for (u64 i = 0; i < c->count; i++) {
    const Account *account = &c->accounts[i];
    s->metas[i] = (Meta){account->key, account->writable, account->signer};
  }
  s->instruction = (Instruction){c->accounts[c->count - 1].key, s->metas, c->count, (u8 *)c->data, c->data_len};
  return sol_invoke_signed_c(&s->instruction, c->accounts, c->count, 0, 0);
}
