import { describe, expect, test } from '@jest/globals';
import { asFarAsKnown, briefly, type Claim } from '../../src/model/unknown.js';
import { filesBelow, textOf } from './files.js';

/** The one module that may say that nothing is left, open or affected. */
const WORDS = 'src/model/unknown.ts';

/** What is said of the world, and must not be said where something is unknown (semantics, section 3). */
const ABSOLUTE = [
  /nothing (more |else )?(remains|is left|is open|is reachable|is exposed|is affected)/i,
  /nothing (else )?(that works now )?would stop/i,
  /nothing else (that|would|stops|breaks)/i,
  /reaches nothing/i,
  /(?<!look, )there is no way/i,
  /all invariants hold/i,
  /would find nothing/i,
  /no (residue|access) (remains|is left)/i,
  /(everything|all access) (is gone|has ended|was removed)/i,
];

/** Code without its comments: what is left are the texts that somebody reads, and names. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

describe('that nothing is left', () => {
  test('is said by one module, which knows what is unknown', () => {
    const said = filesBelow('src')
      .filter((file) => file.endsWith('.ts') && file !== WORDS && !file.includes('/generated/'))
      .flatMap((file) => {
        const text = withoutComments(textOf(file));
        return ABSOLUTE.flatMap((phrase) => {
          const [found] = phrase.exec(text) ?? [];
          return found === undefined ? [] : [`${file}: ${found}`];
        });
      });
    expect(said).toEqual([]);
  });

  const blind = {
    account: 'a/ada',
    source: 'a',
    missing: ['Token', 'Job'],
    since: null,
    because: null,
  };
  const stale = { account: null, source: 'b', missing: [], since: '2026-11-01T00:00:00.000Z', because: null };
  const CLAIMS: readonly Claim[] = ['NOT_REACHABLE', 'NOTHING_STOPS', 'NOTHING_ELSE_STOPS', 'NOTHING_OPEN'];

  test.each(CLAIMS)('is limited to where the sources look: %s', (claim) => {
    const text = asFarAsKnown(claim, [blind, stale]);
    expect(text).toMatch(/^As far as the sources look, .*nothing.*; not known: /);
    expect(text).toContain('Token or Job of a/ada at a');
    expect(text).toContain('what changed at b since it was last read, 2026-11-01T00:00:00.000Z');
    expect(asFarAsKnown(claim, [])).not.toContain('As far as');
    expect(briefly(claim, [blind])).toContain('as far as the sources look');
  });

  test('counts what it does not name', () => {
    expect(asFarAsKnown('NOT_REACHABLE', Array(5).fill(blind))).toMatch(/; and 2 more\.$/);
  });
});
