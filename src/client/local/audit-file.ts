/** Exported stretches of the audit chain, and checkpoints of it: files that are checked without a store or a service. */
export { chainHeader, verifyChainFile } from '../../audit/chain-file.js';
export { type Checkpoint, readCheckpoint, signCheckpoint } from '../../audit/checkpoint.js';
export type { ChainPlace, ChainVerification } from '../../audit/verify-chain.js';
