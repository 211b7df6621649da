import { TendrilError } from '../../model/errors.js';
import type { Store } from '../../store/store.js';
import type { Attributes, DatabaseSystem, Span, SpanEnd, Tracing } from './tracing.js';

/** The position of the argument that is the revision. */
const REVISION_AT: Readonly<Record<string, number>> = {
  entities: 1,
  entitiesByNumber: 1,
  humansByEmail: 1,
  list: 1,
  relationshipsOf: 1,
  relationships: 1,
  sources: 0,
  scan: 1,
  expand: 2,
} satisfies Partial<Record<keyof Store, number>>;

/** Properties of the store that are objects with methods. */
const PARTS: readonly unknown[] = ['journal', 'schema'] satisfies (keyof Store)[];

/**
 * The same store with a span around every call: its name, its duration, its revision, and the code of its error. The
 * other arguments are never recorded.
 */
export function tracedStore(store: Store, tracing: Tracing, system: DatabaseSystem): Store {
  return new TracedCalls(tracing, '', { 'db.system.name': system }).of(store);
}

class TracedCalls {
  /**
   * @param prefix before the names of calls, such as `journal.`
   * @param common attributes of every span
   */
  constructor(
    private readonly tracing: Tracing,
    private readonly prefix: string,
    private readonly common: Attributes,
  ) {}

  of<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (_target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value === 'function') {
          return (...args: unknown[]) => this.call(String(name), () => value.apply(target, args), args);
        }
        return PARTS.includes(name) ? this.below(`${String(name)}.`).of(value as object) : value;
      },
    });
  }

  private below(prefix: string, more: Attributes = {}): TracedCalls {
    return new TracedCalls(this.tracing, prefix, { ...this.common, ...more });
  }

  private call(method: string, work: () => unknown, args: readonly unknown[]): unknown {
    const name = this.prefix + method;
    const revision = args[REVISION_AT[name] ?? -1];
    const attributes = { ...this.common, 'db.operation.name': name, ...about(revision) };
    return this.tracing.span({ name, kind: 'CLIENT', attributes }, (span) => {
      const result = work();
      if (isIterable(result)) return eachOf(result, span);
      const value = answered(Promise.resolve(result), span);
      return name === 'write' ? value.then((draft) => this.draft(draft)) : value;
    });
  }

  private draft(draft: unknown): unknown {
    return this.below('draft.', about(revisionOf(draft))).of(draft as object);
  }
}

async function answered(result: Promise<unknown>, span: Span): Promise<unknown> {
  try {
    const value = await result;
    span.end({ attributes: about(revisionOf(value)) });
    return value;
  } catch (error) {
    span.end(failure(error));
    throw error;
  }
}

/** The span ends with the last batch that is taken; the time that the consumer takes is part of it. */
async function* eachOf(batches: AsyncIterable<unknown>, span: Span): AsyncGenerator<unknown> {
  let ending: SpanEnd = {};
  try {
    yield* batches;
  } catch (error) {
    ending = failure(error);
    throw error;
  } finally {
    span.end(ending);
  }
}

const failure = (error: unknown): SpanEnd => ({
  failed: true,
  attributes: { 'error.type': error instanceof TendrilError ? error.code : '_OTHER' },
});

const about = (revision: unknown): Attributes =>
  typeof revision === 'number' ? { 'tendril.revision': revision } : {};

/** The revision of a head or of a draft. */
const revisionOf = (value: unknown): unknown =>
  (value as { revision?: unknown } | null | undefined)?.revision;

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
