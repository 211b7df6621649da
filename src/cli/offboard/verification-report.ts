import type { Invariant, ShownResidualFragment } from '../../documents/generated/graphql.js';
import { briefly, type Unknown } from '../../model/unknown.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import { section } from './plan-report.js';
import type { PlanView } from './plan-view.js';
import { reasonLine } from './reason-line.js';
import { thing } from './thing.js';

/** What was found when a case was looked at. */
export interface Found {
  /** ISO 8601. */
  readonly at: string;
  readonly revision: string;
  readonly checks: readonly {
    readonly invariant: Invariant;
    readonly holds: boolean;
    readonly evidence: string;
    readonly against: readonly string[];
  }[];
  readonly residual: readonly ShownResidualFragment[];
  readonly unknown: readonly Unknown[];
}

/** What each invariant of semantics section 5 is about. */
const MEANINGS: Readonly<Record<Invariant, string>> = {
  I1: 'no residue',
  I2: 'no collateral',
  I3: 'continuity',
  I4: 'accountable',
  I5: 'recorded',
  I6: 'restartable',
  I7: 'fixpoint',
};

/** How many things that speak against an invariant are named; `--json` has all. */
const SHOWN = 10;

/** What verification found: each invariant with what shows it, and what is left. */
export function verificationReport(
  { at, revision, checks, residual, unknown }: Found,
  { named, nameOf }: Pick<PlanView, 'named' | 'nameOf'>,
  terminal: Terminal,
): string[] {
  const open = residual.filter(({ kind }) => kind === 'OPEN');
  const noted = residual.filter(({ kind }) => kind === 'NOTED');
  const lines = checks.flatMap(({ invariant, holds, evidence, against }): Line[] => [
    [
      { text: `  ${invariant} ` },
      { text: `${(holds ? 'holds' : 'FAILS').padEnd(6)}`, style: holds ? 'strong' : 'alarm' },
      { text: `${MEANINGS[invariant].padEnd(14)}` },
      { text: evidence, style: 'faint' },
    ],
    ...against
      .slice(0, SHOWN)
      .map((id): Line => [{ text: '       against  ', style: 'alarm' }, ...thing(named(id))]),
    ...(against.length > SHOWN ? [[{ text: `       … and ${against.length - SHOWN} more` }]] : []),
  ]);
  const entries = (found: readonly ShownResidualFragment[]) =>
    found.flatMap((left) => residualLines(left, nameOf));
  return [
    ...section(
      'VERIFICATION',
      `recomputed from the store at ${at}, revision ${revision}`,
      lines,
      terminal,
    ).slice(1),
    ...(residual.length === 0
      ? [
          '',
          renderLine(
            [{ text: 'RESIDUAL', style: 'strong' }, { text: `  ${briefly('NOTHING_LEFT', unknown)}` }],
            terminal,
          ),
        ]
      : []),
    ...section(`RESIDUAL, OPEN (${open.length})`, 'keeps the case INCOMPLETE', entries(open), terminal),
    ...section(`RESIDUAL, NOTED (${noted.length})`, 'keeps nothing open', entries(noted), terminal),
  ];
}

function residualLines(left: ShownResidualFragment, nameOf: PlanView['nameOf']): Line[] {
  const { entityId, entity, why, since, until, owner, action, because } = left;
  const facts = [
    `since ${since}`,
    ...(until === null ? [] : [`until ${until} at the latest`]),
    owner === null ? 'nobody answers for it' : `answers for it: ${owner}`,
    ...(action === null ? [] : [`action ${action}`]),
  ];
  const path = reasonLine(because.path, nameOf);
  return [
    [{ text: '  ' }, ...thing(entity ?? { id: entityId, name: entityId }), { text: `  ${why}` }],
    [{ text: `      ${facts.join('; ')}`, style: 'faint' }],
    ...(path === '' ? [] : [[{ text: `      because ${path}`, style: 'faint' as const }]]),
  ];
}
