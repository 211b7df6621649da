import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import canonicalize from 'canonicalize';
import { conflict } from '../../model/errors.js';
import { chainLines, type Period } from '../../offboarding/evidence/chain-lines.js';
import { packOf } from '../../offboarding/evidence/pack.js';
import { periodOf } from '../../offboarding/evidence/population.js';
import { reportOf } from '../../offboarding/evidence/report.js';
import type { Context } from '../context.js';
import { findCase } from '../offboard/desk.js';
import { withSession } from '../session.js';
import { MAY_AUDIT } from './audit.js';

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
  return withSession(context, { as: MAY_AUDIT }, async (session) => {
    const { caseContext, store, clock } = session;
    const one = await findCase(session, words);
    const folder = out ?? `evidence-${one.id.split('/').at(-1)}`;
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw conflict(`The folder ${folder} has something in it; name another one with --out.`);
    const pack = await packOf(caseContext, one, periodOf(period, clock.now()));
    mkdirSync(folder, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    const { events, population, plan, ...rest } = pack;
    write('report.html', reportOf(pack));
    write('plan.json', canonicalize(plan.body) as string);
    write('case.json', json({ ...rest, plan: { ...plan, body: 'plan.json' } }));
    write('events.ndjson', events.map((event) => `${canonicalize(event)}\n`).join(''));
    write('population.json', json(population));
    await pipeline(
      Readable.from(chainLines(store.journal, {})),
      createWriteStream(join(folder, 'chain.ndjson')),
    );
    write('README.txt', explained(one.id, plan.hash));
    const names = [
      'README.txt',
      'case.json',
      'chain.ndjson',
      'events.ndjson',
      'plan.json',
      'population.json',
      'report.html',
    ];
    const files = names.map((name) => ({ name, sha256: digest(readFileSync(join(folder, name))) }));
    write('manifest.json', json({ case: one.id, madeAt: pack.madeAt, files }));
    return { folder, case: one.id, files };
  });
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function explained(id: string, hash: string): string {
  return `Evidence of the case ${id}.

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
