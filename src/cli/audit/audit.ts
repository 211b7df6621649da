import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { verifyChainFile } from '../../audit/chain-file.js';
import { type Checkpoint, readCheckpoint, signCheckpoint } from '../../audit/checkpoint.js';
import type { ChainVerification } from '../../audit/verify-chain.js';
import { badInput, conflict } from '../../model/errors.js';
import type { Role } from '../../model/roles.js';
import { formatTime } from '../../model/time.js';
import { auditVerification } from '../../offboarding/evidence/audit-verification.js';
import { chainLines, type Period } from '../../offboarding/evidence/chain-lines.js';
import type { Context } from '../context.js';
import { withSession } from '../session.js';
import { makeKey, signingKey, verifyingKey } from './keys.js';

/** Who may read and export the audit log (api, section 5). */
export const MAY_AUDIT: readonly Role[] = ['AUDITOR', 'ADMIN'];

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

/** Verifies the chain of the store, or an exported file without any store. @throws BAD_INPUT */
export async function verifyAudit(
  context: Context,
  file: string | undefined,
  options: VerifyOptions,
): Promise<Verified> {
  const checkpoint = checkpointOf(options);
  const vouched = checkpoint === null ? [] : [{ seq: 1, hash: checkpoint.chain }, checkpoint];
  const told =
    checkpoint === null
      ? null
      : { seq: checkpoint.seq, signedAt: checkpoint.signedAt, keyId: checkpoint.keyId };
  if (file === undefined) {
    const found = await withSession(context, { as: MAY_AUDIT }, ({ store }) =>
      auditVerification(store.journal, { through: vouched }),
    );
    return { ...found, after: 0, checkpoint: told };
  }
  const bytes = file === '-' ? process.stdin : createReadStream(file);
  const found = await verifyChainFile(bytes as AsyncIterable<Uint8Array>, vouched);
  const after = found.after?.seq ?? 0;
  if (checkpoint !== null && checkpoint.seq < after)
    throw badInput(
      `The file begins after event ${after}, and the checkpoint is of event ${checkpoint.seq}: it says nothing about the file.`,
    );
  return { ...found, after, checkpoint: told };
}

function checkpointOf({ checkpoint, key }: VerifyOptions): Checkpoint | null {
  if (checkpoint === undefined) return null;
  return readCheckpoint(readFileSync(checkpoint, 'utf8'), key === undefined ? null : verifyingKey(key));
}

/** Writes a stretch of the chain to a file, or to standard output. @returns how many events there are */
export async function exportAudit(
  context: Context,
  period: Period,
  out: string | undefined,
): Promise<number> {
  return withSession(context, { as: MAY_AUDIT }, async ({ store }) => {
    let lines = 0;
    const counted = async function* () {
      for await (const line of chainLines(store.journal, period)) {
        lines += 1;
        yield line;
      }
    };
    if (out === undefined) await pipeline(Readable.from(counted()), process.stdout, { end: false });
    else await pipeline(Readable.from(counted()), createWriteStream(out));
    // The first line is the header.
    return lines - 1;
  });
}

export interface CheckpointOptions {
  readonly key: string;
  readonly out?: string;
  readonly generateKey?: true;
}

/** Signs where the chain stands, once all of it was verified. @throws CONFLICT where it does not hold, or is empty */
export async function checkpointAudit(context: Context, options: CheckpointOptions): Promise<Checkpoint> {
  if (options.generateKey) makeKey(options.key);
  const key = signingKey(options.key);
  const signed = await withSession(context, { as: MAY_AUDIT }, async ({ store, clock }) => {
    const head = await store.journal.auditHead();
    const [first] = await store.journal.auditEvents({ limit: 1 });
    if (head === null || first === undefined)
      throw conflict('There is no audit event yet to sign; import something first.');
    const found = await auditVerification(store.journal, { through: [head] });
    if (!found.valid)
      throw conflict(
        `The chain does not hold at event ${found.firstBrokenAt}, and is not signed. ${found.why}`,
      );
    return signCheckpoint({ ...head, chain: first.hash, signedAt: formatTime(clock.now()) }, key);
  });
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(signed, null, 2)}\n`);
  return signed;
}
