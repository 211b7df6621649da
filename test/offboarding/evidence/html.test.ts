import { describe, expect, test } from '@jest/globals';
import { html, page, table } from '../../../src/offboarding/evidence/html.js';

const HOSTILE = `<script>alert("1")</script>&'`;

describe('a page of evidence', () => {
  test('shows what people named things, and never runs it', () => {
    const made = page(HOSTILE, html`<p>${HOSTILE}</p>${table(HOSTILE, [HOSTILE], [[HOSTILE]])}`);
    expect(made).not.toContain('<script');
    expect(made.split('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;')).toHaveLength(6);
  });

  test('keeps HTML that is made here as it is', () => {
    expect(html`<ul>${['a', '<'].map((offboarding) => html`<li>${offboarding}</li>`)}</ul>${null}`.html).toBe(
      '<ul><li>a</li><li>&lt;</li></ul>',
    );
  });
});
