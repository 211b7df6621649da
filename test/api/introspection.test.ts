import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { printApiSchema } from '../../src/api/schema.js';
import { TestService } from './service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

describe('introspection', () => {
  test('gives those who signed in the schema, within the limits', async () => {
    const data = await service.data(
      getIntrospectionQuery({ inputValueDeprecation: true, descriptions: true }),
    );
    const schema = buildClientSchema(data as IntrospectionQuery);
    expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toContain('type BlastRadius');
    expect(printApiSchema()).toContain('type BlastRadius');
  });
});
