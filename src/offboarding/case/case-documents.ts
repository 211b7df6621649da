import { notFound } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import type { Document, DocumentWrite, Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Case } from './case.js';
import type { CaseAction } from './case-action.js';
import type { KeptPlan } from './kept-plan.js';
import { fromStored, toStored } from './stored-document.js';
import type { Verification } from './verification.js';

/**
 * The collections of the journal for cases. A case is one document, so that a step writes little. Each of its plans,
 * each of its actions and its verification are documents of their own, under its id.
 */
const CASES = 'case';
const PLANS = 'plan';
const ACTIONS = 'action';
const VERIFICATIONS = 'verification';
/** By the id of a human: the newest case of that person, so that it is found without reading all cases. */
const LEAVERS = 'leaver';

const planKey = (id: string, hash: string): string => `${id}/${hash}`;

/** Digits enough that the order of keys is the order of positions. */
const actionKey = (id: string, position: number): string => `${id}/${String(position).padStart(8, '0')}`;

/** The document of a case, under its id. */
export const caseDocument = (offboarding: Case): DocumentWrite =>
  toStored(CASES, offboarding.id, offboarding);
/** The document of a plan, under the id of its case and its hash. */
export const planDocument = (id: string, plan: KeptPlan): DocumentWrite =>
  toStored(PLANS, planKey(id, plan.hash), plan);
/** The document of an action, under the id of its case and its position. */
export const actionDocument = (action: CaseAction): DocumentWrite =>
  toStored(ACTIONS, actionKey(action.case, action.position), action);
/** The document that names the newest case of a human. */
export const leaverDocument = (human: string, newest: string): DocumentWrite =>
  toStored(LEAVERS, human, { case: newest });
/** The document of the last verification of a case, under the id of the case. */
export const verificationDocument = (id: string, found: Verification): DocumentWrite =>
  toStored(VERIFICATIONS, id, found);

/** Cases by id, in the order of the ids; undefined for an id that no case has. */
export async function casesById(
  journal: Journal,
  ids: readonly string[],
  onUnreadable?: OnUnreadable,
): Promise<(Case | undefined)[]> {
  const found = await journal.documents(CASES, ids);
  return found.map((document) => document && caseIn(document, onUnreadable));
}

/** @throws NOT_FOUND */
export async function requireCase(journal: Journal, id: string): Promise<Case> {
  const [found] = await casesById(journal, [id]);
  if (found === undefined)
    throw notFound(`There is no case ${quote(id)}; \`offboardings\` lists those there are.`);
  return found;
}

/** Ids of the newest case of each of these people, without people who never had one. */
export async function newestCasesOf(journal: Journal, humans: readonly string[]): Promise<string[]> {
  const found = await journal.documents(LEAVERS, humans);
  return found
    .filter((document) => document !== undefined)
    .map((document) => fromStored<{ readonly case: string }>(document).case);
}

/** Whether there has ever been a case. */
export async function hasCases(journal: Journal): Promise<boolean> {
  return (await journal.documentsFrom(CASES, { limit: 1 })).length > 0;
}

/** All cases, in order of id, or those after one. @throws UNAVAILABLE for one that cannot be read, if nobody hears of it */
export async function* allCases(
  journal: Journal,
  after?: string,
  onUnreadable?: OnUnreadable,
): AsyncGenerator<Case> {
  for await (const document of documentsBelow(journal, CASES, '', after)) {
    const offboarding = caseIn(document, onUnreadable);
    if (offboarding !== undefined) yield offboarding;
  }
}

/** Hears of a case whose document cannot be read, with its id and why. */
export type OnUnreadable = (id: string, error: unknown) => void;

function caseIn(document: DocumentWrite, onUnreadable?: OnUnreadable): Case | undefined {
  try {
    return fromStored<Case>(document);
  } catch (error) {
    if (onUnreadable === undefined) throw error;
    onUnreadable(document.key, error);
    return undefined;
  }
}

/** The plan of a case with a hash; by default its present plan. */
export async function planOf(
  journal: Journal,
  offboarding: Case,
  hash = offboarding.planHash,
): Promise<KeptPlan> {
  const found = await planIfKept(journal, offboarding, hash);
  if (found === undefined) throw notFound(`The case ${offboarding.id} has no plan ${hash}.`);
  return found;
}

/** The present plans of cases, in the order of the cases. @throws NOT_FOUND */
export async function plansOf(journal: Journal, cases: readonly Case[]): Promise<KeptPlan[]> {
  const found = await journal.documents(
    PLANS,
    cases.map(({ id, planHash }) => planKey(id, planHash)),
  );
  return cases.map(({ id, planHash }, at) => {
    const plan = found[at];
    if (plan === undefined) throw notFound(`The case ${id} has no plan ${planHash}.`);
    return fromStored<KeptPlan>(plan);
  });
}

/** A present or an earlier plan of a case; undefined where it never had one with this hash. */
export async function planIfKept(
  journal: Journal,
  offboarding: Case,
  hash: string,
): Promise<KeptPlan | undefined> {
  // Only a hash may become a part of a key.
  if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
  const [found] = await journal.documents(PLANS, [planKey(offboarding.id, hash)]);
  return found && fromStored<KeptPlan>(found);
}

/** All actions of a case, in the order of execution; none before it is executed. */
export async function actionsOf(journal: Journal, id: string): Promise<CaseAction[]> {
  const actions: CaseAction[] = [];
  for await (const document of documentsBelow(journal, ACTIONS, `${id}/`))
    actions.push(fromStored<CaseAction>(document));
  return actions;
}

/** The actions among documents that are written. */
export const actionsIn = (written: readonly DocumentWrite[]): CaseAction[] =>
  written
    .filter(({ collection }) => collection === ACTIONS)
    .map((document) => fromStored<CaseAction>(document));

/** Actions of a case by position, in the order of the positions; undefined for a position that no action has. */
export async function actionsAt(
  journal: Journal,
  id: string,
  positions: readonly number[],
): Promise<(CaseAction | undefined)[]> {
  const keys = positions.map((position) => actionKey(id, position));
  const found = await journal.documents(ACTIONS, keys);
  return found.map((document) => document && fromStored<CaseAction>(document));
}

/** The last verification of each of these cases; undefined for a case that was not verified yet. */
export async function verificationsOf(
  journal: Journal,
  ids: readonly string[],
): Promise<(Verification | undefined)[]> {
  const found = await journal.documents(VERIFICATIONS, ids);
  return found.map((document) => document && fromStored<Verification>(document));
}

/** The last verification of a case; undefined before the first. */
export async function verificationOf(journal: Journal, id: string): Promise<Verification | undefined> {
  const [found] = await journal.documents(VERIFICATIONS, [id]);
  return found && fromStored<Verification>(found);
}

async function* documentsBelow(
  journal: Journal,
  collection: string,
  prefix: string,
  from?: string,
): AsyncGenerator<Document> {
  let after = from;
  for (;;) {
    const range = { prefix, limit: MAX_PAGE, ...(after === undefined ? {} : { after }) };
    const page = await journal.documentsFrom(collection, range);
    yield* page;
    after = page.at(-1)?.key;
    if (page.length < MAX_PAGE) return;
  }
}
