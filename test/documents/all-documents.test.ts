import { describe, expect, test } from '@jest/globals';
import { parse, specifiedRules, validate } from 'graphql';
import { DEFAULT_LIMITS } from '../../src/api/limits/limits.js';
import { KNOWN_RESOLVERS, partialSchema } from '../../src/api/partial-schema.js';
import { buildApiSchema } from '../../src/api/schema.js';
import { tooLarge } from '../../src/api/size/size-plugin.js';
import { readTrustedDocuments } from '../../src/api/trusted/read-documents.js';
import { HttpClient } from '../../src/client/http/http-client.js';
import { fieldsOf } from '../../src/client/in-process/in-process-client.js';
import { allDocuments } from '../../src/documents/all-documents.js';

const schema = buildApiSchema();
const documents = allDocuments();

describe('each operation of the command line', () => {
  test.each(documents)('$id fits the schema, and the part of it that is built for it', async ({ text }) => {
    const document = parse(text);
    expect(validate(schema, document, specifiedRules)).toEqual([]);
    const part = await partialSchema(fieldsOf(document, text));
    expect(validate(part, document, specifiedRules)).toEqual([]);
  });

  test.each(documents)(
    '$id is answered by a service, in pages of the size it is asked for in',
    ({ text }) => {
      const { pageSize } = new HttpClient('http://localhost', 'token');
      const document = parse(text);
      const [operation] = document.definitions;
      const size = (first: number) =>
        tooLarge(schema, document, operation as never, { first }, DEFAULT_LIMITS);
      expect(size(pageSize)).toBeUndefined();
    },
  );
});

test('a service that runs trusted documents only runs those of the command line as well', () => {
  const trusted = readTrustedDocuments('{}', 'd.json', schema, DEFAULT_LIMITS, documents);
  for (const { id, text } of documents) {
    expect(trusted.find({ query: text }).id).toBe(id);
    expect(trusted.find({ documentId: id }).text).toBe(text);
  }
});

describe('the resolvers that are loaded when they are needed', () => {
  const names = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (root) => Object.keys(root?.getFields() ?? {}).map((field) => `${root?.name}.${field}`),
  );

  test('are all there are', () => {
    const known = KNOWN_RESOLVERS.flatMap(({ fields }) => fields).filter(
      (field) => !/^(Entity|Workload)\./.test(field),
    );
    expect([...known].sort()).toEqual([...names].sort());
  });

  test.each(KNOWN_RESOLVERS)('have the fields that are said of them: $fields', async ({ fields }) => {
    const part = await partialSchema(fields);
    for (const field of fields) {
      const [type, name] = field.split('.') as [string, string];
      const found = part.getType(type) as unknown as { getFields(): Record<string, unknown> };
      expect(Object.keys(found.getFields())).toContain(name);
    }
  });
});
