import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../../src/api/limits/limits.js';
import { buildApiSchema } from '../../../src/api/schema.js';
import { readTrustedDocuments } from '../../../src/api/trusted/read-documents.js';

const schema = buildApiSchema();
const read = (value: unknown) =>
  readTrustedDocuments(
    typeof value === 'string' ? value : JSON.stringify(value, null, 2),
    'd.json',
    schema,
    DEFAULT_LIMITS,
  );
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const WHO = 'query Who {\n  viewer {\n    subject\n  }\n}';
const ROWS = 'query Rows($n: Int) { entities(first: $n) { nodes { id } } }';

test('a document is found by its id, with and without a prefix, by its hash, and by its text however laid out', () => {
  const documents = read({ [hash(WHO)]: WHO, 'x-relay:rows': ROWS, c0ffee: '{ __typename }' });
  const who = { id: hash(WHO), text: WHO };
  expect(documents.find({ documentId: hash(WHO) })).toEqual(who);
  expect(documents.find({ documentId: `sha256:${hash(WHO)}` })).toEqual(who);
  expect(documents.find({ extensions: { persistedQuery: { version: 1, sha256Hash: hash(WHO) } } })).toEqual(
    who,
  );
  expect(documents.find({ query: WHO })).toEqual(who);
  expect(documents.find({ query: 'query Who { viewer { subject, }, } # the same' })).toEqual(who);
  expect(documents.find({ documentId: hash(WHO), query: '{ sources { id } }' })).toEqual(who);
  for (const documentId of ['x-relay:rows', hash(ROWS)]) {
    expect(documents.find({ documentId }).text).toBe(ROWS);
  }
});

test.each([
  ['an id that is not there', { documentId: 'a'.repeat(64) }, 'NOT_FOUND'],
  ['a name that every object has', { documentId: 'constructor' }, 'NOT_FOUND'],
  ['a hash that is not there', { extensions: { persistedQuery: { sha256Hash: hash('') } } }, 'NOT_FOUND'],
  ['another text', { query: '{ viewer { roles } }' }, 'FORBIDDEN'],
  ['the text with more after it', { query: `${WHO} query More { __typename }` }, 'FORBIDDEN'],
  ['a text that does not parse', { query: '{' }, 'FORBIDDEN'],
  ['a text without end', { query: '{ a '.repeat(100_000) }, 'FORBIDDEN'],
  ['nothing', {}, 'BAD_INPUT'],
  ['an id that is no text', { documentId: { $ne: 1 } }, 'BAD_INPUT'],
])('nothing else is: %s', (_name, asked, code) => {
  const documents = read({ [hash(WHO)]: WHO });
  expect(() => documents.find(asked)).toThrow(expect.objectContaining({ code }));
});

test.each([
  [
    'a field there is not',
    { [hash('{ nothing }')]: '{ nothing }' },
    /d\.json:2 \w{64}: Cannot query field "nothing"/,
  ],
  [
    'one of several operations',
    { two: `${WHO} query B { viewer { sub } }` },
    /two: Who: Cannot query field "sub"/,
  ],
  ['another text than its hash says', { [hash('x')]: WHO }, /is not the SHA-256 of the text/],
  ['no text', { [hash(WHO)]: { document: WHO } }, /is no text/],
  ['no operation', { f: 'fragment F on Viewer { subject }' }, /there is no operation in it/],
  ['what is no GraphQL', { broken: 'query {' }, /Syntax Error/],
  [
    'what is too large',
    { deep: `{ ${'entity(id: "x") { '.repeat(1)}${'owners { nodes { '.repeat(9)}id${' } }'.repeat(9)} } }` },
    /More than 16 fields below/,
  ],
  [
    'what costs too much',
    { dear: '{ entities(first: 1000) { nodes { owners(first: 1000) { nodes { id } } } } }' },
    /More than \d+ fields an operation may come to/,
  ],
  ['an id that no request can carry', { 'a b': WHO }, /no id of a document/],
  ['the same id twice', `{"a": "{ __typename }",\n"a": "{ __typename }"}`, /d\.json:2: this is not JSON/],
  ['a list', '[]', /it is one object/],
])('a file is refused for %s, and says which document', (_name, value, message) => {
  expect(() => read(value)).toThrow(
    expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringMatching(message) }),
  );
});

test('what only its variables make dear is weighed when it is asked', () => {
  const text =
    'query Q($n: Int = 1000) { entities(first: $n) { nodes { owners(first: 1000) { nodes { id } } } } }';
  expect(read({ q: text }).find({ documentId: 'q' }).text).toBe(text);
});
