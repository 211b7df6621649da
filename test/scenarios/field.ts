import { readdirSync, readFileSync } from 'node:fs';
import type { SnapshotDocument, SnapshotEntity, SnapshotRelationship } from '../../src/model/snapshot.js';
import type { Mode } from '../../src/offboarding/plan/plan.js';
import type { DecisionAction } from '../../src/offboarding/policy/policy.js';
import { type MadeUp, readLine } from './made-up.js';

/**
 * A case from the field: what people who do this work met, written as its system behaves, and what is right to say
 * of it. A file of test/scenarios/field. Ids are without the name of the case, which comes before each in a store.
 */
export interface FieldCase {
  readonly name: string;
  readonly title: string;
  /** How the system really behaves. */
  readonly fact: string;
  readonly graph: MadeUp;
  readonly human: string;
  readonly clock: string;
  /** Whole sets. A credential of the cut that is foreign says so; a conflict is `id RESOLUTION workload …`. */
  readonly radius: Readonly<
    Record<'exposure' | 'continuity' | 'orphans' | 'cut' | 'conflicts', readonly string[]>
  >;
  /** What is broken already, `workload by entity`. */
  readonly broken: readonly string[];
  readonly mode?: Mode;
  readonly successor?: string;
  readonly lastWorkingDay?: string;
  readonly decided?: readonly {
    readonly entity: string;
    readonly action: DecisionAction;
    readonly managedIdentity?: string;
    readonly reason: string;
  }[];
  /** Left out: nobody leaves. */
  readonly plan?: RightPlan;
  /** What of is left open at first, and the state when the time of that has come. */
  readonly residual?: readonly string[];
  readonly afterwards?: string;
  /** Later snapshots of the source, and the state of the case after each. */
  readonly later?: readonly {
    readonly at: string;
    /** Entities that are reported otherwise than before. */
    readonly entities: readonly string[];
    /** Relationships that are not reported any more. */
    readonly without: readonly string[];
    readonly state: string;
  }[];
}

/** What a plan has to have, and what its execution comes to. */
export interface RightPlan {
  /** All of them. */
  readonly decisions: readonly string[];
  readonly following: readonly string[];
  /** Beginnings of actions in words: each begins one, none of the others does. */
  readonly has: readonly string[];
  readonly hasNot: readonly string[];
  /** Kind and entity of actions of which the first comes before the second. */
  readonly order: readonly (readonly [string, string])[];
  readonly noted: readonly string[];
  readonly ended: readonly string[];
  readonly begun: readonly string[];
  readonly works: readonly string[];
  readonly state: string;
}

const FOLDER = new URL('../../../test/scenarios/field/', import.meta.url);

/** Every case, in order of file name. */
export const fieldCases: readonly FieldCase[] = readdirSync(FOLDER)
  .sort()
  .map((file) => ({
    name: file.replace('.json', ''),
    ...(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Omit<FieldCase, 'name'>),
  }));

/** What the source of a case reports at first, with the name of the case before every id. */
export function documentOf(
  { name, clock, graph }: FieldCase,
  syncedAt = clock,
  changed: { readonly entities: readonly string[]; readonly without: readonly string[] } = {
    entities: [],
    without: [],
  },
): SnapshotDocument {
  const others = graph.entities.filter(
    (line) => !changed.entities.some((other) => idIn(other) === idIn(line)),
  );
  const lines = [...others, ...changed.entities];
  return {
    source: {
      ...{ id: name, name, syncedAt, actuation: 'SIMULATED' },
      reports: [
        'Human',
        'Account',
        'Group',
        'ServiceIdentity',
        'App',
        'Grant',
        'Token',
        'Secret',
        'Job',
        'Resource',
      ],
    },
    mode: 'full',
    entities: lines.map((line) => entityOf(name, line)),
    relationships: graph.relationships
      .filter((line) => !changed.without.includes(line))
      .map((line) => relationshipOf(name, line)),
  };
}

const idIn = (line: string): string => readLine(line).words[1] as string;

function entityOf(name: string, line: string): SnapshotEntity {
  const { words, properties } = readLine(line);
  const id = `${name}/${words[1]}`;
  return { kind: words[0], id, name: words[1], status: 'ACTIVE', ...properties } as unknown as SnapshotEntity;
}

function relationshipOf(name: string, line: string): SnapshotRelationship {
  const { words, properties } = readLine(line);
  const [from, type, to] = words;
  const ends = { from: `${name}/${from}`, to: `${name}/${to}` };
  return { type, ...ends, ...properties } as unknown as SnapshotRelationship;
}
