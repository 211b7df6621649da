import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EvidenceFilesDocument } from '../../documents/generated/graphql.js';
import { conflict, unavailable } from '../../model/errors.js';
import { formatTime } from '../../model/time.js';
import { connect } from '../connect.js';
import type { Context } from '../context.js';
import { findCase } from '../offboard/find-case.js';
import { chainLines, type Period } from './chain-lines.js';

/** What was written. */
export interface WrittenPack {
  readonly folder: string;
  readonly case: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/**
 * Writes all that shows what a case did into a folder of its own: a report to read, the values it is made of, and
 * the chain of events, so that whoever has the folder can check them without the store.
 *
 * @throws CONFLICT where the folder has something in it
 */
export async function writeEvidence(
  context: Context,
  words: string,
  { period, out }: { readonly period: Period; readonly out: string | undefined },
): Promise<WrittenPack> {
  return connect(context, async (client) => {
    const { id, planHash } = await findCase(client, words);
    const folder = out ?? `evidence-${id.split('/').at(-1)}`;
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw conflict(`The folder ${folder} has something in it; name another one with --out.`);
    const { evidence } = await client.execute(EvidenceFilesDocument, { id, ...periodVariables(period) });
    requireNames(evidence.files);
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    for (const { name, text } of evidence.files) write(name, text);
    await pipeline(Readable.from(chainLines(client, {})), createWriteStream(join(folder, CHAIN)));
    write(README, explained(id, planHash));
    const names = [...evidence.files.map(({ name }) => name), CHAIN, README].sort();
    const files = names.map((name) => ({ name, sha256: digest(readFileSync(join(folder, name))) }));
    write('manifest.json', `${JSON.stringify({ case: id, madeAt: evidence.madeAt, files }, null, 2)}\n`);
    return { folder, case: id, files };
  });
}

/** The service names the files: they stay in the folder. @throws UNAVAILABLE */
function requireNames(files: readonly { readonly name: string }[]): void {
  const wrong = files.find(({ name }) => basename(name) !== name || ['', '.', '..'].includes(name));
  if (wrong === undefined) return;
  throw unavailable(
    `The service does not answer as Tendril does: ${JSON.stringify(wrong.name)} is no name of a file; check TENDRIL_URL.`,
  );
}

/** What is written besides the files that the API gives. */
const [CHAIN, README] = ['chain.ndjson', 'README.txt'];

const periodVariables = ({ since, until }: Period) => ({
  ...(since !== undefined && { since: formatTime(since) }),
  ...(until !== undefined && { until: formatTime(until) }),
});

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function explained(id: string, hash: string): string {
  return `Evidence of the case ${id}.

Check all of it together, without any store: tendril audit verify FOLDER

report.html      to read: what was found, decided, approved and done, with its proofs, and what is left
plan.json        the plan that was approved, in canonical JSON (RFC 8785). Its SHA-256 is what was approved:
                 ${hash}
case.json        the case: signatures, actions with proofs, waivers, residual ledger, radii before and after, controls
events.ndjson    the audit events of the case
chain.ndjson     the whole chain of audit events, of which those of the case are a part. Check it without any store:
                 tendril audit verify chain.ndjson
                 and, where there is a checkpoint: tendril audit verify chain.ndjson --checkpoint FILE --key FILE
population.json  everybody who left in the period, against the cases there are
manifest.json    SHA-256 of each file
`;
}
