import { KINDS, type Kind } from '../../../model/kinds.js';

/** What to ask for, by kind, where something else was asked for that is not done to that kind. */
const INSTEAD: Readonly<Record<Kind, string>> = {
  Human: 'plan an offboarding (planOffboarding) for a person who leaves',
  Account: 'use revoke for an account',
  Group: 'use transferOwnership for a group, or end it in its source',
  ServiceIdentity: 'use revoke for a service identity',
  App: 'use revoke for an app',
  Grant: 'use revoke for a grant',
  Token: 'use revoke for a token',
  Secret: 'use rotateSecret for a secret',
  Job: 'use retire for a job',
  Resource: 'use transferOwnership for a resource, or end it in its source',
};

/** @param code of a kind */
export const insteadFor = (code: number): string => INSTEAD[KINDS[code]!];
