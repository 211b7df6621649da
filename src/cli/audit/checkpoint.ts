import { writeFileSync } from 'node:fs';
import type { Client } from '../../client/client.js';
import { type Checkpoint, signCheckpoint } from '../../client/local/audit-file.js';
import { readConfig } from '../../config.js';
import { AuditEndsDocument, AuditVerificationDocument } from '../../documents/generated/graphql.js';
import { conflict } from '../../model/errors.js';
import { formatTime } from '../../model/time.js';
import { connect } from '../connect.js';
import type { Context } from '../context.js';
import { makeKey, signingKey } from './keys.js';

export interface CheckpointOptions {
  readonly key: string;
  readonly out?: string;
  readonly generateKey?: true;
}

/** Signs where the chain stands, once all of it was verified. @throws CONFLICT where it does not hold, or is empty */
export async function checkpointAudit(context: Context, options: CheckpointOptions): Promise<Checkpoint> {
  if (options.generateKey) makeKey(options.key);
  const key = signingKey(options.key);
  const { clock } = readConfig(context.environment);
  const place = await connect(context, verifiedPlace);
  const signed = signCheckpoint({ ...place, signedAt: formatTime(clock ?? Date.now()) }, key);
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(signed, null, 2)}\n`);
  return signed;
}

/** The last event of the chain, once all of it was verified, and the first, which names the chain. */
async function verifiedPlace(client: Client) {
  const ends = await client.execute(AuditEndsDocument, {});
  const [first, last] = [ends.first.nodes[0], ends.last.nodes[0]];
  if (first === undefined || last === undefined) {
    throw conflict('There is no audit event yet to sign; import something first.');
  }
  const { seq, hash, at } = last;
  const { auditVerification: found } = await client.execute(AuditVerificationDocument, {
    through: [{ seq, hash }],
  });
  if (found.valid) return { seq, hash, at, chain: first.hash };
  throw conflict(`The chain does not hold at event ${found.firstBrokenAt}, and is not signed. ${found.why}`);
}
