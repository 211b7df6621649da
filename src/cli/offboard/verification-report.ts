import type { Residual, Verification } from '../../offboarding/case/verification.js';
import { type Line, renderLine } from '../output.js';
import type { Terminal } from '../terminal.js';
import type { Named } from './case-view.js';
import { section, thing } from './plan-report.js';
import { reasonLine } from './reason-line.js';

/** What each invariant of semantics section 5 is about. */
const MEANINGS: Readonly<Record<Verification['checks'][number]['invariant'], string>> = {
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
  { at, revision, checks, residual }: Verification,
  named: (id: string) => Named,
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
  const entries = (found: readonly Residual[]) => found.flatMap((entry) => residualLines(entry, named));
  return [
    ...section(
      'VERIFICATION',
      `recomputed from the store at ${at}, revision ${revision}`,
      lines,
      terminal,
    ).slice(1),
    ...(residual.length === 0
      ? ['', renderLine([{ text: 'RESIDUAL', style: 'strong' }, { text: '  nothing is left' }], terminal)]
      : []),
    ...section(`RESIDUAL, OPEN (${open.length})`, 'keeps the case INCOMPLETE', entries(open), terminal),
    ...section(`RESIDUAL, NOTED (${noted.length})`, 'keeps nothing open', entries(noted), terminal),
  ];
}

function residualLines(
  { entity, why, since, until, owner, action, path }: Residual,
  named: (id: string) => Named,
): Line[] {
  const facts = [
    `since ${since}`,
    ...(until === null ? [] : [`until ${until} at the latest`]),
    owner === null ? 'nobody answers for it' : `answers for it: ${owner}`,
    ...(action === null ? [] : [`action ${action}`]),
  ];
  const because = reasonLine(path, named);
  return [
    [{ text: '  ' }, ...thing(named(entity)), { text: `  ${why}` }],
    [{ text: `      ${facts.join('; ')}`, style: 'faint' }],
    ...(because === '' ? [] : [[{ text: `      because ${because}`, style: 'faint' as const }]]),
  ];
}
