import { expect } from '@jest/globals';
import { departure, entity, later } from '../offboarding/execute/departure.js';
import { Audience, expectChain, expectProgress } from './audience.js';
import { answer, carriedOut, planned, type Row, taken } from './leaving.js';
import type { Several } from './several.js';

/** Imports that each instance takes while the other does. */
const ROUNDS = 4;

const appOf = (source: string, round: number) =>
  later(source, [entity('App', `${source}/${round}`)], [], `2026-11-2${round}T08:00:00.000Z`);

/**
 * Subscribers of two instances hear of what is done through either: imports at the same time, and a case that is
 * planned, approved and carried out. In order, nothing twice, and nothing left out; also who comes late, and says
 * what they knew.
 */
export async function hearEachOther({ instances }: Several): Promise<void> {
  const [one, other] = instances;
  for (const snapshot of departure()) await taken(one, snapshot);
  const { id, planHash, revision: from } = await planned(one);
  const { events: seq } = await answer(one, '{ auditVerification { events } }', 'auditVerification');
  const audiences = instances.map((service) => new Audience(service, id));
  try {
    await Promise.all(audiences.map((audience) => audience.listening()));
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
