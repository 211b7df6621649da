import { OWN_PREFIX } from '../../model/ids.js';
import { formatTime, type Millis, parseTime } from '../../model/time.js';
import { headerFlaws } from '../check/shape.js';
import { textFlaws } from '../check/text.js';
import { exposedIn } from '../credentials/detect.js';
import { credentialFlaw } from '../credentials/scanner.js';
import type { Problems } from '../problems.js';
import type { RawHeader } from './reader.js';

/** What a snapshot says of itself, checked. null: it does not say. */
export interface Header {
  readonly id: string;
  readonly vendor: string | null;
  readonly name: string | null;
  readonly actuation: string | null;
  readonly reports: readonly string[] | null;
  readonly syncedAt: Millis;
  readonly full: boolean;
}

interface WrittenSource {
  readonly id: string;
  readonly vendor?: string | null;
  readonly name?: string | null;
  readonly actuation?: string | null;
  readonly reports?: readonly string[] | null;
  readonly syncedAt: string;
}

/** The header of a snapshot, or null where there is something wrong with it; `problems` has been told then. */
export function readHeader({ value, place }: RawHeader, problems: Problems): Header | null {
  // A header with a credential in it is refused for that alone: other messages would repeat what it says.
  const exposed = exposedIn(value);
  const flaws =
    exposed.length > 0 ? exposed.map(credentialFlaw) : [...headerFlaws(value), ...textFlaws(value)];
  for (const flaw of flaws) problems.add(place, flaw);
  if (flaws.length > 0) return null;
  const { source, mode } = value as { source: WrittenSource; mode: string };
  const syncedAt = typeof source.syncedAt === 'string' ? parseTime(source.syncedAt) : undefined;
  if (syncedAt === undefined) {
    const message = `syncedAt has to be a time, such as ${formatTime(0)}.`;
    problems.add(place, { field: 'source.syncedAt', rule: 'BAD_TIME', message });
    return null;
  }
  if (source.id.startsWith(OWN_PREFIX)) {
    const message = `Ids that begin with ${OWN_PREFIX} are made by Tendril itself; give the source another id.`;
    problems.add(place, { field: 'source.id', rule: 'BAD_ID', message });
    return null;
  }
  return {
    id: source.id,
    vendor: source.vendor ?? null,
    name: source.name ?? null,
    actuation: source.actuation ?? null,
    reports: source.reports ?? null,
    syncedAt,
    full: mode === 'full',
  };
}
