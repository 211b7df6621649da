import { expect } from '@jest/globals';
import { at } from '../api/service.js';
import type { ServiceProcess } from '../support/service-process.js';

/** What people ask an instance for while Ada leaves. */

export type Row = Record<string, unknown>;

export interface Planned {
  readonly id: string;
  readonly planHash: string;
  readonly revision: number;
}

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

/** Plans that Ada leaves; gives the case, the hash of its plan, and the revision that this made. */
export async function planned(service: ServiceProcess): Promise<Planned> {
  const input = '{ human: "ada", reason: "Ada leaves" }';
  const made = await answer(
    service,
    `mutation { planOffboarding(input: ${input}) { revision offboarding { id planHash } } }`,
    'planOffboarding',
  );
  return { ...(made.offboarding as Planned), revision: Number(made.revision) };
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
