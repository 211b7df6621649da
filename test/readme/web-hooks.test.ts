import { expect, test } from '@jest/globals';
import { envelope } from '../../src/sources/webhook/envelope.js';
import { textOf } from '../house/files.js';
import { blocks } from './page.js';

interface Event {
  readonly id: string;
  readonly time: string;
  readonly data: Parameters<typeof envelope>[0] & { readonly source: { readonly id: string } };
}

test('the page on acting on source systems shows an event as it is sent', () => {
  const events = blocks(textOf('docs/using/web-hooks.md')).filter(({ text }) =>
    text.includes('"specversion"'),
  );
  const [shown] = events.map(({ text }) => JSON.parse(text) as Event);
  const order = { ...shown!.data, source: { ...shown!.data.source, actuation: 'WEBHOOK' } };
  // Ids are percent-encoded in an event, which an ellipsis in their place is not.
  const sent = decodeURI(envelope(order, new Date(shown!.time)).toString('utf8'));
  expect(JSON.parse(sent)).toEqual(shown);
});
