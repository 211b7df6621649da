import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import { Operation } from '../../api/operation/operation.js';
import { unlessTooLong } from '../../api/size/answer-bytes.js';
import type { MessageTracer } from '../spans.js';

/**
 * The results of a subscription, one for each of its events. It is no generator, because it must be possible to end it
 * while it waits for an event.
 */
class Results implements AsyncIterableIterator<ExecutionResult> {
  constructor(
    private readonly events: AsyncIterator<unknown>,
    private readonly answer: (event: unknown) => Promise<ExecutionResult>,
    private readonly turn: () => Promise<void>,
  ) {}

  async next(): Promise<IteratorResult<ExecutionResult>> {
    const event = await this.events.next();
    if (event.done === true) return { done: true, value: undefined };
    const value = await this.answer(event.value);
    await this.turn();
    return { done: false, value };
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    await this.events.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

/**
 * Begins a subscription. Each of its events is executed as an operation of its own: with its own time, its own loaders,
 * the state of the graph at that time, and a new check of the subscriber's roles.
 *
 * @param begin makes the operation of an event
 * @param around runs the work of each event, for example to trace it
 * @param turn resolves when a result may be sent
 */
export async function publish(
  args: ExecutionArgs,
  begin: () => Operation,
  around: MessageTracer,
  turn: () => Promise<void>,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const within = async <T extends ExecutionResult | AsyncIterable<unknown>>(
    work: (operation: Operation) => Promise<T> | T,
  ): Promise<T> => {
    const operation = begin();
    try {
      return await around(operation.logged, () => work(operation));
    } finally {
      operation.end();
    }
  };
  const events = await within((contextValue) => createSourceEventStream({ ...args, contextValue }));
  if (!(Symbol.asyncIterator in events)) return events;
  const answer = (rootValue: unknown) =>
    within(async (contextValue) =>
      unlessTooLong(contextValue, await execute({ ...args, rootValue, contextValue })),
    );
  return new Results(events[Symbol.asyncIterator](), answer, turn);
}
