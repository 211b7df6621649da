import type { TestCaseContext } from '../../support/case-context.js';

/** The same thing with some of its members put in the place of the usual ones. */
function withMembers<T extends object>(thing: T, members: Partial<T>): T {
  return new Proxy(thing, {
    get(target, name) {
      if (name in members) return members[name as keyof T];
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

/** A case context in which something is done before each write, which comes in between as another instance would. */
export function beforeWrites(
  caseContext: TestCaseContext,
  comes: (write: number) => Promise<unknown>,
): TestCaseContext {
  const { store } = caseContext;
  let writes = 0;
  const write: typeof store.write = async (...given) => {
    writes += 1;
    await comes(writes);
    return store.write(...given);
  };
  return { ...caseContext, store: withMembers(store, { write }) };
}

/** A case context that counts how often a part of a collection is read, by its name. */
export function countingReads(caseContext: TestCaseContext): {
  readonly caseContext: TestCaseContext;
  readonly reads: Map<string, number>;
} {
  const { store } = caseContext;
  const reads = new Map<string, number>();
  const documentsFrom: typeof store.journal.documentsFrom = (collection, range) => {
    reads.set(collection, (reads.get(collection) ?? 0) + 1);
    return store.journal.documentsFrom(collection, range);
  };
  const journal = withMembers(store.journal, { documentsFrom });
  return { caseContext: { ...caseContext, store: withMembers(store, { journal }) }, reads };
}
