import { expect, test } from '@jest/globals';
import { actionsOf } from '../../../src/offboarding/case/case-documents.js';
import { importAt, withCaseContext } from '../../support/case-context.js';
import { action, executing, runOut } from './carry-out.js';
import { departure, entity, later, link } from './departure.js';
import { done, Outside } from './outside.js';

test('a copy that is dead, whose rotation its source refuses, has the others rotated once and not in every sweep', () => {
  const outside = new Outside(({ kind, entity: { id } }) =>
    kind === 'ROTATE_SECRET' && id === 'old' ? { outcome: 'REFUSED', why: 'no' } : done,
  );
  return withCaseContext(
    departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
    async (caseContext) => {
      const old = entity('Secret', 'old', { status: 'REVOKED' });
      const copies = [link('COPY_OF', 'old', 'vault'), link('KNOWS', 'ada', 'old', { how: 'READ' })];
      await importAt(caseContext, [later('it', [old], copies)]);
      const { id } = await executing(caseContext);
      const ended = await runOut(caseContext, id);
      expect(await action(caseContext, id, '5/ROTATE_SECRET/old')).toMatchObject({ state: 'IRREVOCABLE' });
      expect(await action(caseContext, id, '5/ROTATE_SECRET/vault')).toMatchObject({ state: 'DONE' });
      const again = (await actionsOf(caseContext.store.journal, id)).filter(({ action }) =>
        action.id.startsWith('sweep'),
      );
      expect(again.map(({ action }) => action.id)).toEqual([]);
      expect(ended.state).toBe('INCOMPLETE');
    },
    { actuators: outside.actuators },
  );
});
