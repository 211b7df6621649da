import type { Company } from '../company.js';
import { humanId } from '../ids.js';
import type { Lines } from '../lines.js';
import { emailOf, humanName, humanStatus, managerOf } from '../people.js';
import { stream } from '../random.js';
import { eachHuman, reporting, type SystemDescription } from '../system.js';

const HIRED = stream('hired');

function writeHuman(company: Company, human: number, lines: Lines): void {
  const status = humanStatus(company, human);
  const random = company.seed.random(HIRED, human);
  // A last working day is a date: up to 60 days ago for people who have left, and in the future for those who leave.
  const leaving = status === 'LEFT' ? company.before(random, 60) : company.after(random, 60);
  lines.entity('Human', humanId(human), humanName(company, human), {
    status,
    email: emailOf(company, human),
    employeeId: `E${String(human).padStart(7, '0')}`,
    createdAt: company.before(random, 3650),
    ...(status === 'ACTIVE' ? {} : { lastWorkingDay: leaving.slice(0, 10) }),
  });
  const manager = managerOf(company, human);
  if (manager !== undefined) lines.relate('REPORTS_TO', humanId(human), humanId(manager));
}

/** The staff list: every human, and the human to whom they report. */
export const people: SystemDescription = {
  system: 'people',
  vendor: 'hr',
  name: 'Staff list',
  reports: reporting('Human', 'REPORTS_TO'),
  sections: [{ count: eachHuman, write: writeHuman }],
};
