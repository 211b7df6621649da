import { unavailable } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import type { DocumentWrite } from '../../store/journal.js';
import { ACTION_KINDS, KEPT_PLAN_VERSIONS } from '../plan/plan.js';
import { CASE_KINDS, CASE_STATES } from './case.js';
import { ACTION_STATES } from './case-action.js';

/** What the journal keeps of cases: the collection of a document is its kind. */
export type DocumentKind = keyof typeof SHAPES;

/**
 * Version of the documents that this program writes. It stands beside the content of a document and never in it, so
 * that no hash depends on it. A document without a version was written before there was one, and is of version 1.
 * Version 2 may have the kind of clock of a case, and what the sources let one see: a program that knows version 1 only
 * would run a case by the wrong clock, so it has to refuse it.
 */
const DOCUMENT_VERSION = 2;

/** Versions that this program reads. What a newer version has and an older one lacks is optional. */
const READABLE: readonly unknown[] = [1, DOCUMENT_VERSION];

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isNumber: Check = (value) => typeof value === 'number';
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList: Check = (value) => Array.isArray(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (words: readonly unknown[]): Check =>
  (value) =>
    words.includes(value);
/** An object in which some properties pass a check; it may have more. */
const having =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && wrongIn(value as Record<string, unknown>, shape) === undefined;
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const isAction = having({
  id: isText,
  kind: oneOf(ACTION_KINDS),
  entity: isText,
  source: isText,
  dependsOn: isList,
  changes: isList,
  details: isObject,
});

/** Properties that every document of a kind has had since version 1, whatever else it has by now. */
const SHAPES = {
  case: {
    id: isText,
    state: oneOf(CASE_STATES),
    input: having({ kind: oneOf(CASE_KINDS), evaluatedAt: isText }),
    decisions: isList,
    planHash: isText,
    policyHash: orNull(isText),
    plannedOn: isNumber,
    planned: isObject,
    authors: isList,
    begun: isList,
  },
  plan: {
    hash: isText,
    body: having({ version: oneOf(KEPT_PLAN_VERSIONS), decisions: isList, actions: listOf(isAction) }),
    because: isObject,
    needsDecision: isList,
    prediction: isObject,
  },
  action: {
    case: isText,
    position: isNumber,
    action: isAction,
    idempotencyKey: isText,
    state: oneOf(ACTION_STATES),
    attempts: isNumber,
  },
  verification: { at: isText, revision: isNumber, checks: isList, residual: isList },
  leaver: { case: isText },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Check>>>>;

/** A document as the journal is to keep it: the content, and the version of its form. */
export const toStored = (collection: DocumentKind, key: string, content: object): DocumentWrite => ({
  collection,
  key,
  body: { ...content, documentVersion: DOCUMENT_VERSION },
});

/**
 * The content of a stored document.
 *
 * @throws UNAVAILABLE where it was written by a newer Tendril, or is malformed
 */
export function fromStored<T>({ collection, key, body }: DocumentWrite): T {
  const { documentVersion = 1, ...content } = body;
  const name = `The ${collection} ${quote(key)} in the store`;
  if (!READABLE.includes(documentVersion)) {
    throw unavailable(
      `${name} is a document of version ${String(documentVersion)}, and this Tendril knows versions up to ${DOCUMENT_VERSION}; ` +
        'start the version that wrote it.',
    );
  }
  const wrong = wrongIn(content, SHAPES[collection as DocumentKind]);
  if (wrong !== undefined) {
    throw unavailable(`${name} is malformed at ${quote(wrong)}; restore the store from a backup.`);
  }
  return content as T;
}

/** The first property that does not pass its check; undefined where all do. */
function wrongIn(
  content: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, Check>>,
): string | undefined {
  return Object.keys(shape).find((name) => !shape[name]?.(content[name]));
}
