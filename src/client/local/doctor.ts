import { READERS, requireRole } from '../../api/access/access.js';
import { readPolicyFile, type Tendril } from '../../compose.js';
import { ConfigError, readConfig } from '../../config.js';
import { CoverageDocument, type CoverageQuery } from '../../documents/generated/graphql.js';
import type { IndexKind } from '../../graph/auto-provider.js';
import { LOOKED_FOR } from '../../graph/radii/blind-spots.js';
import { formatTime } from '../../model/time.js';
import { clientOf, type Local, openLocal } from '../in-process/open-in-process.js';

/** What is known of a source; the names are those of the API. */
export type SourceFinding = CoverageQuery['overview']['bySource'][number];

/** What the doctor found. */
export interface Findings {
  /** Each a sentence that says what is wrong and what to do; empty: all is well. */
  readonly problems: readonly string[];
  readonly node: string;
  readonly clock: string | null;
  readonly actsAs: string | null;
  readonly store: StoreFinding | null;
  readonly index: IndexFinding | null;
  readonly sources: readonly SourceFinding[];
  /** The file it comes from, what names it, and what of it the radii use. */
  readonly policy: { readonly from: string; readonly hash: string; readonly rotateReadable: string };
}

export interface StoreFinding {
  readonly address: string;
  readonly schemaVersion: number;
  readonly revision: string;
  /** When that revision was made; null: the store is empty. */
  readonly at: string | null;
  readonly entities: number;
  readonly relationships: number;
}

/** Where the graph is thought about, and what that costs. */
export interface IndexFinding {
  readonly kind: IndexKind;
  /** Why there. */
  readonly because: string;
  readonly loadMillis: number;
  readonly bytes: number;
}

/** The oldest Node.js that it runs on (`engines` of package.json). */
const NODE = [20, 20] as const;

/** What was found, and what kept the store from being examined. */
export interface Examined {
  readonly findings: Findings;
  /** Whatever was thrown; undefined: the store was examined. */
  readonly failure?: unknown;
}

/**
 * Examines everything of this machine that can be examined, whether or not `TENDRIL_URL` names a service.
 *
 * @param environment the variables of the process
 * @param messageOf the sentence for something that was thrown
 * @throws ConfigError: without a configuration nothing else can be examined
 */
export async function examine(
  environment: Readonly<Record<string, string | undefined>>,
  messageOf: (error: unknown) => string,
): Promise<Examined> {
  const config = readConfig(environment);
  const { clock } = config;
  const { policy, hash } = readPolicyFile(config);
  const problems = nodeProblems(process.versions.node);
  const general = {
    node: process.versions.node,
    clock: clock === null ? null : formatTime(clock),
    policy: { from: config.policy ?? 'default', hash, rotateReadable: policy.rotateReadable },
  } as const;
  try {
    const local = await openLocal(config);
    try {
      const found = await examineStore(local);
      return { findings: { ...general, ...found, problems: [...problems, ...found.problems] } };
    } finally {
      await local.tendril.close();
    }
  } catch (failure) {
    if (failure instanceof ConfigError) throw failure;
    const nothing = { actsAs: null, store: null, index: null, sources: [] };
    return { findings: { ...general, ...nothing, problems: [...problems, messageOf(failure)] }, failure };
  }
}

export function nodeProblems(version: string): string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return [];
  return [`Node.js ${version} is older than ${NODE.join('.')}, which this needs; install a newer one.`];
}

type Found = Pick<Findings, 'problems' | 'actsAs' | 'store' | 'index' | 'sources'>;

async function examineStore(local: Local): Promise<Found> {
  const { tendril, viewer } = local;
  requireRole(viewer, READERS, 'Looking at the store');
  const diagnosis = await tendril.store.diagnose();
  const index = await loadIndex(tendril);
  const { overview } = await clientOf(local).execute(CoverageDocument, {});
  const sources = overview.bySource;
  const empty = diagnosis.head.revision === 0;
  return {
    problems: [
      ...diagnosis.problems,
      ...(empty ? ['The store is empty; import a snapshot, or run `npm start` for the demo company.'] : []),
      ...staleProblem(sources.filter((source) => source.stale)),
    ],
    actsAs: viewer.subject,
    store: {
      address: diagnosis.store,
      schemaVersion: diagnosis.schemaVersion,
      revision: String(diagnosis.head.revision),
      at: empty ? null : formatTime(diagnosis.head.at),
      entities: diagnosis.entities,
      relationships: diagnosis.relationships,
    },
    index,
    sources,
  };
}

/** One problem however many there are: what else is wrong should be seen beside it. */
function staleProblem(stale: readonly SourceFinding[]): string[] {
  const [first] = stale;
  if (first === undefined) return [];
  if (stale.length === 1) {
    const { source, lastSync } = first;
    return [
      `${source.id} was last read ${lastSync ?? 'never'}, longer ago than TENDRIL_STALE_AFTER; import a new snapshot of it.`,
    ];
  }
  const ids = stale.map(({ source }) => source.id).join(', ');
  return [
    `${stale.length} sources were last read longer ago than TENDRIL_STALE_AFTER: ${ids}; import new snapshots of them.`,
  ];
}

async function loadIndex({ graphs, clock }: Tendril): Promise<IndexFinding> {
  const since = performance.now();
  const before = memory();
  const { kind, because } = await graphs.choice();
  await graphs.current(clock.now());
  const bytes = Math.max(0, memory() - before);
  return { kind, because, loadMillis: Math.round(performance.now() - since), bytes };
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What accounts of a source may have left behind unseen; nothing for a source that has no accounts. */
export function notLookedFor(reports: readonly string[]): readonly string[] {
  return reports.includes('Account') ? LOOKED_FOR.filter((kind) => !reports.includes(kind)) : [];
}
