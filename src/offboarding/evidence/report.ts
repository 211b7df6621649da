import { asFarAsKnown, type Unknown, unknownIn, unknownSentence } from '../../model/unknown.js';
import type { Signature } from '../case/case.js';
import { type Html, html, page, part, table } from './html.js';
import { lasting } from './lasting.js';
import type { EvidencePack } from './pack.js';
import type { RadiiThen } from './radii-then.js';
import { isSimulated } from './removals.js';

/** The evidence pack as a page for people: what was found, decided, approved and done, and what is left. */
export function reportOf(pack: EvidencePack): string {
  const { case: offboarding, names } = pack;
  const about = offboarding.input.human ?? offboarding.input.target ?? '';
  const title = `Evidence of ${offboarding.input.kind.toLowerCase()}: ${names[about] ?? about}`;
  const parts = [
    part('result', 'Result', summary(pack, about), verification(pack), residual(pack)),
    part('radii', 'What was found', radii(pack)),
    part(
      'decided',
      'Who decided and approved what',
      table('Who did what', ['', 'Who', 'Signed in by', 'When', 'Why'], signatures(pack)),
      table('Decisions', ['Thing', 'Action', 'Rule, or who', 'Reason'], decisions(pack)),
      table('What the plan stops', ['Workload', 'Why'], stops(pack)),
    ),
    part(
      'done',
      'What was done',
      table(
        'Actions, in the order of execution',
        ['Phase', 'Kind', 'Thing', 'State', 'Proof', 'Reference', 'Settled'],
        actions(pack),
      ),
      table('Attested by people', ['Action', 'Who', 'What they say', 'Evidence', 'When'], attested(pack)),
      table('Waivers', ['Action', 'Owner', 'Until', 'Reason', 'By', 'What became of it'], waivers(pack)),
    ),
    part(
      'clock',
      'How long it took',
      table(
        `Time from the departure, ${pack.departure}, to each removal`,
        ['Kind', 'Thing', 'Done', 'After the departure', 'Proof', 'Reference'],
        removals(pack),
      ),
    ),
    part(
      'controls',
      'What it evidences',
      table('Controls', ['Control', 'Of', 'Name', 'Facts'], controls(pack)),
    ),
    part('population', 'Who left', population(pack)),
    part(
      'events',
      'Events',
      table('Events of the case', ['No.', 'When', 'What', 'Who', 'About', 'Hash'], events(pack)),
    ),
  ];
  return page(title, html`<h1>${title}</h1>\n${CONTENTS}\n${parts}`);
}

/** The table of contents. */
const CONTENTS = html`<nav>${[
  ['result', 'Result'],
  ['radii', 'Radii before and after'],
  ['decided', 'Decisions and approval'],
  ['done', 'Actions and proofs'],
  ['clock', 'Time to each removal'],
  ['controls', 'Controls'],
  ['population', 'Population'],
  ['events', 'Events'],
].map(([id, words]) => html`<a href="#${id}">${words}</a>`)}</nav>`;

function summary(pack: EvidencePack, about: string): Html {
  const { case: offboarding, plan, madeAt, departure } = pack;
  const unknown = unknownIn(pack.visibility);
  const facts = [
    ['Case', offboarding.id],
    ['About', about],
    ['State', stateOf(offboarding, unknown)],
    [
      'Not known',
      unknown.length === 0
        ? 'Every source says that it looks for what the person could have left, and was read lately.'
        : html`<ul>${unknown.map((one) => html`<li>${unknownSentence(one)}</li>`)}</ul>`,
    ],
    ['Assurance, the weakest proof of all', offboarding.assurance ?? 'none yet'],
    ['Simulated', simulatedWords(pack)],
    ['Clock', clockWords(offboarding)],
    ['Mode', offboarding.input.mode],
    ['Departure', departure],
    ['Plan', plan.hash],
    ['Policy', plan.body.policyHash ?? 'none applies'],
    ['Put together', madeAt],
  ];
  return table('Summary', ['', ''], facts);
}

/** How much of it was only pretended. */
function simulatedWords({ actions: all, removals: removed }: EvidencePack): string {
  const pretended = all.filter(isSimulated).length;
  if (pretended === 0) return 'nothing';
  const access = removed.filter(({ simulated }) => simulated).length;
  return (
    `${pretended} of ${all.length} actions, ${access} of ${removed.length} removals: nothing outside was called, ` +
    'and no access was removed by them'
  );
}

/** Whose times these are. */
function clockWords({ clock, input }: EvidencePack['case']): string {
  if (clock === undefined) return 'not recorded';
  return clock === 'SYSTEM'
    ? 'that of the system'
    : `FIXED by TENDRIL_CLOCK, at ${input.evaluatedAt} when it was planned: its times are not when things happened`;
}

function stateOf({ state, because }: EvidencePack['case'], unknown: readonly Unknown[]): string {
  if (because !== null) return `${state}: ${because}`;
  return state === 'VERIFIED' ? `${state}. ${asFarAsKnown('NOTHING_OPEN', unknown)}` : state;
}

function signatures({ case: offboarding, actions: all }: EvidencePack): unknown[][] {
  const row = (what: string, by: Signature | null) =>
    by === null ? [] : [[what, by.subject, by.signedInBy, by.at, by.reason]];
  const pretended = all.filter(isSimulated).length;
  const executed =
    pretended === 0
      ? 'executed'
      : `executed: ${pretended} of ${all.length} actions SIMULATED, with nothing outside called`;
  return [
    ...row('planned', offboarding.planned),
    ...offboarding.decisions.flatMap(({ entity, action, by }) => row(`decided ${action} of ${entity}`, by)),
    ...row('approved', offboarding.approved),
    ...row(executed, offboarding.executed),
    ...row('cancelled', offboarding.cancelled),
  ];
}

function verification({ verification: found }: EvidencePack): Html {
  if (found === null) return html`<h3>Verification</h3><p>The case has not been verified yet.</p>`;
  const rows = found.checks.map(({ invariant, holds, evidence, against }) => [
    invariant,
    holds ? 'holds' : html`<span class="bad">does not hold</span>`,
    evidence,
    against.join(', '),
  ]);
  return table(
    `Verification at ${found.at}, revision ${found.revision}`,
    ['Invariant', '', 'Evidence', 'Against'],
    rows,
  );
}

function residual({ verification: found }: EvidencePack): Html {
  const rows = (found?.residual ?? []).map(({ entity, kind, why, since, until, owner }) => [
    entity,
    kind,
    why,
    since,
    until ?? 'not of itself',
    owner ?? 'nobody',
  ]);
  return table('Residual ledger', ['Thing', 'Kind', 'Why', 'Since', 'Until', 'Owner'], rows);
}

function radii({ radii: found }: EvidencePack): Html {
  if (found === null) return html`<p>The case is about one thing; it has no radii of a person.</p>`;
  const { before, after } = found;
  const row = (name: string, of: (radii: RadiiThen) => unknown) => [
    name,
    of(before),
    after === null ? '' : of(after),
  ];
  const rows = [
    row('Revision, judged at', ({ revision, at }) => `${revision}, ${at}`),
    row('Exposure: what can still be used', ({ exposure }) => exposure),
    row('Highest permission', ({ highestPermission }) => highestPermission ?? 'none'),
    row('Continuity: workloads that would stop', ({ continuity }) => continuity),
    row('Orphans: things that nobody would answer for', ({ orphans }) => orphans),
    row(
      'Cut: credentials that leaving makes necessary to end',
      ({ cut, cutLive }) => `${cut}, of them ${cutLive} live grants and tokens`,
    ),
    row('Conflicts', ({ conflicts }) => conflicts),
    row(
      'Blind spots',
      ({ blindSpots }) =>
        blindSpots
          .map(
            ({ account, missing, because }) =>
              `${account}: ${missing.join(', ')}${because == null ? '' : ` (${because})`}`,
          )
          .join('; ') || 'none',
    ),
    row('Coverage: last read', ({ coverage }) =>
      coverage.map(({ source, lastSync }) => `${source} ${lastSync}`).join('; '),
    ),
  ];
  return table('Radii before and after, computed again', ['', 'Before', 'After'], rows);
}

const decisions = ({ case: offboarding, plan, names }: EvidencePack): unknown[][] =>
  plan.body.decisions.map(({ entity, action, rule, reason }) => [
    `${names[entity] ?? ''} ${entity}`,
    action,
    // The newest decision about an entity counts.
    rule === 0
      ? (offboarding.decisions.findLast((decided) => decided.entity === entity)?.by.subject ?? 'a person')
      : rule,
    reason,
  ]);

const actions = ({ actions: all, names }: EvidencePack): unknown[][] =>
  all.map(({ action, state, proof, proofReference, settledAt }) => [
    action.phase,
    action.kind,
    `${names[action.entity] ?? ''} ${action.entity}`,
    state,
    proof,
    proofReference,
    settledAt,
  ]);

const removals = ({ removals: all }: EvidencePack): unknown[][] =>
  all.map(({ kind, entity, state, simulated, at, seconds, proof, proofReference }) => [
    kind,
    entity,
    at ?? (simulated ? 'SIMULATED: not removed' : state),
    seconds === null ? null : lasting(seconds),
    proof,
    proofReference,
  ]);

/** Statements of people who attested actions: the audit log has the statements, the actions only the evidence. */
const attested = ({ events: all }: EvidencePack): unknown[][] =>
  all
    .filter(({ after }) => after?.proof === 'ATTESTED')
    .map(({ after, actor, reason, at }) => [after?.action, actor.subject, reason, after?.reference, at]);

/** Workloads that, by the plan, stop with the case or do not work while it is carried out. */
const stops = ({ plan: { body, prediction, downtime }, names }: EvidencePack): unknown[][] => [
  ...prediction.broken.map((id) => [
    `${names[id] ?? ''} ${id}`,
    body.accepted.includes(id) ? 'accepted with the plan' : 'it is retired',
  ]),
  ...downtime.map((id) => [`${names[id] ?? ''} ${id}`, 'until its replacement is made']),
];

const controls = ({ controls: all }: EvidencePack): unknown[][] =>
  all.map(({ framework, id, name, facts }) => [
    id,
    framework,
    name,
    html`<ul>${facts.map((fact) => html`<li>${fact}</li>`)}</ul>`,
  ]);

const waivers = ({ actions: all }: EvidencePack): unknown[][] =>
  all.flatMap(({ action, state, waiver }) =>
    waiver === null ? [] : [[action.id, waiver.owner, waiver.until, waiver.reason, waiver.by, state]],
  );

function population({ population: { since, until, leavers, withoutCase } }: EvidencePack): Html {
  const rows = leavers.map(({ human, name, leftAt, case: offboarding, state }) => [
    `${name} ${human}`,
    leftAt,
    offboarding ?? html`<span class="bad">no case</span>`,
    state,
  ]);
  const caption = `Everybody who left from ${since} to ${until}: ${leavers.length}, ${withoutCase} of them without a case`;
  return table(caption, ['Who', 'Left', 'Case', 'State'], rows);
}

const events = ({ events: all }: EvidencePack): unknown[][] =>
  all.map(({ seq, at, type, actor, entity, hash }) => [seq, at, type, actor.subject, entity, hash]);
