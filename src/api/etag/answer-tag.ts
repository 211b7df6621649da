import { createHash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Millis } from '../../model/time.js';
import { programVersion } from '../../model/version.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import type { Services } from '../operation/services.js';
import { isStale } from '../source/stale.js';
import { answerBasis } from './answer-basis.js';

/** What is asked, after it was found to be valid. */
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
 * Names the answer that an operation will have, before there is one: equal names, equal answers but for the moment
 * they were given at. It is made of all that an answer follows from: what is asked, who asks and as what, the revision,
 * when it was written, how far time has gone as far as it shows (which tokens have expired, which sources are stale),
 * and what the service is told by its configuration.
 *
 * @returns SHA-256 in base64url; null where the answer is made of more, or of the numbers of a state before, which are
 *   about to change, or where the graph is in the store and does not know what expires next
 * @throws what looking at the state throws
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
 * When the head was written, as it was when this state was first asked about. A store that is put back to a backup
 * comes to the same revision again by other changes, and only the time tells the two apart.
 */
async function writtenAt({ services, revision }: Moment): Promise<Millis> {
  return (await services.live.head(revision)).at;
}

async function staleSources(moment: Moment): Promise<string[]> {
  const sources = await moment.loaders.sources();
  return sources.filter((source) => isStale(source, moment)).map(({ id }) => id);
}

const toldBy = ({ policy, limits, staleAfter }: Services) => [policy.hash, limits, staleAfter];
