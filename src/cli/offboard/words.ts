import type { ActionKind, ActionState } from '../../documents/generated/graphql.js';
import type { Style } from '../output.js';

/** What an action does to the graph, at a glance: makes, changes, ends, or only looks. */
export type Sign = '+' | '~' | '-' | '?';

export const SIGN_STYLES: Readonly<Record<Sign, Style>> = {
  '+': 'strong',
  '~': 'warning',
  '-': 'alarm',
  '?': 'faint',
};

/** Every kind of action: its sign and what it does, in words. */
export const ACTION_WORDS: Readonly<Record<ActionKind, readonly [Sign, string]>> = {
  LOCK_ACCOUNT: ['~', 'lock against sign-in'],
  END_SESSIONS: ['-', 'end sessions'],
  DISABLE_ACCOUNT: ['-', 'disable account'],
  PROVISION_IDENTITY: ['+', 'make identity'],
  PROVISION_GRANT: ['+', 'make grant'],
  ISSUE_TOKEN: ['+', 'issue token'],
  WRITE_SECRET: ['~', 'write new version'],
  BIND_WORKLOAD: ['~', 'bind workload'],
  CONFIRM_RUN: ['?', 'confirm a good run'],
  REVOKE_TOKEN: ['-', 'revoke token'],
  REVOKE_GRANT: ['-', 'revoke grant'],
  ROTATE_SECRET: ['~', 'rotate secret'],
  RESET_SIGN_IN: ['~', 'reset sign-in'],
  TRANSFER_OWNERSHIP: ['~', 'transfer ownership'],
  END_RELATIONSHIP: ['-', 'end relationships'],
  RETIRE: ['-', 'retire'],
  CHANGE_DECLARATION: ['~', 'change where it is declared'],
  SET_HUMAN_STATUS: ['~', 'set status'],
};

/** The phases of semantics section 5, in words. */
export const PHASE_WORDS: Readonly<Record<number, string>> = {
  1: 'FENCE',
  2: 'PROVISION',
  3: 'REVOKE CREDENTIALS',
  4: 'REVOKE GRANTS',
  5: 'ROTATE',
  6: 'TRANSFER AND RETIRE',
  7: 'VERIFY',
};

/** States of actions that a person has to know of; the others speak for themselves. */
export const STATE_STYLES: Readonly<Record<ActionState, Style>> = {
  PENDING: 'faint',
  RUNNING: 'warning',
  REQUESTED: 'warning',
  WAITING_FOR_PERSON: 'warning',
  DONE: 'faint',
  IRREVOCABLE: 'alarm',
  WAIVED: 'warning',
};

/** `1 action`, `2 actions`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
