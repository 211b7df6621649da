import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addCancel, addExecute, addResume } from './offboard/carry.js';
import { addList, addShow, addVerify } from './offboard/look.js';
import { addAttest, addWaive } from './offboard/people.js';
import { addPlan } from './offboard/plan.js';
import { addApprove, addDecide, addReplan } from './offboard/review.js';

export function addOffboard(program: Command, context: Context): void {
  const offboard = program
    .command('offboard')
    .summary('plan, approve, carry out and verify that somebody leaves')
    .description(
      'Plans that somebody leaves, has it approved by somebody else, carries it out and verifies it.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ tendril offboard plan ada@acme.example --reason "leaves on Friday"
  $ tendril offboard decide ada@acme.example github:acme/workflow/nightly REHOME --reason "finance needs it"
  $ TENDRIL_TOKEN=… tendril offboard approve ada@acme.example --reason "as agreed with finance"
  $ tendril offboard execute ada@acme.example
  $ tendril offboard verify ada@acme.example`,
    );
  for (const add of COMMANDS) add(offboard, context);
}

const COMMANDS = [
  addPlan,
  addShow,
  addList,
  addDecide,
  addApprove,
  addExecute,
  addResume,
  addVerify,
  addReplan,
  addCancel,
  addAttest,
  addWaive,
];
