import { sensitivityRank } from '../../api/radii/flags.js';
import type { Conflict, Reached } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import type { EntityRecord } from '../../model/entity.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import { HELD, hasPermission, isPrincipal } from '../../model/levels.js';
import { CRITICALITIES, type Criticality } from '../../model/properties.js';

/** Kinds that open something for whoever has them. */
const CREDENTIALS: readonly Kind[] = ['Token', 'Secret'];

/**
 * An exposure with what is most dangerous first: resources by sensitivity and then by what can be done with
 * them; then what is held (principals with all they were issued, and credentials); then the rest. Ties go by
 * distance, then id.
 */
export function byDanger(view: GraphView, members: readonly Reached[]): Reached[] {
  const ranked = members.map((member) => ({ member, rank: rankOf(view, member) }));
  ranked.sort(
    (a, b) =>
      b.rank - a.rank ||
      a.member.distance - b.member.distance ||
      view.compare(a.member.entity, b.member.entity),
  );
  return ranked.map(({ member }) => member);
}

const RESOURCES = 100;
const KEYS = 10;

/** The higher, the more dangerous: one number that compares as the sentence above says. */
function rankOf(view: GraphView, { entity, level }: Reached): number {
  const kind = KINDS[view.kindOf(entity)] as Kind;
  if (hasPermission(kind)) return RESOURCES + 10 * (sensitivityRank(view, entity) + 1) + level;
  if (CREDENTIALS.includes(kind) || (isPrincipal(kind) && level >= HELD)) return KEYS;
  return 0;
}

/** How many of the most dangerous are named before everything else, and always drawn. */
export const WORST = 10;

/** Resources with something to lose: rated HIGH or CRITICAL. */
export function isGrave(view: GraphView, entity: number): boolean {
  return sensitivityRank(view, entity) >= 2;
}

/**
 * What a company would miss most comes first: by criticality (nobody has said: after LOW), then by
 * sensitivity; ties keep their order.
 */
export function byWeight(
  view: GraphView,
  members: readonly Reached[],
  records: ReadonlyMap<number, EntityRecord>,
): Reached[] {
  const weight = ({ entity }: Reached) =>
    10 * criticalityRank(records.get(entity)) + sensitivityRank(view, entity);
  return [...members].sort((a, b) => weight(b) - weight(a));
}

/** Conflicts over what matters most come first; ties keep their order. */
export function byNeed(
  conflicts: readonly Conflict[],
  records: ReadonlyMap<number, EntityRecord>,
): Conflict[] {
  const need = ({ workloads }: Conflict) =>
    Math.max(0, ...workloads.map((workload) => criticalityRank(records.get(workload))));
  return [...conflicts].sort((a, b) => need(b) - need(a));
}

function criticalityRank(record: EntityRecord | undefined): number {
  const criticality = record?.properties.criticality as Criticality | undefined;
  if (criticality === undefined || criticality === 'UNKNOWN') return 0;
  return CRITICALITIES.indexOf(criticality) + 1;
}
