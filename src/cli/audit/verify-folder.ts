import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { badInput } from '../../model/errors.js';
import type { Context } from '../context.js';
import { type Verified, type VerifyOptions, verifyAudit } from './verify.js';

/** One thing that was checked about a folder of evidence. */
export interface FolderCheck {
  readonly name: 'manifest' | 'plan' | 'chain' | 'events' | 'signatures';
  readonly holds: boolean;
  /** What was found, in a sentence. */
  readonly found: string;
}

/** What was found about a folder of evidence. */
export interface VerifiedFolder {
  readonly folder: string;
  readonly case: string;
  readonly valid: boolean;
  readonly checks: readonly FolderCheck[];
  readonly chain: Verified;
}

/** As much of `case.json` as is held against the events. */
interface Evidence {
  readonly case: {
    readonly id: string;
    readonly planHash: string;
    readonly planned: Signature;
    readonly approved: Signature | null;
    readonly executed: Signature | null;
    readonly cancelled: Signature | null;
  };
}

interface Signature {
  readonly subject: string;
  readonly at: string;
}

interface Event {
  readonly type: string;
  readonly case: string | null;
  readonly at: string;
  readonly actor: { readonly subject: string };
  readonly after: { readonly planHash?: unknown } | null;
}

/**
 * Verifies what `audit export --case` wrote, without any store: the digests of the manifest, the plan by the hash that was
 * approved, the chain, that the events of the case are those of the chain, and that its signatures are theirs.
 *
 * @throws BAD_INPUT where the folder is none of evidence
 */
export async function verifyFolder(
  context: Context,
  folder: string,
  options: VerifyOptions,
): Promise<VerifiedFolder> {
  const manifest = read<{ case: string; files: { name: string; sha256: string }[] }>(folder, 'manifest.json');
  const { case: about } = read<Evidence>(folder, 'case.json');
  const chain = await verifyAudit(context, join(folder, 'chain.ndjson'), options);
  const chained = await linesOf(folder, 'chain.ndjson', (line) => isOf(line, about.id));
  const events = await linesOf(folder, 'events.ndjson', () => true);
  const checks = [
    manifestCheck(folder, manifest.files),
    planCheck(folder, about.planHash, chained),
    chainCheck(chain),
    eventsCheck(chained, events),
    signatureCheck(
      about,
      chained.map((line) => JSON.parse(line) as Event),
    ),
  ];
  const valid = checks.every(({ holds }) => holds);
  return { folder, case: about.id, valid, checks, chain };
}

function read<T>(folder: string, name: string): T {
  try {
    return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'is not JSON' : 'is not there';
    throw badInput(`${join(folder, name)} ${why}; name a folder that \`audit export --case\` wrote.`);
  }
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const check = (name: FolderCheck['name'], wrong: readonly string[], right: string): FolderCheck => ({
  name,
  holds: wrong.length === 0,
  found: wrong.length === 0 ? right : wrong.join(' '),
});

/** Every file is as the manifest says, and there are no others. */
function manifestCheck(folder: string, files: readonly { name: string; sha256: string }[]): FolderCheck {
  const there = readdirSync(folder);
  const wrong = files.flatMap(({ name, sha256 }) => {
    if (basename(name) !== name || !there.includes(name)) return [`${name} is not there.`];
    return digest(readFileSync(join(folder, name))) === sha256 ? [] : [`${name} was changed.`];
  });
  const listed = new Set([...files.map(({ name }) => name), 'manifest.json']);
  const more = there.filter((name) => !listed.has(name)).map((name) => `${name} is not in the manifest.`);
  return check('manifest', [...wrong, ...more], `${files.length} files are as the manifest says.`);
}

/** The plan gives the hash that the case has, and that was approved. */
function planCheck(folder: string, hash: string, chained: readonly string[]): FolderCheck {
  const found = digest(readFileSync(join(folder, 'plan.json')));
  const approvals = chained
    .map((line) => JSON.parse(line) as Event)
    .filter(({ type }) => type === 'CASE_APPROVED');
  const approved = approvals.at(-1)?.after?.planHash;
  const wrong = [
    ...(found === hash ? [] : [`plan.json gives the hash ${found}, and the case has ${hash}.`]),
    ...(approved === undefined || approved === hash ? [] : [`What was approved is ${String(approved)}.`]),
  ];
  const how = approved === undefined ? 'nobody approved it' : 'it is what was approved';
  return check('plan', wrong, `plan.json gives the hash ${hash}; ${how}.`);
}

function chainCheck({ valid, events, firstBrokenAt, why }: Verified): FolderCheck {
  const wrong = valid ? [] : [`It does not hold at event ${firstBrokenAt}. ${why}`];
  return check('chain', wrong, `${events} events hold.`);
}

/** The events of the case are all that the chain has of it, and nothing else. */
function eventsCheck(chained: readonly string[], events: readonly string[]): FolderCheck {
  const wrong: string[] = [];
  const all = new Set(chained);
  const strange = events.filter((line) => !all.has(line)).length;
  if (strange > 0) wrong.push(`${strange} of events.ndjson are not in the chain as they stand there.`);
  const missing = chained.length - (events.length - strange);
  if (missing > 0) wrong.push(`${missing} of the case are in the chain, and not in events.ndjson.`);
  return check('events', wrong, `${events.length} events of the case are those of the chain.`);
}

/** Types of the events by which people sign a case. */
const SIGNED = [
  ['planned', ['CASE_PLANNED', 'CASE_REPLANNED']],
  ['approved', ['CASE_APPROVED']],
  ['executed', ['CASE_EXECUTED']],
  ['cancelled', ['CASE_CANCELLED']],
] as const;

/** Whoever signed the case is in the chain with it. */
function signatureCheck(about: Evidence['case'], events: readonly Event[]): FolderCheck {
  const signed = SIGNED.filter(([what]) => about[what] !== null);
  const wrong = signed.flatMap(([what, types]) => {
    const { subject } = about[what] as Signature;
    const event = events.filter(({ type }) => (types as readonly string[]).includes(type)).at(-1);
    return event?.actor.subject === subject ? [] : [`That ${subject} ${what} it is not in the chain.`];
  });
  const who = signed.map(([what]) => `${what} by ${(about[what] as Signature).subject}`);
  return check('signatures', wrong, `${who.join(', ')}: as in the chain.`);
}

/** Lines of a file of events that are wanted. A chain may be long: only these are kept. */
async function linesOf(folder: string, name: string, wanted: (line: string) => boolean): Promise<string[]> {
  const kept: string[] = [];
  let rest = '';
  for await (const chunk of createReadStream(join(folder, name), 'utf8')) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    kept.push(...parts.filter(wanted));
  }
  return rest !== '' && wanted(rest) ? [...kept, rest] : kept;
}

/** Whether a line is an event of a case. What cannot be read is told of by the chain. */
function isOf(line: string, id: string): boolean {
  if (!line.includes(id)) return false;
  try {
    return (JSON.parse(line) as Partial<Event>).case === id;
  } catch {
    return false;
  }
}
