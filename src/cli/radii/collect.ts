import type { Client } from '../../client/client.js';
import { executeAll } from '../../client/execute-all.js';
import { nodesOf } from '../../client/plain.js';
import {
  JointShownRadiusDocument,
  ShownRadiusDocument,
  type ShownRadiusQuery,
} from '../../documents/generated/graphql.js';
import { listed } from '../../model/unknown.js';
import { byDanger, byNeed, byWeight, isGrave, WORST } from './danger.js';
import { TOGETHER } from './path-tree.js';
import type { Conflict, Reach, Shown } from './shapes.js';
import { type HowMuch, type ShownSet, shownConflicts, shownSet } from './shown.js';

/** All that the report of one blast radius says, before it is put into words. */
export interface Collected {
  readonly radius: ShownRadiusQuery['blastRadius'];
  /** Ids of what would stop, or be left without anybody, only because several people leave together. */
  readonly onlyTogether: ReadonlySet<string>;
  readonly exposure: ShownSet;
  readonly continuity: ShownSet;
  readonly orphans: ShownSet;
  readonly cut: ShownSet & { readonly foreign: ReadonlySet<string> };
  readonly conflicts: Pick<ShownSet, 'tree' | 'more'> & {
    readonly count: number;
    /** What resolves each, by id of what has to end. */
    readonly resolutions: ReadonlyMap<string, string>;
  };
}

/** Asks for a blast radius, and takes as much of each set as is wanted, what is worth most first. */
export async function collect(
  client: Client,
  asked: { readonly human: string; readonly asOf?: string },
  much: Omit<HowMuch, 'always'>,
): Promise<Collected> {
  const { blastRadius } = await executeAll(client, ShownRadiusDocument, asked);
  return collected(blastRadius, blastRadius.start, much);
}

/** The same for several people at once. */
export async function collectTogether(
  client: Client,
  asked: { readonly humans: string[]; readonly asOf?: string },
  much: Omit<HowMuch, 'always'>,
): Promise<Collected> {
  const { jointBlastRadius } = await executeAll(client, JointShownRadiusDocument, asked);
  const { humans } = jointBlastRadius;
  const name = listed(
    humans.map((human) => human.name),
    'and',
  );
  const start = { id: TOGETHER, kind: 'HUMAN', status: 'ACTIVE', name } as const;
  return collected(jointBlastRadius, humans.length > 1 ? start : jointBlastRadius.start, much);
}

function collected(
  radius: ShownRadiusQuery['blastRadius'],
  start: Shown,
  much: Omit<HowMuch, 'always'>,
): Collected {
  const { cut } = radius;
  const shown = (members: readonly Reach[], always = 0) => shownSet(start, members, { ...much, always });
  const dangerous = byDanger(rows(radius.exposure));
  const grave = dangerous.slice(0, WORST).filter(({ entity }) => isGrave(entity)).length;
  const conflicts: readonly Conflict[] = radius.conflicts ? nodesOf(radius.conflicts) : [];
  const foreign = cut?.edges.filter((edge) => edge.foreign === true) ?? [];
  const together = [...(radius.continuity?.edges ?? []), ...(radius.orphans?.edges ?? [])];
  return {
    radius,
    onlyTogether: new Set(
      together.filter((edge) => edge.onlyTogether === true).map(({ node }) => node.entity.id),
    ),
    exposure: shown(dangerous, grave),
    continuity: shown(byWeight(rows(radius.continuity))),
    orphans: shown(byWeight(rows(radius.orphans))),
    cut: { ...shown(rows(cut)), foreign: new Set(foreign.map(({ node }) => node.entity.id)) },
    conflicts: {
      ...shownConflicts(start, byNeed(conflicts), much.limit),
      count: conflicts.length,
      resolutions: new Map(conflicts.map(({ entity, resolution }) => [entity.id, resolution])),
    },
  };
}

/** The rows of a set; a page that was asked for without it has none. */
function rows(set: { readonly edges: readonly { readonly node: Reach }[] } | undefined): readonly Reach[] {
  return set === undefined ? [] : nodesOf(set);
}
