import { createReadStream, readFileSync } from 'node:fs';
import {
  type ChainPlace,
  type ChainVerification,
  type Checkpoint,
  readCheckpoint,
  verifyChainFile,
} from '../../client/local/audit-file.js';
import { AuditVerificationDocument } from '../../documents/generated/graphql.js';
import { badInput } from '../../model/errors.js';
import { connect } from '../connect.js';
import type { Context } from '../context.js';
import { verifyingKey } from './keys.js';

/** What was verified, and against what. */
export interface Verified extends ChainVerification {
  /** Event after which what was read begins; 0: it is the whole chain. */
  readonly after: number;
  readonly checkpoint: Pick<Checkpoint, 'seq' | 'signedAt' | 'keyId'> | null;
}

export interface VerifyOptions {
  readonly checkpoint?: string;
  readonly key?: string;
}

/** Verifies the chain of the store or the service, or an exported file without any. @throws BAD_INPUT */
export async function verifyAudit(
  context: Context,
  file: string | undefined,
  options: VerifyOptions,
): Promise<Verified> {
  const checkpoint = checkpointOf(options);
  const vouched =
    checkpoint === null
      ? []
      : [
          { seq: 1, hash: checkpoint.chain },
          { seq: checkpoint.seq, hash: checkpoint.hash },
        ];
  const told =
    checkpoint === null
      ? null
      : { seq: checkpoint.seq, signedAt: checkpoint.signedAt, keyId: checkpoint.keyId };
  if (file === undefined) return { ...(await verifyThere(context, vouched)), after: 0, checkpoint: told };
  const bytes = file === '-' ? process.stdin : createReadStream(file);
  const found = await verifyChainFile(bytes as AsyncIterable<Uint8Array>, vouched);
  const after = found.after?.seq ?? 0;
  if (checkpoint !== null && checkpoint.seq < after)
    throw badInput(
      `The file begins after event ${after}, and the checkpoint is of event ${checkpoint.seq}: it says nothing about the file.`,
    );
  return { ...found, after, checkpoint: told };
}

function verifyThere(context: Context, through: readonly ChainPlace[]): Promise<ChainVerification> {
  return connect(context, async (client) => {
    const { auditVerification } = await client.execute(AuditVerificationDocument, { through });
    return auditVerification;
  });
}

function checkpointOf({ checkpoint, key }: VerifyOptions): Checkpoint | null {
  if (checkpoint === undefined) return null;
  return readCheckpoint(readFileSync(checkpoint, 'utf8'), key === undefined ? null : verifyingKey(key));
}
