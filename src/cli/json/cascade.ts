import type { OneThing } from '../../offboarding/case/one-thing/one-thing.js';

/** What is done with one thing, for machines, in the shape of `Cascade` (api, section 3). */
export function cascadeJson({ hash, plan, revision, breaks, needsApproval }: OneThing): object {
  const steps = plan.body.actions.map(({ id, kind, phase, entity }) => ({
    kind,
    phase,
    entity,
    because: { path: plan.because[id] ?? [] },
  }));
  return {
    revision: String(revision),
    cascade: { hash, revision: String(revision), steps, breaks, needsApproval },
  };
}
