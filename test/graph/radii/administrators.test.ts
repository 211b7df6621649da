import { describe, expect, test } from '@jest/globals';
import { Accountability } from '../../../src/graph/radii/accountability.js';
import { radiiOf } from '../../../src/graph/radii/radii.js';
import type { GraphView } from '../../../src/graph/view.js';
import { RULES } from '../../../src/model/relationships.js';
import { codeType } from '../../../src/model/rows.js';
import { draft } from '../../reference/draft.js';
import { onBothViews } from '../../support/both-views.js';

/** The orphans of some people, each with the path that explains it. */
const orphansOf =
  (...people: readonly string[]) =>
  (view: GraphView) => {
    const { orphans } = radiiOf(
      view,
      people.map((id) => view.numberOf(id)),
      { rotateReadable: 'never' },
    );
    return Object.fromEntries(
      orphans.members.map(({ entity }) => {
        const path = orphans.pathTo(entity);
        const words = path.map(({ code, to }) => `${RULES[codeType(code)]!.type} ${view.idOf(to)}`);
        return [view.idOf(entity), words.join(', ')];
      }),
    );
  };

const company = (...more: readonly string[]) =>
  draft(
    {
      ...{ ada: 'Human', a: 'Account', bob: 'Human', b: 'Account', team: 'Group', bot: 'ServiceIdentity' },
      ...{ org: 'Resource', repo: 'Resource', branch: 'Resource' },
    },
    ['ada HAS_ACCOUNT a', 'bob HAS_ACCOUNT b', 'org CONTAINS repo', 'repo CONTAINS branch', ...more],
  );

describe('administrators of a resource that nobody owns', () => {
  test('the last one of an organisation who leaves, leaves it and all that is in it', async () => {
    const graph = company('a CAN_ACCESS org ADMIN', 'b CAN_ACCESS org WRITE');
    expect(await onBothViews(graph, orphansOf('ada'))).toEqual({
      org: 'HAS_ACCOUNT a, CAN_ACCESS org',
      repo: 'HAS_ACCOUNT a, CAN_ACCESS org, CONTAINS repo',
      branch: 'HAS_ACCOUNT a, CAN_ACCESS org, CONTAINS repo, CONTAINS branch',
    });
    expect(await onBothViews(graph, orphansOf('bob'))).toEqual({});
  });

  test('another one, of it or of what contains it, answers too', async () => {
    const graph = company('a CAN_ACCESS org ADMIN', 'b CAN_ACCESS repo ADMIN');
    expect(Object.keys(await onBothViews(graph, orphansOf('ada')))).toEqual(['org']);
    expect(await onBothViews(graph, orphansOf('bob'))).toEqual({});
  });

  test('do not answer where somebody owns it, whatever became of the owner', async () => {
    const graph = company('a CAN_ACCESS org ADMIN', 'b OWNS repo blind');
    expect(Object.keys(await onBothViews(graph, orphansOf('ada')))).toEqual(['org', 'branch']);
    expect(await onBothViews(graph, orphansOf('bob'))).toEqual({ repo: 'HAS_ACCOUNT b, OWNS repo' });
  });

  test('answer through groups and service identities, as owners do', async () => {
    const graph = company(
      ...['a MEMBER_OF team', 'team CAN_ACCESS branch ADMIN'],
      ...['a OWNS bot', 'bot CAN_ACCESS org ADMIN'],
    );
    expect(await onBothViews(graph, orphansOf('ada'))).toEqual({
      bot: 'HAS_ACCOUNT a, OWNS bot',
      org: 'HAS_ACCOUNT a, OWNS bot, CAN_ACCESS org',
      repo: 'HAS_ACCOUNT a, OWNS bot, CAN_ACCESS org, CONTAINS repo',
      branch: 'HAS_ACCOUNT a, MEMBER_OF team, CAN_ACCESS branch',
    });
  });

  test('an answer is remembered for all that one contains, whichever is asked about first', async () => {
    const graph = company('b CAN_ACCESS org ADMIN');
    const answered = (...order: readonly string[]) =>
      onBothViews(graph, (view) => {
        const accountability = new Accountability(view);
        return order.map((id) => accountability.isAnsweredFor(view.numberOf(id)));
      });
    expect(await answered('branch', 'repo', 'org')).toEqual([true, true, true]);
    expect(await answered('org', 'repo', 'branch', 'branch')).toEqual([true, true, true, true]);
  });
});

describe('several people at once', () => {
  test('leave together what each of them would still leave somebody for', async () => {
    const graph = company('a CAN_ACCESS org ADMIN', 'b CAN_ACCESS org ADMIN', 'a OWNS bot', 'bob OWNS bot');
    expect(await onBothViews(graph, orphansOf('ada'))).toEqual({});
    expect(await onBothViews(graph, orphansOf('bob'))).toEqual({});
    expect(await onBothViews(graph, orphansOf('bob', 'ada'))).toEqual({
      bot: 'OWNS bot',
      org: 'HAS_ACCOUNT a, CAN_ACCESS org',
      repo: 'HAS_ACCOUNT a, CAN_ACCESS org, CONTAINS repo',
      branch: 'HAS_ACCOUNT a, CAN_ACCESS org, CONTAINS repo, CONTAINS branch',
    });
  });
});
