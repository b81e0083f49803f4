"""What Token-2022 adds to the Token program, as tables of layouts.

An extension's instruction is tagged with two bytes, one of an interface with the start of a hash. Arguments made of
ciphertexts and proofs are told in hex.
"""

from __future__ import annotations

__all__ = ["EXTENSIONS", "INTERFACES"]

EXTENSIONS = """
25 InitializeMintCloseAuthority(close_authority: pubkey?) mint
26.0
  InitializeTransferFeeConfig(config_authority: pubkey?, withdraw_authority: pubkey?, fee_bps: u16,
  maximum_fee_raw: u64) mint
26.1 TransferCheckedWithFee(amount_raw: u64, decimals: u8, fee_raw: u64) source mint destination authority
26.2 WithdrawWithheldTokensFromMint mint destination authority
26.3 WithdrawWithheldTokensFromAccounts(account_count: u8) mint destination authority
26.4 HarvestWithheldTokensToMint mint source…
26.5 SetTransferFee(fee_bps: u16, maximum_fee_raw: u64) mint authority
27.0 ConfidentialTransferInitializeMint(authority: pubkey0, auto_approve: bool, data: hex) mint
27.1 ConfidentialTransferUpdateMint(auto_approve: bool, data: hex) mint authority
27.2 ConfidentialTransferConfigureAccount(data: hex) account mint
27.3 ConfidentialTransferApproveAccount account mint authority
27.4 ConfidentialTransferEmptyAccount(data: hex) account
27.5 ConfidentialDeposit(amount_raw: u64, decimals: u8) account mint authority
27.6 ConfidentialWithdraw(amount_raw: u64, decimals: u8, data: hex) account mint
27.7 ConfidentialTransfer(data: hex) source mint destination
27.8 ConfidentialApplyPendingBalance(data: hex) account authority
27.9 EnableConfidentialCredits account authority
27.10 DisableConfidentialCredits account authority
27.11 EnableNonConfidentialCredits account authority
27.12 DisableNonConfidentialCredits account authority
27.13 ConfidentialTransferWithFee(data: hex) source mint destination
27.14 ConfidentialTransferConfigureAccountWithRegistry account mint registry
28.0 InitializeDefaultAccountState(state: state) mint
28.1 UpdateDefaultAccountState(state: state) mint authority
29 Reallocate(extensions: extensions) account payer system_program owner
30.0 EnableRequiredMemoTransfers account owner
30.1 DisableRequiredMemoTransfers account owner
31 CreateNativeMint payer mint system_program
32 InitializeNonTransferableMint mint
33.0 InitializeInterestBearingMint(rate_authority: pubkey0, rate_bps: i16) mint
33.1 UpdateInterestRate(rate_bps: i16) mint authority
34.0 EnableCpiGuard account owner
34.1 DisableCpiGuard account owner
35 InitializePermanentDelegate(delegate: pubkey) mint
36.0 InitializeTransferHook(authority: pubkey0, hook_program: pubkey0) mint
36.1 UpdateTransferHook(hook_program: pubkey0) mint authority
37.0 InitializeConfidentialTransferFeeConfig(authority: pubkey0, data: hex) mint
37.1 ConfidentialWithdrawWithheldTokensFromMint(data: hex) mint destination
37.2 ConfidentialWithdrawWithheldTokensFromAccounts(account_count: u8, data: hex) mint destination
37.3 ConfidentialHarvestWithheldTokensToMint mint source…
37.4 EnableHarvestToMint mint authority
37.5 DisableHarvestToMint mint authority
39.0 InitializeMetadataPointer(authority: pubkey0, metadata_address: pubkey0) mint
39.1 UpdateMetadataPointer(metadata_address: pubkey0) mint authority
40.0 InitializeGroupPointer(authority: pubkey0, group_address: pubkey0) mint
40.1 UpdateGroupPointer(group_address: pubkey0) mint authority
41.0 InitializeGroupMemberPointer(authority: pubkey0, member_address: pubkey0) mint
41.1 UpdateGroupMemberPointer(member_address: pubkey0) mint authority
42.0 ConfidentialMintBurnInitializeMint(data: hex) mint
42.1 RotateSupplyElGamalPubkey(data: hex) mint
42.2 UpdateDecryptableSupply(data: hex) mint authority
42.3 ConfidentialMint(data: hex) account mint
42.4 ConfidentialBurn(data: hex) account mint
42.5 ApplyPendingBurn mint authority
43.0 InitializeScaledUiAmount(authority: pubkey0, multiplier: f64) mint
43.1 UpdateScaledUiAmountMultiplier(multiplier: f64, effective_timestamp: i64) mint authority
44.0 InitializePausable(authority: pubkey) mint
44.1 Pause mint authority
44.2 Resume mint authority
46.0 InitializePermissionedBurn(authority: pubkey) mint
46.1 PermissionedBurn(amount_raw: u64) account mint burn_authority authority
46.2 PermissionedBurnChecked(amount_raw: u64, decimals: u8) account mint burn_authority authority
46.3 PermissionedConfidentialBurn(data: hex) account mint
"""

INTERFACES = """
spl_token_metadata_interface:initialize_account
  InitializeTokenMetadata(name: string, symbol: string, uri: string) metadata update_authority mint mint_authority
spl_token_metadata_interface:updating_field
  UpdateTokenMetadataField(field: field, value: string) metadata update_authority
spl_token_metadata_interface:remove_key_ix
  RemoveTokenMetadataKey(idempotent: bool, key: string) metadata update_authority
spl_token_metadata_interface:update_the_authority
  UpdateTokenMetadataAuthority(new_authority: pubkey0) metadata update_authority
spl_token_metadata_interface:emitter
  EmitTokenMetadata(start: u64?, end: u64?) metadata
spl_token_group_interface:initialize_token_group
  InitializeTokenGroup(update_authority: pubkey0, maximum_size: u64) group mint mint_authority
spl_token_group_interface:update_group_max_size
  UpdateTokenGroupMaxSize(maximum_size: u64) group update_authority
spl_token_group_interface:update_authority
  UpdateTokenGroupAuthority(new_authority: pubkey0) group update_authority
spl_token_group_interface:initialize_member
  InitializeTokenGroupMember member member_mint mint_authority group group_authority
"""
