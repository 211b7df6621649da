import { describe, expect, test } from '@jest/globals';
import {
  caseDocument,
  casesById,
  planDocument,
  planOf,
  requireCase,
} from '../../../src/offboarding/case/case-documents.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { fromStored, toStored } from '../../../src/offboarding/case/stored-document.js';
import type { DocumentWrite } from '../../../src/store/journal.js';
import { person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';

const plan = (caseContext: TestCaseContext) =>
  planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Ada leaves' });

/** What reading a document says is wrong; null: nothing. */
function problem(document: DocumentWrite): unknown {
  try {
    fromStored(document);
    return null;
  } catch (error) {
    return error;
  }
}

describe('a document of a case', () => {
  test('comes back as it was, without the version that the store has of it', () =>
    withCaseContext([company()], async (caseContext) => {
      const { journal } = caseContext.store;
      const offboarding = await plan(caseContext);
      const [stored] = await journal.documents('case', [offboarding.id]);
      expect(stored?.body).toMatchObject({ documentVersion: 2 });
      expect(await requireCase(journal, offboarding.id)).toEqual(offboarding);
      const kept = await planOf(journal, offboarding);
      expect(kept).not.toHaveProperty('documentVersion');
      expect(planDocument(offboarding.id, kept).body).toEqual({ ...kept, documentVersion: 2 });
    }));

  test('without a version was written before there was one, and is read', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      const { documentVersion, ...before } = caseDocument(offboarding).body;
      expect(documentVersion).toBe(2);
      expect(fromStored({ collection: 'case', key: offboarding.id, body: before })).toEqual(offboarding);
      expect(await casesById(caseContext.store.journal, ['tendril/case/none'])).toEqual([undefined]);
    }));

  test('of another version, or malformed, is refused with what to do', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      const kept = await planOf(caseContext.store.journal, offboarding);
      const newer = caseDocument(offboarding);
      expect(problem({ ...newer, body: { ...newer.body, documentVersion: 3 } })).toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringMatching(/is a document of version 3.*start the version that wrote it/),
      });
      expect(problem(toStored('case', 'c', { ...offboarding, state: 'ELSEWHERE' }))).toMatchObject({
        code: 'UNAVAILABLE',
        message: 'The case "c" in the store is malformed at "state"; restore the store from a backup.',
      });
      expect(problem(toStored('plan', 'p', kept))).toBeNull();
      const [action] = kept.body.actions;
      const unknown = { ...kept.body, actions: [{ ...action, kind: 'FORGET' }] };
      expect(problem(toStored('plan', 'p', { ...kept, body: unknown }))).toMatchObject({
        message: expect.stringContaining('malformed at "body"'),
      });
    }));
});
