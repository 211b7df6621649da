import { createHash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Millis } from '../../model/time.js';
import { programVersion } from '../../model/version.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import type { Services } from '../operation/services.js';
import { isStale } from '../source/stale.js';
import { answerBasis } from './answer-basis.js';

/** A request that is valid, as far as its answer depends on it. */
export interface TaggedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** SHA-256 of the document's text. */
  readonly documentHash: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The media type that the answer will have. */
  readonly mediaType: string;
}

const VERSION = programVersion();

/**
 * A tag for the answer of an operation, computed before the answer is. Two answers with the same tag are equal, except
 * for the time at which they say they were given. The tag is a hash of everything the answer depends on: the request,
 * the caller and their roles, the revision and when it was written, which tokens have expired, which sources are stale,
 * and the configuration.
 *
 * @returns SHA-256 in base64url; null where the answer depends on more, where the aggregate is of an earlier state and
 *   about to change, or where the graph is in the store and does not know which token expires next
 * @throws the errors of reading the state
 */
export async function answerTag(operation: Operation, asked: TaggedRequest): Promise<string | null> {
  const basis = answerBasis(asked.schema, asked.document, asked.operation);
  if (basis === null) return null;
  const moment = await operation.moment();
  const whole = await moment.whole();
  if (whole === null) return null;
  if (basis === 'aggregate' && (await operation.aggregated()).moment !== moment) return null;
  const { viewer, services } = operation;
  const facts = [
    [asked.documentHash, asked.operation.name?.value ?? null, asked.variables, asked.mediaType],
    [viewer.subject, [...viewer.roles].sort()],
    [
      moment.revision,
      await writtenAt(moment),
      `${whole.nextExpiryAfter(moment.now)}`,
      await staleSources(moment),
    ],
    [VERSION, toldBy(services)],
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}

/**
 * When the head was written. After a backup has been restored, a store reaches the same revision again with other
 * changes, and only the time tells the two apart.
 */
async function writtenAt({ services, revision }: Moment): Promise<Millis> {
  return (await services.live.head(revision)).at;
}

async function staleSources(moment: Moment): Promise<string[]> {
  const sources = await moment.loaders.sources();
  return sources.filter((source) => isStale(source, moment)).map(({ id }) => id);
}

const toldBy = ({ policy, limits, staleAfter }: Services) => [policy.hash, limits, staleAfter];
