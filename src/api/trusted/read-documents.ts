import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { type JsonFile, parseJsonFile, refusedFile } from '../../model/json-file.js';
import type { Limits } from '../limits/limits.js';
import { tooLarge } from '../size/size-plugin.js';
import { plainId, sha256Of, type TrustedDocument, TrustedDocuments } from './trusted-documents.js';

const WHAT = 'file of trusted documents';

/** An id as a request may carry it (GraphQL over HTTP, appendix A, a draft): a hash, or a name of its own. */
const ID = /^(sha256:[0-9a-f]{64}|x-[\w.~-]+:[\w.~-]+|[\w.~-]{1,200})$/;
const HASH = /^[0-9a-f]{64}$/;

/**
 * Reads a file of trusted documents: one JSON object, from id to text, as the tools of dashboards write it (the
 * persisted documents of graphql-codegen, the persisted queries of Relay). An id that is a SHA-256 must be that of
 * the text; each document must fit the schema and the limits, so that all of them can run.
 *
 * @param name the name of the file in messages
 * @param own documents that come with the program, and are trusted besides
 * @throws BAD_INPUT with every document that does not fit, its line, and why
 */
export function readTrustedDocuments(
  text: string,
  name: string,
  schema: GraphQLSchema,
  limits: Limits,
  own: readonly TrustedDocument[] = [],
): TrustedDocuments {
  const { value, lineOf } = parseJsonFile(text, name, WHAT);
  const problem = problemsIn(name, lineOf);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusedFile(name, WHAT, [
      problem('', 'it is one object, from the id of each document to its text'),
    ]);
  }
  const documents: TrustedDocument[] = [];
  const problems = Object.entries(value).flatMap(([id, document]: [string, unknown]) => {
    if (!ID.test(id)) return [problem(id, 'this is no id of a document: a SHA-256 in hex, or a name')];
    if (typeof document !== 'string') return [problem(id, 'the document is no text')];
    documents.push({ id, text: document });
    return wrongWith(id, document, schema, limits).map((message) => problem(id, message));
  });
  if (problems.length > 0) throw refusedFile(name, WHAT, problems);
  return new TrustedDocuments([...own, ...documents], limits);
}

function problemsIn(name: string, lineOf: JsonFile['lineOf']) {
  return (id: string, message: string) => {
    const row = `${name}:${lineOf(id === '' ? [] : [id])}`;
    return { row, field: id, rule: 'BAD_DOCUMENT', message };
  };
}

/** The reasons why a document cannot run; empty where it can. */
function wrongWith(id: string, text: string, schema: GraphQLSchema, limits: Limits): string[] {
  if (HASH.test(plainId(id)) && plainId(id) !== sha256Of(text)) {
    return ['the id is not the SHA-256 of the text; make the file anew'];
  }
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.queryTokens });
  } catch (error) {
    if (error instanceof GraphQLError) return [error.message];
    throw error;
  }
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return ['there is no operation in it'];
  const named = (operations as OperationDefinitionNode[]).find((one) => one.name)?.name?.value;
  const says = (message: string) => (named === undefined ? message : `${named}: ${message}`);
  const invalid = validate(schema, document, specifiedRules);
  if (invalid.length > 0) return invalid.map(({ message }) => says(message));
  return (operations as OperationDefinitionNode[]).flatMap((operation) => {
    const large = tooLarge(schema, document, operation, {}, limits);
    // The cost may come from variables; it is measured again for each request.
    const onVariables = large?.details.limit === 'cost' && (operation.variableDefinitions ?? []).length > 0;
    return large === undefined || onVariables ? [] : [says(large.message)];
  });
}
