import * as fc from 'fast-check';
import type { SnapshotDocument } from '../../../src/model/snapshot.js';
import { BUILT, type Feature } from '../../reference/built.js';
import { type CompanyDraft, documentsOf, entityId } from './documents.js';
import { type EntityDraft, entitiesArbitrary, NOW } from './entities.js';
import { motifArbitrary } from './motifs.js';
import { type Pick, type RelationshipDraft, relationshipArbitrary } from './relationships.js';
import { allowed, type Edge } from './rules.js';

export interface CompanyOptions {
  /** 40 unless told; never fewer than the six kinds without which nothing happens. */
  readonly maxEntities?: number;
  /** Before every id of an entity and of a source, so that several companies fit into one store. */
  readonly idPrefix?: string;
  /** What the companies have of what is not built everywhere; unless told, what the radii know. */
  readonly built?: ReadonlySet<Feature>;
}

export interface Company {
  /** Valid, and importable one after another in this order. */
  readonly documents: readonly SnapshotDocument[];
  /** The moment to ask about, in milliseconds: some tokens expire just then. */
  readonly now: number;
  /** Whom to ask about: every human, and a few accounts. */
  readonly starts: readonly string[];
}

const MAX_STARTING_ACCOUNTS = 3;

/** Small companies, dense in what is hard about the rules; they shrink to one human with nothing. */
export function companyArbitrary(options: CompanyOptions = {}): fc.Arbitrary<Company> {
  const { maxEntities = 40, idPrefix = '', built = BUILT } = options;
  const maxMotifs = Math.ceil(maxEntities / 2);
  // Without fast-check's leaning towards the smallest values, which makes most companies empty of anything hard.
  const draft = fc.noBias(
    fc.record({
      entities: entitiesArbitrary(maxEntities, built),
      motifs: fc.array(motifArbitrary(built), { maxLength: maxMotifs, size: 'max' }),
      singles: fc.array(relationshipArbitrary(built), {
        maxLength: Math.ceil(maxEntities * 0.75),
        size: 'max',
      }),
      silent: fc.array(fc.subarray(['Token', 'Grant', 'Job']), { minLength: 3, maxLength: 3 }),
    }),
  );
  return draft.map(({ entities, motifs, singles, silent }) => {
    const edges = [...motifs.flat(), ...singles].flatMap((draft) => edgeOf(entities, draft));
    return write({
      prefix: idPrefix,
      entities: fewEnded(entities),
      edges: allowed(entities, edges),
      silent,
      built,
    });
  });
}

function write(draft: CompanyDraft): Company {
  const all = draft.entities.map(({ kind }, position) => ({ kind, id: entityId(draft, position) }));
  const humans = all.filter(({ kind }) => kind === 'Human');
  const accounts = all.filter(({ kind }) => kind === 'Account').slice(0, MAX_STARTING_ACCOUNTS);
  return { documents: documentsOf(draft), now: NOW, starts: [...humans, ...accounts].map(({ id }) => id) };
}

/** Nothing, where a kind that the relationship needs is not there, or something quiet would lead to what is not. */
function edgeOf(
  entities: readonly EntityDraft[],
  { type, from, to, traits }: RelationshipDraft,
): readonly Edge[] {
  const start = find(entities, from);
  const end = find(entities, to);
  if (start === undefined || end === undefined) return [];
  const leadsOn = !leadsNowhere(type) && entities[end]?.kind !== 'Account' && entities[end]?.quiet !== true;
  return entities[start]?.quiet === true && leadsOn ? [] : [{ type, from: start, to: end, traits }];
}

/** What the walk does not follow from where it begins. */
function leadsNowhere(type: RelationshipDraft['type']): boolean {
  return type === 'STORED_IN' || type === 'TO_APP';
}

function find(entities: readonly EntityDraft[], { kinds, at }: Pick): number | undefined {
  const fitting = [...entities.keys()].filter((position) => {
    const kind = entities[position]?.kind;
    return kind !== undefined && kinds.includes(kind);
  });
  return fitting[at % fitting.length];
}

/** Two entities at most end by a delta: an import refuses to end more than half of a source unless forced. */
function fewEnded(entities: readonly EntityDraft[]): readonly EntityDraft[] {
  return entities.map((entity, position) => {
    const before = entities.slice(0, position).filter((other) => other.endedLater).length;
    const source = (other: EntityDraft) => (other.kind === 'Human' ? 0 : other.source);
    const mates = entities.filter((other) => source(other) === source(entity)).length;
    return { ...entity, endedLater: entity.endedLater && before < 2 && mates >= 4 };
  });
}
