import { describe, expect, test } from '@jest/globals';
import { makeToken, StaticTokens } from '../../src/http/tokens.js';

describe('static tokens', () => {
  const one = makeToken('one', ['VIEWER']);
  const two = makeToken('two', ['PLANNER', 'APPROVER']);
  const tokens = new StaticTokens([one.entry, { ...two.entry, sha256: two.entry.sha256.toUpperCase() }]);

  test('know their holder, whichever place they have', () => {
    expect(tokens.viewerOf(one.token)).toEqual({
      subject: 'one',
      roles: ['VIEWER'],
      signedInBy: 'static-token',
    });
    expect(tokens.viewerOf(two.token)?.subject).toBe('two');
  });

  test('accept no other token, nor the hash of one', () => {
    expect(tokens.viewerOf('')).toBeUndefined();
    expect(tokens.viewerOf(one.entry.sha256)).toBeUndefined();
    expect(tokens.viewerOf(`${one.token} `)).toBeUndefined();
  });

  test('are never the same twice, and are kept by their hash only', () => {
    expect(makeToken('x', ['VIEWER']).token).not.toBe(makeToken('x', ['VIEWER']).token);
    expect(JSON.stringify(one.entry)).not.toContain(one.token);
  });
});
