import { type Answer, type Order } from '../../sources/actuator.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { actionDocument } from '../case/case-documents.js';
import { hashOf } from '../hash.js';
import { actionFact, actorOf, LOST_EVENT } from './action-events.js';
import { asItStands, ask, intend, record } from './asking.js';
import { changeAsHolder } from './case-lease.js';
import { dropValue, heldValues } from './held-values.js';
import { orderOf } from './order-of.js';
import { recordDone } from './record-outcome.js';
import type { Run } from './run.js';
import { groupOf, isIssuedToWrite, type ValueGroup, writesOf } from './value-group.js';

/** How often a value may be lost in one step before it is given up: an actuator that never gives one has a fault. */
const MOST_LOSSES = 3;

const FOR_A_PERSON: Answer = { outcome: 'FOR_A_PERSON' };

/**
 * Does what needs the value of a credential (semantics, section 5, phase 2): a token is issued and written in one step,
 * or never, because its value is in the memory of this process only. Issuing becomes DONE with the first write. Where
 * the process dies in between, the next one finds something issued whose value nobody has: it is revoked, and issued
 * again under a new key, unless a write turns out to have been done.
 */
export async function actOnValue(run: Run, action: CaseAction): Promise<void> {
  if (action.action.kind === 'WRITE_SECRET') return writeAlone(run, action);
  if (run.offboarding.cancelled !== null)
    return withdraw(run, action, 'The case was cancelled before it was written.');
  const group = groupOf(action, run.actions);
  if (!(await allHandValues(run, group))) return record(run, action, FOR_A_PERSON);
  for (const issue of group.issues) if (!(await obtain(run, issue, group))) return;
  for (const write of group.writes) await store(run, write, group);
  for (const issue of group.issues) await conclude(run, issue, group);
}

/** Whether every source of a group gives values to this process and takes them from it; otherwise people do it. */
async function allHandValues({ caseContext }: Run, { issues, writes }: ValueGroup): Promise<boolean> {
  for (const one of [...issues, ...writes]) {
    if (isSettled(one)) continue;
    const { source } = await orderOf(caseContext, one);
    if (caseContext.actuators.of(source).handsValues !== true) return false;
  }
  return true;
}

/** Has something issued and holds its value; false where something else was recorded instead. */
async function obtain(run: Run, issue: CaseAction, group: ValueGroup): Promise<boolean> {
  const { caseContext } = run;
  for (let tries = 0; tries < MOST_LOSSES; tries += 1) {
    const now = await asItStands(caseContext, issue);
    if (isSettled(now) || heldValues(caseContext).has(issueKey(now))) return true;
    if (now.requestedAt === null && !(await intend(run, now))) return false;
    // What was lost before must be dead before the next one is issued.
    const before = (now.losses ?? 0) === 0 ? null : await revoke(run, now, issueKey(now, -1));
    const answer = before === null || before.outcome === 'DONE' ? await order(run, now, {}) : before;
    if (answer.outcome !== 'DONE') {
      await record(run, now, answer);
      return false;
    }
    const { value, externalId, reference } = answer;
    if (value !== undefined) {
      heldValues(caseContext).set(issueKey(now), { value, externalId, reference });
      return true;
    }
    if (await wasWritten(run, now, group)) return true;
    await lose(run, now);
  }
  await record(run, issue, { outcome: 'REFUSED', why: 'The source gives no value of what it issues.' });
  return false;
}

/** Whether a write of a process that died took effect: then it is recorded with all that it stores. */
async function wasWritten(run: Run, issue: CaseAction, group: ValueGroup): Promise<boolean> {
  for (const write of writesOf(issue, group.writes)) {
    const now = await asItStands(run.caseContext, write);
    if (now.state === 'DONE') return true;
    if (isSettled(now) || now.requestedAt === null) continue;
    const answer = await order(run, now, { idempotencyKey: await writeKey(run, now, group) });
    if (answer.outcome !== 'DONE') continue;
    await recordTogether(run, now, answer, group);
    return true;
  }
  return false;
}

/** Records that a value is lost, in one event that is the intent to revoke it and to issue it again. */
async function lose({ caseContext, held }: Run, issue: CaseAction): Promise<void> {
  await changeAsHolder(caseContext, held, async (offboarding) => {
    const now = await asItStands(caseContext, issue);
    if (isSettled(now)) return null;
    const after: CaseAction = { ...now, losses: (now.losses ?? 0) + 1 };
    return {
      case: offboarding,
      documents: [actionDocument(after)],
      facts: [actionFact(LOST_EVENT, actorOf(offboarding), offboarding, [now, after])],
    };
  });
}

/** Writes all values of a secret at once, and records the write and what was issued for it in one commit. */
async function store(run: Run, write: CaseAction, group: ValueGroup): Promise<void> {
  const { caseContext } = run;
  const now = await asItStands(caseContext, write);
  if (isSettled(now) || isTooEarly(run, now)) return;
  const values = await valuesFor(run, now, group);
  if (values === null || (now.requestedAt === null && !(await intend(run, now)))) return;
  const answer = await order(run, now, { idempotencyKey: await writeKey(run, now, group), values });
  if (answer.outcome === 'DONE') await recordTogether(run, now, answer, group);
  else if (answer.outcome === 'RETRY') await record(run, now, answer);
  else {
    const why = answer.outcome === 'REFUSED' ? answer.why : 'It cannot be handed a value.';
    await record(run, now, { outcome: 'REFUSED', why });
  }
}

/** A write whose token is issued already, by this process or by people. */
async function writeAlone(run: Run, write: CaseAction): Promise<void> {
  const group = { issues: issuesOf(write, run.actions), writes: [write] };
  const values = await valuesFor(run, write, group);
  // Whoever issued it holds the value. One that was asked for before may have been written all the same.
  if (values === null && write.requestedAt === null) return record(run, write, FOR_A_PERSON);
  if (write.requestedAt === null && !(await intend(run, write))) return;
  const idempotencyKey = await writeKey(run, write, group);
  await record(
    run,
    write,
    await order(run, write, { idempotencyKey, ...(values === null ? {} : { values }) }),
  );
  for (const issue of group.issues)
    await conclude(run, issue, { ...group, writes: writesOf(issue, run.actions) });
}

/** The values that a write needs; null where this process does not hold them all. */
async function valuesFor(
  { caseContext }: Run,
  write: CaseAction,
  { issues }: ValueGroup,
): Promise<NonNullable<Order['values']> | null> {
  const values = new Map<string, NonNullable<ReturnType<NonNullable<Order['values']>['get']>>>();
  for (const issue of issuesOf(write, issues)) {
    const held = heldValues(caseContext).get(issueKey(await asItStands(caseContext, issue)));
    if (held === undefined) return null;
    values.set(issue.action.entity, held.value);
  }
  return values;
}

/** Ends what is over: a value that is written everywhere is forgotten, and one that nothing could store is revoked. */
async function conclude(run: Run, issue: CaseAction, group: ValueGroup): Promise<void> {
  const { caseContext, held } = run;
  const now = await asItStands(caseContext, issue);
  const writes = await Promise.all(
    writesOf(issue, group.writes).map((write) => asItStands(caseContext, write)),
  );
  if (writes.every(isSettled)) {
    if (!isSettled(now)) await withdraw(run, now, 'Nothing could store it.');
    dropValue(caseContext, issueKey(now));
    return;
  }
  const [until] = writes.flatMap(({ notBefore }) => notBefore ?? []).sort();
  if (isSettled(now) || until === undefined) return;
  // It is looked at again when its write may be tried again.
  await changeAsHolder(caseContext, held, async (offboarding) => ({
    case: offboarding,
    documents: [actionDocument({ ...now, notBefore: until })],
    facts: [],
  }));
}

/** Revokes what may have been issued and is written nowhere, and gives the action up. */
async function withdraw(run: Run, issue: CaseAction, because: string): Promise<void> {
  const now = await asItStands(run.caseContext, issue);
  const answer = await revoke(run, now, issueKey(now));
  const why = `${because} What was issued was revoked.`;
  if (answer.outcome === 'RETRY') return record(run, now, answer);
  if (answer.outcome === 'DONE') await record(run, now, { outcome: 'REFUSED', why });
  else
    await record(run, now, { outcome: 'REFUSED', why: `${because} What was issued could not be revoked.` });
  dropValue(run.caseContext, issueKey(now));
}

const revoke = (run: Run, issue: CaseAction, key: string): Promise<Answer> =>
  order(run, issue, {
    idempotencyKey: hashOf([key, 'revoke']),
    kind: 'REVOKE_TOKEN',
    details: { tokenType: null, family: null },
    relationships: [],
  });

/** Asks the source of an action, for something else than its plain order where that is given. */
async function order(run: Run, action: CaseAction, other: Partial<Order>): Promise<Answer> {
  const { caseContext } = run;
  const plain = await orderOf(caseContext, action);
  const key = action.action.kind === 'ISSUE_TOKEN' ? { idempotencyKey: issueKey(action) } : {};
  const actuator = caseContext.actuators.of(plain.source);
  return ask(run, (until) => actuator.act({ ...plain, ...key, ...other }, until));
}

async function recordTogether(
  run: Run,
  write: CaseAction,
  answer: Extract<Answer, { outcome: 'DONE' }>,
  group: ValueGroup,
): Promise<void> {
  const { caseContext, held } = run;
  await changeAsHolder(caseContext, held, async (offboarding, draft) => {
    const actor = actorOf(offboarding);
    const outcomes = [];
    for (const issue of issuesOf(write, group.issues)) {
      const now = await asItStands(caseContext, issue);
      if (isSettled(now)) continue;
      const { externalId = null, reference = null } = heldValues(caseContext).get(issueKey(now)) ?? {};
      const proof = { proof: answer.proof, reference, externalId, already: false, reason: null };
      outcomes.push(await recordDone(caseContext, draft, actor, offboarding, now, proof));
    }
    const now = await asItStands(caseContext, write);
    if (isSettled(now)) return null;
    const proof = { ...answer, reason: null };
    const counted = { ...now, attempts: now.attempts + 1 };
    outcomes.push(await recordDone(caseContext, draft, actor, offboarding, counted, proof));
    return {
      case: offboarding,
      documents: outcomes.map((outcome) => actionDocument(outcome.action)),
      facts: outcomes.flatMap(({ facts }) => facts),
    };
  });
}

/** What is issued for a write. */
const issuesOf = (write: CaseAction, actions: readonly CaseAction[]): CaseAction[] =>
  actions.filter((action) => isIssuedToWrite(action) && write.action.dependsOn.includes(action.action.id));

const isTooEarly = ({ caseContext }: Run, { notBefore }: CaseAction): boolean =>
  notBefore !== null && caseContext.clock.now() < Date.parse(notBefore);

/** The key under which something is issued, another one after each loss. `earlier`: that of losses before. */
function issueKey({ idempotencyKey, losses = 0 }: CaseAction, earlier = 0): string {
  const lost = losses + earlier;
  return lost === 0 ? idempotencyKey : hashOf([idempotencyKey, lost]);
}

/** The key of a write: another one for other values. */
async function writeKey({ caseContext }: Run, write: CaseAction, { issues }: ValueGroup): Promise<string> {
  const now = await Promise.all(issuesOf(write, issues).map((issue) => asItStands(caseContext, issue)));
  const lost = now.reduce((sum, { losses = 0 }) => sum + losses, 0);
  return lost === 0 ? write.idempotencyKey : hashOf([write.idempotencyKey, lost]);
}
