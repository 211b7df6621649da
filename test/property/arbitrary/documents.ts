import type {
  SnapshotDocument,
  SnapshotEntity,
  SnapshotRelationship,
  SnapshotSource,
} from '../../../src/model/snapshot.js';
import type { Feature } from '../../reference/built.js';
import { rowOf } from '../../reference/table.js';
import { type EntityDraft, NOW } from './entities.js';
import { idOf } from './ids.js';
import type { Edge } from './rules.js';

const SOURCES = ['hr', 'git', 'cloud'] as const;
const HOUR = 3_600_000;

/** What a company is written from. */
export interface CompanyDraft {
  readonly prefix: string;
  readonly entities: readonly EntityDraft[];
  readonly edges: readonly Edge[];
  /** For each source, the kinds it does not say that it looks for. */
  readonly silent: readonly (readonly string[])[];
  readonly built: ReadonlySet<Feature>;
}

/**
 * A full snapshot of each source and then deltas. No document names an entity that comes only in a later one,
 * so they can be imported one after another or all at once.
 */
export function documentsOf(draft: CompanyDraft): readonly SnapshotDocument[] {
  const positions = SOURCES.map((_, position) => position);
  return [
    ...positions.map((position) => ({
      source: source(draft, position, 3),
      mode: 'full' as const,
      entities: chosen(draft, (entity) => sourceOf(entity) === position, false),
      relationships: related(draft, (edge) => edge.traits.source === position && isEarly(draft, edge), false),
    })),
    ...positions.map((position) => ({
      source: source(draft, position, 2),
      mode: 'delta' as const,
      entities: [],
      relationships: related(
        draft,
        (edge) => edge.traits.source === position && !isEarly(draft, edge),
        false,
      ),
    })),
    ...positions.map((position) => ({
      source: source(draft, position, 1),
      mode: 'delta' as const,
      entities: chosen(draft, (entity) => sourceOf(entity) === position && entity.endedLater, true),
      relationships: related(draft, ({ traits }) => traits.source === position && traits.endedLater, true),
    })),
  ].filter(
    ({ mode, entities, relationships }) => mode === 'full' || entities.length + relationships.length > 0,
  );
}

/** People come from the first source, so that every other document may name them by their address. */
function sourceOf(entity: EntityDraft): number {
  return entity.kind === 'Human' ? 0 : entity.source;
}

/** Whether both ends are in by the time the source's own snapshot is imported. */
function isEarly({ entities }: CompanyDraft, { from, to, traits }: Edge): boolean {
  return [from, to].every((end) => sourceOf(entities[end] as EntityDraft) <= traits.source);
}

function source({ prefix, silent }: CompanyDraft, position: number, hoursAgo: number): SnapshotSource {
  const all = ['Human', 'Account', 'Group', 'ServiceIdentity', 'App', 'Secret', 'Resource', 'HAS_ACCOUNT'];
  const loud = ['Token', 'Grant', 'Job'].filter((kind) => !silent[position]?.includes(kind));
  return {
    id: `${prefix}${SOURCES[position]}`,
    syncedAt: new Date(NOW - hoursAgo * HOUR).toISOString(),
    actuation: 'SIMULATED',
    reports: [...all, ...loud],
  };
}

export function entityId({ prefix, entities }: CompanyDraft, position: number): string {
  const { kind, script } = entities[position] as EntityDraft;
  const index = entities.slice(0, position).filter((other) => other.kind === kind).length;
  return idOf(prefix, script, kind, index);
}

function chosen(
  draft: CompanyDraft,
  fits: (entity: EntityDraft) => boolean,
  ended: boolean,
): readonly SnapshotEntity[] {
  return draft.entities.flatMap((entity, position) => {
    if (!fits(entity)) return [];
    const id = entityId(draft, position);
    const email = entity.kind === 'Human' ? { email: emailOf(draft, position) } : {};
    const ending = ended ? { ended: true } : {};
    return [{ kind: entity.kind, id, name: id, ...email, ...present(entity.properties), ...ending }];
  });
}

function emailOf({ prefix, entities }: CompanyDraft, position: number): string {
  const index = entities.slice(0, position).filter((other) => other.kind === 'Human').length;
  // Ids may hold what an address may not.
  const plain = prefix.replace(/[^a-z0-9]/gi, '-');
  return `Person${index}@${plain}company.example`;
}

function related(
  draft: CompanyDraft,
  fits: (edge: Edge) => boolean,
  ended: boolean,
): readonly SnapshotRelationship[] {
  return draft.edges.filter(fits).map((edge) => {
    const { type, traits } = edge;
    const from = entityId(draft, edge.from);
    const named = traits.byEmail && draft.entities[edge.from]?.kind === 'Human';
    return {
      type,
      from: named ? { humanEmail: emailOf(draft, edge.from).toLowerCase() } : from,
      to: entityId(draft, edge.to),
      ...present(propertiesOf(edge, draft.built)),
      ...(ended ? { ended: true } : {}),
    };
  });
}

/** Only the properties that the type has. */
function propertiesOf(
  { type, traits }: Edge,
  built: ReadonlySet<Feature>,
): Readonly<Record<string, unknown>> {
  const { permission, required, access, needs, sustains } = traits;
  const row = rowOf(type);
  const requiring = type === 'USES' || (type === 'RUNS_AS' && built.has('RUNS_AS required'));
  return {
    ...(type === 'CAN_ACCESS' ? { permission } : {}),
    ...(requiring ? { required } : {}),
    ...(row.onlyWithAccess ? { access } : {}),
    ...(row.needsFromResource ? { needs } : {}),
    ...(row.sustainer !== undefined && built.has('sustains') ? { sustains } : {}),
  };
}

function present(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/** Whether a document reports nothing: no source is imported that never reported anything. */
export const isEmpty = ({ entities, relationships }: SnapshotDocument): boolean =>
  entities.length + relationships.length === 0;
