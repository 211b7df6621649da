import canonicalize from 'canonicalize';
import type { EvidencePack } from './pack.js';
import { reportOf } from './report.js';

/** A file of an evidence pack. */
export interface PackFile {
  readonly name: string;
  readonly text: string;
}

/**
 * An evidence pack as files, in order of name. Events are canonical JSON (RFC 8785), one a line, so that they can be
 * found again in an export of the whole chain; the SHA-256 of `plan.json` is the hash of the plan.
 */
export function filesOf(pack: EvidencePack): PackFile[] {
  const { events, population, plan, ...rest } = pack;
  return [
    { name: 'case.json', text: json({ ...rest, plan: { ...plan, body: 'plan.json' } }) },
    { name: 'events.ndjson', text: events.map((event) => `${canonicalize(event)}\n`).join('') },
    { name: 'plan.json', text: canonicalize(plan.body) as string },
    { name: 'population.json', text: json(population) },
    { name: 'report.html', text: reportOf(pack) },
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
