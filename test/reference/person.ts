import { isLive } from './live.js';
import { kindOf, open, type PlainEntity, type PlainGraph, type PlainRelationship } from './plain-graph.js';

/** Whom a question is about: a human, an account, or several humans at once. */
export type Start = string | readonly string[];

/** The person a question is about, and the graph that the question is asked of. */
export interface Person {
  readonly graph: PlainGraph;
  /** One human, or several who are asked about as if they were one. */
  readonly humans: ReadonlySet<string>;
  /** The account asked about, where the question was about an account. */
  readonly account: string | undefined;
}

/**
 * A question about an Account is one about a person who has just this account (semantics, section 3): such a
 * person is put into the graph, in place of the live human who has the account where exactly one has.
 */
export function personOf(graph: PlainGraph, start: Start): Person {
  if (typeof start !== 'string') return { graph, humans: new Set(start), account: undefined };
  const kind = kindOf(graph, start);
  if (kind === 'Human') return { graph, humans: new Set([start]), account: undefined };
  if (kind !== 'Account') throw new Error(`${start} is neither a Human nor an Account`);
  let human = `the person who has ${start}`;
  while (graph.entities.has(human)) human = `${human}'`;
  const [holder, another] = liveHolders(graph, start);
  const replaced = another === undefined ? holder : undefined;
  const stays = ({ type, from, to }: PlainRelationship) =>
    !(type === 'HAS_ACCOUNT' && from === replaced && to === start);
  const login: PlainRelationship = {
    ...{ type: 'HAS_ACCOUNT', from: human, to: start, open: true },
    ...{ permission: 'READ', needs: 'WRITE', required: true, access: true, sustains: false },
  };
  const entity: PlainEntity = { id: human, kind: 'Human', status: 'ACTIVE', source: '' };
  return {
    graph: {
      now: graph.now,
      entities: new Map([...graph.entities, [human, entity]]),
      relationships: [...graph.relationships.filter(stays), login],
    },
    humans: new Set([human]),
    account: start,
  };
}

function liveHolders(graph: PlainGraph, account: string): readonly string[] {
  const holders = open(graph, 'HAS_ACCOUNT').filter(({ to }) => to === account);
  return [...new Set(holders.map(({ from }) => from))].filter((human) => isLive(graph, human));
}

/** The accounts of one human, or of several, whatever their status. */
export function accountsOf(graph: PlainGraph, humans: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    open(graph, 'HAS_ACCOUNT')
      .filter(({ from }) => humans.has(from))
      .map(({ to }) => to),
  );
}

/** Whether a live human who is none of these also has the account. */
export function isShared(graph: PlainGraph, humans: ReadonlySet<string>, account: string): boolean {
  return liveHolders(graph, account).some((holder) => !humans.has(holder));
}

/** Those of the accounts that are shared (`true`) or not (`false`). */
export function accountsThatAre(
  graph: PlainGraph,
  humans: ReadonlySet<string>,
  shared: boolean,
): ReadonlySet<string> {
  const accounts = [...accountsOf(graph, humans)];
  return new Set(accounts.filter((account) => isShared(graph, humans, account) === shared));
}
