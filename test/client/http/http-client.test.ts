import { expect, test } from '@jest/globals';
import { TypedDocumentString } from '../../../src/documents/generated/graphql.js';
import { breakOff, fakeService, hangUp } from './fake-service.js';

const query = new TypedDocumentString<object, object>('query Head { head }');
const mutation = new TypedDocumentString<object, object>(
  'fragment F on Case { id }\nmutation Resume { resume { ...F } }',
);

test.each([
  ['before', hangUp],
  ['within', breakOff(200, '{"data":')],
])('a connection that breaks %s the answer: a mutation may have been done', async (_, listener) => {
  await using service = await fakeService(listener);
  const { client, url } = service;
  await expect(client.execute(query, {})).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: `The connection to the service at ${url} broke before its answer was complete; try again.`,
  });
  await expect(client.execute(mutation, {})).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('it is not known whether it was done; look before you do it again'),
  });
});
