import { expect } from '@jest/globals';
import { at } from '../api/service.js';
import type { ServiceProcess } from '../support/service-process.js';

/** What people ask an instance for while Ada leaves. */

export type Row = Record<string, unknown>;

/** What an operation answers at a place. Fails where it has none. */
export async function answer(service: ServiceProcess, query: string, path: string, token = service.token) {
  const { body } = await service.ask(query, { authorization: `Bearer ${token}` });
  const found = at(body, `data.${path}`);
  if (found === undefined) throw new Error(JSON.stringify(body));
  return found as Row;
}

/** Imports a snapshot; gives the revision. */
export async function taken(service: ServiceProcess, snapshot: unknown): Promise<number> {
  const { status, body } = await service.import(snapshot as never);
  expect({ status, body }).toMatchObject({ status: 200 });
  return Number(body.revision);
}

/** Plans that Ada leaves; gives the id of the case and the hash of the plan. */
export async function planned(service: ServiceProcess): Promise<{ id: string; planHash: string }> {
  const input = '{ human: "ada", reason: "Ada leaves" }';
  const one = await answer(
    service,
    `mutation { planOffboarding(input: ${input}) { offboarding { id planHash } } }`,
    'planOffboarding.offboarding',
  );
  return one as { id: string; planHash: string };
}

/** Approves through one instance, and has it executed through the other. */
export async function carriedOut(
  [one, other]: readonly [ServiceProcess, ServiceProcess],
  id: string,
  planHash: string,
): Promise<void> {
  const input = `offboarding: "${id}", planHash: "${planHash}"`;
  const approve = `mutation { approvePlan(input: { ${input}, reason: "as agreed" }) { revision } }`;
  await answer(other, approve, 'approvePlan', other.approver);
  await answer(
    one,
    `mutation { executeOffboarding(input: { ${input} }) { revision } }`,
    'executeOffboarding',
  );
}
