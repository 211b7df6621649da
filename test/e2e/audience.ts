import { expect } from '@jest/globals';
import { at } from '../api/service.js';
import { type Heard, Listener } from '../http/live/listener.js';
import type { ServiceProcess } from '../support/service-process.js';
import type { Row } from './leaving.js';

const CHANGED = 'subscription Changed($since: ID) { graphChanged(since: $since) { revision since } }';
const AUDIT = 'subscription Audit($after: Int) { auditEventAdded(after: $after) { seq revision type } }';
const PROGRESS = `subscription Progress($id: ID!) { offboardingProgress(id: $id) {
  state done total revision changed { id state attempts } } }`;

/** All that a subscription tells, in the order in which it does. */
export class Gathered {
  readonly rows: Row[] = [];
  private wake = () => {};
  /** How it ended: an error, or what came in the place of a row. */
  private end: unknown;

  constructor(heard: Heard, field: string) {
    void this.gather(heard, field).then((end) => {
      this.end = end;
      this.wake();
    });
  }

  /** Waits until something like this was told; fails where nothing more will be. */
  async until(isIt: (row: Row) => boolean): Promise<void> {
    while (!this.rows.some(isIt)) {
      if (this.end !== undefined) throw new Error(`The subscription ended: ${JSON.stringify(this.end)}`);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  private async gather(heard: Heard, field: string): Promise<unknown> {
    for (;;) {
      const told = await heard.next().catch((error: unknown) => ({ error }));
      const row = at(told, `data.${field}`);
      if (row === undefined) return told;
      this.rows.push(row as Row);
      this.wake();
    }
  }
}

/** A client of one instance that hears everything. */
export class Audience {
  private readonly listener: Listener;
  readonly changes: Gathered;
  readonly events: Gathered;
  readonly progress: Gathered;

  /** @param known what it has heard before, of whichever instance */
  constructor(service: ServiceProcess, id: string, known: { since?: string; after?: number } = {}) {
    this.listener = new Listener(service.url, `Bearer ${service.token}`);
    this.changes = new Gathered(this.listener.hear(CHANGED, known), 'graphChanged');
    this.events = new Gathered(this.listener.hear(AUDIT, known), 'auditEventAdded');
    this.progress = new Gathered(this.listener.hear(PROGRESS, { id }), 'offboardingProgress');
  }

  /** Waits until it hears of everything from now on: what it subscribed to last has begun by then. */
  async listening(): Promise<void> {
    await this.progress.until(() => true);
  }

  stop(): Promise<void> {
    return this.listener.stop();
  }
}

/** Each change follows the one that was told before, from one revision to another. */
export function expectChain(rows: readonly Row[], from: number, to: number): void {
  expect(rows[0]?.since).toBe(String(from));
  expect(rows.at(-1)?.revision).toBe(String(to));
  expect(rows.slice(1).map(({ since }) => since)).toEqual(rows.slice(0, -1).map(({ revision }) => revision));
  for (const { since, revision } of rows) expect(Number(revision)).toBeGreaterThan(Number(since));
}

/** What was told one after the other comes to what there is in the end, and nothing was told for nothing. */
export function expectProgress(rows: readonly Row[], actions: unknown): void {
  const states = new Map<unknown, unknown>();
  let before: Row | undefined;
  for (const row of rows) {
    const changed = row.changed as Row[];
    for (const action of changed) {
      expect(states.get(action.id)).not.toEqual(action);
      states.set(action.id, action);
    }
    if (before !== undefined) {
      expect(Number(row.revision)).toBeGreaterThan(Number(before.revision));
      expect(Number(row.done)).toBeGreaterThanOrEqual(Number(before.done));
    }
    before = row;
  }
  const byId = (list: unknown) => new Map((list as Row[]).map((action) => [action.id, action]));
  expect(states).toEqual(byId(actions));
  const total = (actions as Row[]).length;
  expect(before).toMatchObject({ state: 'VERIFIED', done: total, total });
}
