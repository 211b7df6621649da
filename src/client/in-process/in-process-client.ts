import { randomUUID } from 'node:crypto';
import { type DocumentNode, execute, type GraphQLSchema, Kind, parse } from 'graphql';
import { IMPORTERS, READERS, requireRole, type Viewer } from '../../api/access/access.js';
import { Operation } from '../../api/operation/operation.js';
import type { Services } from '../../api/operation/services.js';
import { partialSchema } from '../../api/partial-schema.js';
import type { Tendril } from '../../compose.js';
import type { TypedDocumentString } from '../../documents/generated/graphql.js';
import type { Actor } from '../../model/audit.js';
import type {
  Client,
  ExportedGraph,
  ExportOptions,
  Following,
  ImportOptions,
  ImportOutcome,
  SnapshotInput,
} from '../client.js';

const TRUSTED =
  'On a local store whoever may open it is trusted to be who they say; with TENDRIL_URL a service decides who is who.';

/** @throws FORBIDDEN */
export const requireImporter = (viewer: Viewer): void => requireRole(viewer, IMPORTERS, 'Importing');

/** @throws FORBIDDEN */
export const requireExporter = (viewer: Viewer): void => requireRole(viewer, READERS, 'Exporting');

/** Answers in this process, from the store that it has open. */
export class InProcessClient implements Client {
  private readonly services: Services;
  private readonly schemas = new Map<string, Promise<GraphQLSchema>>();
  private noted = false;

  /** @param note hears once, before the first write, that a local store trusts whoever opens it */
  constructor(
    private readonly tendril: Tendril,
    private readonly viewer: Viewer,
    readonly pageSize: number,
    private readonly note?: (sentence: string) => void,
  ) {
    // What is executed is carried out by `carryOut`; a runner would take up the other cases of the store as well.
    this.services = { ...tendril, runner: { nudge: () => {} } };
  }

  async execute<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const parsed = parse(document.toString(), { noLocation: true });
    if (isMutation(parsed)) this.tellOfTrust();
    const schema = await this.schemaFor(fieldsOf(parsed, document.toString()));
    const operation = new Operation(this.services, { viewer: this.viewer, requestId: randomUUID() });
    try {
      // Documents are held to the schema by a test, not at each start.
      const { data, errors } = await execute({
        schema,
        document: parsed,
        variableValues: variables as Record<string, unknown>,
        contextValue: operation,
      });
      const [error] = errors ?? [];
      if (error !== undefined) {
        const { publicError } = await import('../../api/errors/errors.js');
        throw publicError(error, error, this.services.limits) ?? error.originalError ?? error;
      }
      return asJson(data) as Result;
    } finally {
      operation.end();
    }
  }

  async carryOut(offboarding: string, following: Following): Promise<void> {
    const { carryOut } = await import('./carry-out.js');
    await carryOut(this.tendril, offboarding, following);
  }

  async importSnapshots(inputs: readonly SnapshotInput[], options: ImportOptions): Promise<ImportOutcome> {
    requireImporter(this.viewer);
    const { importInto } = await import('./import-into.js');
    return importInto(this.tendril, inputs, { ...options, actor: this.actor() });
  }

  async exportGraph(options: ExportOptions): Promise<ExportedGraph> {
    requireExporter(this.viewer);
    const { exportOf } = await import('./export-of.js');
    return exportOf(this.tendril.store, options);
  }

  close(): Promise<void> {
    return this.tendril.close();
  }

  private actor(): Actor {
    const { subject, signedInBy } = this.viewer;
    return { subject, signedInBy, requestId: randomUUID() };
  }

  private tellOfTrust(): void {
    if (this.noted || this.viewer.signedInBy !== 'os-user') return;
    this.noted = true;
    this.note?.(TRUSTED);
  }

  private schemaFor(fields: readonly string[]): Promise<GraphQLSchema> {
    const key = fields.join();
    const known = this.schemas.get(key) ?? partialSchema(fields);
    this.schemas.set(key, known);
    return known;
  }
}

function isMutation({ definitions }: DocumentNode): boolean {
  return definitions.some((node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === 'mutation');
}

/** Fields of entities that have a resolver of their own. */
const OF_ENTITIES = {
  owners: 'Entity',
  relationships: 'Entity',
  working: 'Workload',
  brokenBy: 'Workload',
  stopsAt: 'Workload',
  stopsBy: 'Workload',
} as const;

/** What a schema has to have for a document: its root fields, and those of {@link OF_ENTITIES} that it may ask for. */
export function fieldsOf({ definitions }: DocumentNode, text: string): string[] {
  const roots = definitions.flatMap((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return [];
    const root = `${node.operation.charAt(0).toUpperCase()}${node.operation.slice(1)}`;
    return node.selectionSet.selections.flatMap((field) =>
      field.kind === Kind.FIELD ? [`${root}.${field.name.value}`] : [],
    );
  });
  const ofEntities = Object.entries(OF_ENTITIES).filter(([name]) => new RegExp(`\\b${name}\\b`).test(text));
  return [...roots, ...ofEntities.map(([name, type]) => `${type}.${name}`)];
}

/** Times as the text that JSON has for them; everything else is as it was. */
function asJson(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asJson(inner)]));
}
