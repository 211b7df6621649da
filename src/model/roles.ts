/** The roles of api section 5. */
export const ROLES = ['VIEWER', 'PLANNER', 'APPROVER', 'OPERATOR', 'AUDITOR', 'IMPORTER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What each role may do, in a sentence. */
export const ROLE_SENTENCES: Readonly<Record<Role, string>> = {
  VIEWER: 'Reads the graph, radii, offboardings and policy.',
  PLANNER: 'Reads, and plans, decides, replans, cancels and previews.',
  APPROVER: 'Reads, and approves and waives: never a plan they made or decided in.',
  OPERATOR: 'Reads, and executes, resumes, cancels, attests, revokes, rotates, re-homes, transfers, retires.',
  AUDITOR: 'Reads, and reads and exports the audit log.',
  IMPORTER: 'Imports snapshots, and nothing else.',
  ADMIN: 'Does all of these, except approving what they planned.',
};
