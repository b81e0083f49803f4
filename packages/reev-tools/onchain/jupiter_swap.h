/* The interface of Jupiter's aggregator v6 as data: instructions, account orders, arguments, events, errors. */
#pragma once
#include "sbf.h"

#define JUPITER_ERRORS(X) \
  X(6000, EmptyRoute, "Empty route") \
  X(6001, SlippageToleranceExceeded, "Slippage tolerance exceeded") \
  X(6002, InvalidCalculation, "Invalid calculation") \
  X(6003, MissingPlatformFeeAccount, "Missing platform fee account") \
  X(6004, InvalidSlippage, "Invalid slippage") \
  X(6005, NotEnoughPercent, "Not enough percent to 100") \
  X(6006, InvalidInputIndex, "Token input index is invalid") \
  X(6007, InvalidOutputIndex, "Token output index is invalid") \
  X(6008, NotEnoughAccountKeys, "Not Enough Account keys") \
  X(6010, InvalidRoutePlan, "Invalid route plan") \
  X(6014, IncorrectTokenProgramID, "Token program ID is invalid") \
  X(6015, TokenProgramNotProvided, "Token program not provided") \
  X(6016, SwapNotSupported, "Swap not supported") \
  X(6017, ExactOutAmountNotMatched, "Exact out amount doesn't match") \
  X(6018, SourceAndDestinationMintCannotBeTheSame, "Source mint and destination mint cannot the same") \
  X(6019, InvalidMint, "Invalid mint") \
  X(6020, InvalidProgramAuthority, "Invalid program authority") \
  X(6021, InvalidOutputTokenAccount, "Invalid output token account") \
  X(6022, InvalidFeeWallet, "Invalid fee wallet") \
  X(6024, InsufficientFunds, "Insufficient funds") \
  X(6025, InvalidTokenAccount, "Invalid token account")

enum JupiterError { JUPITER_ERRORS(NUMBER_ERROR) };

/* What an account of an instruction is there for. */
enum Role {
  END, TOKEN, TOKEN_2022, PROGRAM_AUTHORITY, USER, SOURCE, PROGRAM_SOURCE, PROGRAM_DESTINATION, DESTINATION,
  OTHER_DESTINATION, SOURCE_MINT, DESTINATION_MINT, SOURCE_PROGRAM, DESTINATION_PROGRAM, PLATFORM_FEE, EVENTS, SELF,
  ROLES
};
enum Order { ROUTE, EXACT_OUT_ROUTE, SHARED_ROUTE, ROUTE_V2, SHARED_ROUTE_V2 };

/* The accounts of each order; those of the route's steps follow. An absent optional one is the program itself. */
static const u8 ORDERS[][16] = {
    [ROUTE] = {TOKEN, USER, SOURCE, DESTINATION, OTHER_DESTINATION, DESTINATION_MINT, PLATFORM_FEE, EVENTS, SELF},
    [EXACT_OUT_ROUTE] = {TOKEN, USER, SOURCE, DESTINATION, OTHER_DESTINATION, SOURCE_MINT, DESTINATION_MINT,
                         PLATFORM_FEE, TOKEN_2022, EVENTS, SELF},
    [SHARED_ROUTE] = {TOKEN, PROGRAM_AUTHORITY, USER, SOURCE, PROGRAM_SOURCE, PROGRAM_DESTINATION, DESTINATION,
                      SOURCE_MINT, DESTINATION_MINT, PLATFORM_FEE, TOKEN_2022, EVENTS, SELF},
    [ROUTE_V2] = {USER, SOURCE, DESTINATION, SOURCE_MINT, DESTINATION_MINT, SOURCE_PROGRAM, DESTINATION_PROGRAM,
                  OTHER_DESTINATION, EVENTS, SELF},
    [SHARED_ROUTE_V2] = {PROGRAM_AUTHORITY, USER, SOURCE, PROGRAM_SOURCE, PROGRAM_DESTINATION, DESTINATION,
                         SOURCE_MINT, DESTINATION_MINT, SOURCE_PROGRAM, DESTINATION_PROGRAM, EVENTS, SELF},
};

typedef struct { u64 tag; u8 order, shared, exact_out, v2; } Form;

/* The first 8 bytes of sha256("global:NAME"), read as a little-endian number. */
static const Form FORMS[] = {
    {0x2aade37a97cb17e5ULL, ROUTE, 0, 0, 0},           {0x819cd641339b20c1ULL, SHARED_ROUTE, 1, 0, 0},
    {0x5ced2b7b97ef33d0ULL, EXACT_OUT_ROUTE, 0, 1, 0}, {0x3e457d9aa869d1b0ULL, SHARED_ROUTE, 1, 1, 0},
    {0x14afc431ccfa64bbULL, ROUTE_V2, 0, 0, 1},        {0xe9d8fe7c935398d1ULL, SHARED_ROUTE_V2, 1, 0, 1},
    {0x24f3f41552b88a9dULL, ROUTE_V2, 0, 1, 1},        {0x18fabbd8cae56035ULL, SHARED_ROUTE_V2, 1, 1, 1},
};

/* sha256("anchor:event") and sha256("event:NAME"), likewise. */
#define EVENT_TAG 0x1d9acb512ea545e4ULL
#define SWAP_EVENT 0xe2710826e8cdc640ULL
#define SWAPS_EVENT 0x6a6e60c0eb4e2f98ULL
#define FEE_EVENT 0xdc0dd5b87f4e4f49ULL

/* The derived address of "__event_authority" under the program's real id, and its bump. */
static const Key EVENT_AUTHORITY = {
    {0x4af6d7f527fa3fb4ULL, 0xde7958291f9bc074ULL, 0x51ddc9df36ab094bULL, 0xe8e58cb3a71a324bULL}};
static const u8 EVENT_AUTHORITY_BUMP = 255;

/* The derived addresses of "authority" and an id, 0 to 19, and their bumps: checking one here would cost 1,500 CU. */
static const struct { Key key; u8 bump; } PROGRAM_AUTHORITIES[] = {
    {{{0x88c6ae3de877f8e2ULL, 0x1b317baeb5ab438fULL, 0xe5fc970896348cb7ULL, 0x97f10fe2162cb8a7ULL}}, 255},
    {{{0x6a1c6c88c3090c14ULL, 0xaa04cf1b93324f84ULL, 0x53fec0b1198517c3ULL, 0x3cdeb40e712affd4ULL}}, 255},
    {{{0x8836874cff0b809aULL, 0xf1eb7340c10fc296ULL, 0x4dfe81fe75a35acbULL, 0x785eb7dfa42bc8bdULL}}, 254},
    {{{0xbdc342ba5d2c3e51ULL, 0x97e94e83bdda3083ULL, 0xf55500fa893550e5ULL, 0x1203cc2ee7e490e0ULL}}, 255},
    {{{0xb1ca35b73f90b83aULL, 0xf6ed5748af597cc6ULL, 0x597c0aa532f80a1bULL, 0xbca9c80e9e9121e3ULL}}, 255},
    {{{0x3792f287d0e31aacULL, 0xae044c0cf7482506ULL, 0xcbe786496995a9c2ULL, 0x3086d321065267b4ULL}}, 255},
    {{{0x6a4044ff44e59782ULL, 0x3efacfc264fab713ULL, 0xc7005e93f85de1c6ULL, 0x7df313f0aede7041ULL}}, 250},
    {{{0x2afd08410e6c4b4fULL, 0x9dc5ace0ea78246aULL, 0x62c111f5edb41bb2ULL, 0xfb01090c1e2d60cfULL}}, 254},
    {{{0xd98ba4875e5088f1ULL, 0xcca818e61cc19ed9ULL, 0xb35c32e1bab6b5f4ULL, 0x1dd08e3643c5e929ULL}}, 255},
    {{{0x76c6c8d9ac8fcbb8ULL, 0x7ed275b636df364fULL, 0x2045fadb6ae0fc65ULL, 0x096d7f060e57e4daULL}}, 254},
    {{{0x4b9828449d32974cULL, 0xa95df59e6a4ce1b1ULL, 0x756e180a897a4ddeULL, 0x7010992ebdde35baULL}}, 253},
    {{{0x653a2fbcdedba6f4ULL, 0x6afe2d33fbe09af8ULL, 0x0b3e87dbcd89e69aULL, 0x6e7abc5cb46b3a7eULL}}, 255},
    {{{0x0b67fd38899bc922ULL, 0xa7ddeab962281b72ULL, 0xb3bb286edf1c5566ULL, 0xe9d576b4a96c04afULL}}, 255},
    {{{0x893dfef8b3e7b520ULL, 0x0a136016e07ca336ULL, 0x85277599a8c3a700ULL, 0x18a3b0cb616ffa87ULL}}, 255},
    {{{0x6b9a4ccd54808ae4ULL, 0xcd9230f3f3c551e9ULL, 0x3aee92eb53987626ULL, 0x04a33bfc441c7695ULL}}, 255},
    {{{0x14db17c11c9bc863ULL, 0xfdbbf95c12a04020ULL, 0x26b08a7c8d6b3ae9ULL, 0xc3eb32c22e6f8b42ULL}}, 255},
    {{{0xe265a2adae150260ULL, 0x140380d4c9f281f8ULL, 0xb2b52338c45ede7fULL, 0xdbd6875f45073730ULL}}, 253},
    {{{0x4b988a82fe46c434ULL, 0x77100656ddbc54beULL, 0xc29f79f9135c65b8ULL, 0xb75dd78c2a034cd5ULL}}, 255},
    {{{0xa06b45ad0809230cULL, 0xbdcf188452af65e9ULL, 0x7f70f976dff79fcbULL, 0xbaa8cda270603c86ULL}}, 255},
    {{{0x5dd1c7aabd08eea9ULL, 0x4c96d8229e4437c3ULL, 0xc4597cf1247a3545ULL, 0x169ea658f3d90ba8ULL}}, 254},
};

/* Bytes of the fields of each variant of Jupiter's `Swap`, to find the end of a step. No pool of ours trades under the
   four variants whose size varies. */
#define VARIES 0xff
static const u8 SWAP_FIELD_BYTES[] = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 16, 0, 0, 0, 4, 0, 0, 0, 0,
    0, 1, 0, 4, 3, 10, 5, 5, 0, VARIES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0,
    VARIES, 0, 0, 0, 0, 0, 8, 8, 0, 0, 1, 2, 9, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, VARIES, 1, 0, 1, 1, 0, 0, 1,
    VARIES, 0, 0,
};
