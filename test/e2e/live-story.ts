import { expect } from '@jest/globals';
import { at } from '../api/service.js';
import { type Heard, Listener, untilSubscribed } from '../http/live/listener.js';
import { departure, entity, later } from '../offboarding/execute/departure.js';
import type { ServiceProcess } from '../support/service-process.js';
import type { Several } from './several.js';

const CHANGED = 'subscription Changed($since: ID) { graphChanged(since: $since) { revision since } }';
const AUDIT = 'subscription Audit($after: Int) { auditEventAdded(after: $after) { seq revision type } }';
const PROGRESS = `subscription Progress($id: ID!) { offboardingProgress(id: $id) {
  state done total revision changed { id state attempts } } }`;

/** Imports that each instance takes while the other does. */
const ROUNDS = 4;

type Row = Record<string, unknown>;

/** All that a subscription tells, in the order in which it does. */
class Gathered {
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
class Audience {
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

  stop(): Promise<void> {
    return this.listener.stop();
  }
}

async function answer(service: ServiceProcess, query: string, path: string, token = service.token) {
  const { body } = await service.ask(query, { authorization: `Bearer ${token}` });
  const found = at(body, `data.${path}`);
  if (found === undefined) throw new Error(JSON.stringify(body));
  return found as Row;
}

async function taken(service: ServiceProcess, snapshot: unknown): Promise<number> {
  const { status, body } = await service.import(snapshot as never);
  expect({ status, body }).toMatchObject({ status: 200 });
  return Number(body.revision);
}

const appOf = (source: string, round: number) =>
  later(source, [entity('App', `${source}/${round}`)], [], `2026-11-2${round}T08:00:00.000Z`);

/** Plans that Ada leaves; gives the id of the case and the hash of the plan. */
async function planned(service: ServiceProcess): Promise<{ id: string; planHash: string }> {
  const input = '{ human: "ada", reason: "Ada leaves" }';
  const one = await answer(
    service,
    `mutation { planOffboarding(input: ${input}) { offboarding { id planHash } } }`,
    'planOffboarding.offboarding',
  );
  return one as { id: string; planHash: string };
}

/** Approves through one instance, and has it executed through the other. */
async function carriedOut([one, other]: Several['instances'], id: string, planHash: string): Promise<void> {
  const input = `offboarding: "${id}", planHash: "${planHash}"`;
  const approve = `mutation { approvePlan(input: { ${input}, reason: "as agreed" }) { revision } }`;
  await answer(other, approve, 'approvePlan', other.approver);
  await answer(
    one,
    `mutation { executeOffboarding(input: { ${input} }) { revision } }`,
    'executeOffboarding',
  );
}

/** Each change follows the one that was told before, from one revision to another. */
function expectChain(rows: readonly Row[], from: number, to: number): void {
  expect(rows[0]?.since).toBe(String(from));
  expect(rows.at(-1)?.revision).toBe(String(to));
  expect(rows.slice(1).map(({ since }) => since)).toEqual(rows.slice(0, -1).map(({ revision }) => revision));
  for (const { since, revision } of rows) expect(Number(revision)).toBeGreaterThan(Number(since));
}

/** What was told one after the other comes to what there is in the end, and nothing was told for nothing. */
function expectProgress(rows: readonly Row[], actions: unknown): void {
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

/**
 * Subscribers of two instances hear of what is done through either: imports at the same time, and a case that is
 * planned, approved and carried out. In order, nothing twice, and nothing left out; also who comes late, and says
 * what they knew.
 */
export async function hearEachOther({ instances }: Several): Promise<void> {
  const [one, other] = instances;
  for (const snapshot of departure()) await taken(one, snapshot);
  const { id, planHash } = await planned(one);
  const from = Number((await answer(one, '{ overview { revision } }', 'overview')).revision);
  const { events: seq } = await answer(one, '{ auditVerification { events } }', 'auditVerification');
  const audiences = instances.map((service) => new Audience(service, id));
  try {
    for (const { url } of instances) await untilSubscribed(url, 3);
    await Promise.all(
      instances.map(async (service, at) => {
        for (let round = 0; round < ROUNDS; round += 1) await taken(service, appOf(`apps${at}`, round));
      }),
    );
    await carriedOut(instances, id, planHash);
    for (const { progress } of audiences) await progress.until(({ state }) => state === 'VERIFIED');
    const to = await taken(other, appOf('last', 0));

    const all = await answer(
      one,
      '{ auditEvents(first: 1000) { nodes { seq revision type } } }',
      'auditEvents',
    );
    const news = (all.nodes as Row[]).filter((event) => Number(event.seq) > Number(seq));
    const list = `{ offboarding(id: "${id}") { actions(first: 1000) { nodes { id state attempts } } } }`;
    const { nodes: actions } = await answer(one, list, 'offboarding.actions');
    for (const { changes, events, progress } of audiences) {
      await changes.until(({ revision }) => revision === String(to));
      await events.until(({ revision }) => revision === String(to));
      expectChain(changes.rows, from, to);
      expect(events.rows).toEqual(news);
      expectProgress(progress.rows, actions);
    }
    const late = new Audience(other, id, { since: String(from), after: Number(seq) });
    audiences.push(late);
    await late.events.until(({ revision }) => revision === String(to));
    expect(late.events.rows).toEqual(news);
    await late.changes.until(({ revision }) => revision === String(to));
    expectChain(late.changes.rows, from, to);
  } finally {
    await Promise.all(audiences.map((audience) => audience.stop()));
  }
}
