import type { Actor } from '../../model/audit.js';
import { TendrilError } from '../../model/errors.js';
import type { Role } from '../../model/roles.js';
import type { Case, CaseState } from '../../offboarding/case/case.js';
import { allCases, casesById, newestCasesOf, requireCase } from '../../offboarding/case/case-documents.js';
import { choicesFor } from '../../offboarding/case/choices.js';
import { findHuman } from '../../offboarding/case/find-human.js';
import type { KeptPlan } from '../../offboarding/case/kept-plan.js';
import type { Session } from '../session.js';

/** Who may do what to a case (api, section 5). */
export const MAY: Readonly<Record<'read' | 'plan' | 'approve' | 'operate' | 'cancel', readonly Role[]>> = {
  read: ['VIEWER', 'PLANNER', 'APPROVER', 'OPERATOR', 'AUDITOR', 'ADMIN'],
  plan: ['PLANNER', 'ADMIN'],
  approve: ['APPROVER', 'ADMIN'],
  operate: ['OPERATOR', 'ADMIN'],
  cancel: ['PLANNER', 'OPERATOR', 'ADMIN'],
};

/** Ids of cases begin so; it may be left out on a command line. */
const PREFIX = 'tendril/case/';

/** Fewer digits than this would soon mean several cases. */
const FEWEST_DIGITS = 8;

export function actorOf({ viewer, operation }: Session): Actor {
  return { subject: viewer.subject, signedInBy: viewer.signedInBy, requestId: operation.requestId };
}

/**
 * The case that somebody means: by its id, by the beginning of it that no other has, or by the id or email of the
 * person who leaves, whose newest case it is then.
 *
 * @throws NOT_FOUND; BAD_INPUT where several are meant
 */
export async function findCase({ store, caseContext }: Session, words: string): Promise<Case> {
  const digits = words.startsWith(PREFIX) ? words.slice(PREFIX.length) : words;
  const [exact] = await casesById(store.journal, [`${PREFIX}${digits}`]);
  if (exact !== undefined) return exact;
  if (/^[0-9a-f-]+$/.test(digits) && digits.length >= FEWEST_DIGITS) {
    const found: Case[] = [];
    for await (const one of allCases(store.journal))
      if (one.id.startsWith(`${PREFIX}${digits}`)) found.push(one);
    if (found.length > 1) {
      const message = `${found.length} cases begin with ${digits}; give more of the id.`;
      throw new TendrilError('BAD_INPUT', message, { offboardings: found.map(({ id }) => id) });
    }
    if (found[0] !== undefined) return found[0];
  }
  if (words.startsWith(PREFIX)) return requireCase(store.journal, words);
  const { revision } = await store.head();
  const human = await findHuman(caseContext, revision, words, 'The case or human');
  const newest = (await casesById(store.journal, await newestCasesOf(store.journal, [human.id])))[0];
  if (newest !== undefined) return newest;
  throw new TendrilError(
    'NOT_FOUND',
    `${human.name} has no case; plan one: tendril offboard plan ${human.id} --reason "…".`,
  );
}

/** The shortest words that name a case and can be typed: the id without what all ids begin with. */
export const shortId = ({ id }: Pick<Case, 'id'>): string => id.slice(PREFIX.length);

/** What can be done next with a case in each state: commands below `offboard`, or of their own. */
const NEXT: Readonly<Record<CaseState, (one: Case, id: string) => readonly string[]>> = {
  IN_REVIEW: (_, id) => [`approve ${id} --reason "…"    (by somebody who neither planned nor decided)`],
  APPROVED: ({ planHash }, id) => [`execute ${id} --plan-hash ${planHash}`],
  EXECUTING: (_, id) => [`resume ${id}`],
  WAITING: (_, id) => [`resume ${id}`],
  VERIFIED: (_, id) => [`verify ${id}`, `audit export --case ${id} --out DIR`],
  INCOMPLETE: (_, id) => [`verify ${id}`, `resume ${id}`],
  CANCELLED: () => [],
};

/** What somebody does next with a case, as commands. */
export function nextCommands(one: Case, plan: KeptPlan): string[] {
  const id = shortId(one);
  const undecided = one.state === 'IN_REVIEW' ? decideCommands(id, plan) : [];
  const next = undecided.length > 0 ? undecided : NEXT[one.state](one, id);
  return next.map((command) => `tendril ${command.startsWith('audit ') ? '' : 'offboard '}${command}`);
}

/** How what a plan needs is decided: what waits for a person, and for somebody who takes over. */
function decideCommands(id: string, plan: KeptPlan): string[] {
  const reviewed = new Set(
    plan.body.decisions.filter(({ action }) => action === 'REVIEW').map(({ entity }) => entity),
  );
  const [review, alone] = [
    plan.needsDecision.filter((entity) => reviewed.has(entity)),
    plan.needsDecision.filter((entity) => !reviewed.has(entity)),
  ];
  return [
    ...review.map((entity) => `decide ${id} ${entity} ${choicesFor(plan, entity).join('|')} --reason "…"`),
    ...(alone.length === 0 ? [] : [`replan ${id} --successor HUMAN --reason "…"`]),
  ];
}
