import { describe, expect, test } from '@jest/globals';
import { draft, ids } from '../draft.js';
import type { PlainGraph } from '../plain-graph.js';
import { departureOf } from './departure.js';
import { needsReissue } from './needs-reissue.js';
import { irreplaceable, reissuable } from './reissuable.js';

/** ada knows every token whose name begins with k: they are foreign, and in the cut. */
function known(graph: PlainGraph): PlainGraph {
  const tokens = [...graph.entities.keys()].filter((id) => id.startsWith('k'));
  const knows = draft(
    {},
    tokens.map((id) => `ada KNOWS ${id}`),
  ).relationships;
  return { ...graph, relationships: [...graph.relationships, ...knows] };
}

const graph = known(
  draft(
    {
      ...{ ada: 'Human', s: 'ServiceIdentity', d: 'ServiceIdentity RETIRED', j: 'Job', old: 'Job RETIRED' },
      ...{ kDeploy: 'Token', kLive: 'Token', kDead: 'Token', kGone: 'Token REVOKED' },
      ...{ free: 'Token', dead: 'Token REVOKED', kFree: 'Token', kKilled: 'Token' },
      ...{ kUp: 'Token', kDown: 'Token', kLost: 'Token', kUnder: 'Token', kBoth: 'Token' },
    },
    [
      ...['s ISSUED kLive', 'd ISSUED kDead', 's ISSUED kGone'],
      ...['free DELEGATED_TO kFree', 'dead DELEGATED_TO kKilled'],
      ...['s ISSUED kUp', 'kUp DELEGATED_TO kDown', 'd ISSUED kDown'],
      ...['d ISSUED kLost', 'kLost DELEGATED_TO kUnder'],
      ...['kLost DELEGATED_TO kBoth', 'free DELEGATED_TO kBoth'],
    ],
  ),
);
const { cut } = departureOf(graph, 'ada', 'never');

describe('what can be reissued', () => {
  test.each([
    ['kDeploy', true, 'nobody ever issued it: it belongs to what it opens'],
    ['kLive', true, 'an issuer is live'],
    ['kDead', false, 'its issuer is dead'],
    ['kFree', true, 'a live parent is outside the cut'],
    ['kKilled', false, 'its parent is dead'],
    ['kDown', true, 'its parent is in the cut and can be reissued itself'],
    ['kUnder', false, 'its parent is in the cut and cannot'],
    ['kBoth', true, 'one parent of two can delegate'],
  ])('%s: %s, as %s', (token, can) => {
    expect(reissuable(graph, token, cut)).toBe(can);
  });

  test('what cannot is live and foreign', () => {
    expect(ids(irreplaceable(graph, cut))).toEqual(['kDead', 'kKilled', 'kLost', 'kUnder']);
  });

  test('tokens that would only have one another cannot', () => {
    const ring = known(
      draft({ ada: 'Human', k1: 'Token', k2: 'Token' }, ['k1 DELEGATED_TO k2', 'k2 DELEGATED_TO k1']),
    );
    expect(ids(irreplaceable(ring, departureOf(ring, 'ada', 'never').cut))).toEqual(['k1', 'k2']);
  });
});

describe('what is reissued, and by whom', () => {
  const uses = (...lines: readonly string[]): PlainGraph => ({
    ...graph,
    relationships: [...graph.relationships, ...draft({}, lines).relationships],
  });
  const reissues = (asked: PlainGraph, ...retired: readonly string[]) =>
    Object.fromEntries(needsReissue(departureOf(asked, 'ada', 'never'), new Set(retired)));
  const none = { issuedBy: [], delegatedBy: [], byReplacementOf: undefined };

  test('nothing that nobody needs', () => {
    expect(reissues(graph)).toEqual({});
  });

  test('by live issuers, by a parent outside the cut, by nobody', () => {
    const asked = uses('j USES kLive', 'j USES kBoth optional', 'j USES kDeploy', 'j USES kDead optional');
    expect(reissues(asked)).toEqual({
      kBoth: { ...none, delegatedBy: ['free'], users: ['j'] },
      kDeploy: { ...none, users: ['j'] },
      kLive: { ...none, issuedBy: ['s'], users: ['j'] },
    });
  });

  test('by the replacement of a parent in the cut, which is reissued for it', () => {
    expect(reissues(uses('j USES kDown'))).toEqual({
      kDown: { ...none, byReplacementOf: 'kUp', users: ['j'] },
      kUp: { ...none, issuedBy: ['s'], users: [] },
    });
  });

  test('not a token of the person’s own, which is replaced by re-homing', () => {
    const own = draft({ ada: 'Human', a: 'Account', t: 'Token', j: 'Job' }, [
      ...['ada HAS_ACCOUNT a', 'a ISSUED t', 'j USES t'],
    ]);
    expect(reissues(own)).toEqual({});
  });

  test('not for who does not work or is to be retired, nor what a cascade revokes', () => {
    expect(reissues(uses('old USES kLive'))).toEqual({});
    expect(reissues(uses('j USES kLive'), 'j')).toEqual({});
    expect(reissues(uses('j USES kLive'), 's')).toEqual({});
    expect(reissues(uses('j USES kDown'), 's')).toEqual({});
  });

  test('for a secret whose unit stores it, used or depended on; all live users are bound', () => {
    const more = draft({ k: 'Secret', copy: 'Secret', i: 'App', sick: 'Job' }, [
      ...['kLive STORED_IN k', 'copy COPY_OF k', 'j USES copy', 'i DEPENDS_ON k', 'sick USES kLive'],
      'sick USES kGone',
    ]);
    const asked = {
      ...graph,
      entities: new Map([...graph.entities, ...more.entities]),
      relationships: [...graph.relationships, ...more.relationships],
    };
    expect(reissues(asked)).toEqual({ kLive: { ...none, issuedBy: ['s'], users: ['i', 'j', 'sick'] } });
    expect(reissues(asked, 'i')).toEqual({ kLive: { ...none, issuedBy: ['s'], users: ['j', 'sick'] } });
    expect(reissues(asked, 'i', 'j')).toEqual({});
  });
});
