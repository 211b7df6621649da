import type { Step } from '../../../graph/answers.js';
import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { DELEGATION, ISSUANCE, USE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { typeOfRole } from '../../../model/relationships.js';
import { codeRequired, codeSustains } from '../../../model/rows.js';
import { usersOf } from '../../decide/users.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import { provisionedId } from '../ids.js';
import { opens } from './copies.js';
import { bindWorkload, type MustWait } from './provision.js';
import { planReplacement, planWriting, type Replacement } from './replace.js';

const isIssuance = ofTypes(ISSUANCE);
const isDelegation = ofTypes(DELEGATION);
const uses = ofTypes(USE);

/** Phase 2, reissuing: replaces credentials of others that the leaver compromises, from their original issuers. */
export class Reissuing {
  private readonly replacements = new Map<EntityNumber, Replacement>();

  /** @param tokens those that are reissued because a workload needs them */
  constructor(
    private readonly context: PlanContext,
    private readonly tokens: readonly EntityNumber[],
    private readonly mustWait: MustWait,
  ) {}

  plan(): void {
    for (const token of this.tokens) {
      const replacement = this.reissue(token);
      const users = this.usersOf(token);
      const written = planWriting(this.context, replacement, users, this.mustWait);
      this.bindUsers(replacement, users, written);
    }
  }

  /** Plans the replacement of a token once, also where it is only the parent of one that is needed. */
  private reissue(token: EntityNumber): Replacement {
    const known = this.replacements.get(token);
    if (known !== undefined) return known;
    const { context } = this;
    const id = provisionedId('Token', {
      role: 'reissue',
      workload: '',
      replaces: context.id(token),
      humans: context.leavers,
      evaluatedAt: context.given.evaluatedAt,
    });
    const { from, after } = this.origin(token, id);
    const replacement = planReplacement(context, token, id, {
      from,
      dependsOn: after,
      details: {},
      because: context.because(context.radii.cut.pathTo(token)),
    });
    this.replacements.set(token, replacement);
    return replacement;
  }

  /**
   * The new token is issued by the effective issuers of the old one. Where there are none, it is delegated by the effective
   * parents outside the cut, and where there are none either, by the replacement of a parent in the cut.
   */
  private origin(token: EntityNumber, id: string): { from: Change[]; after: string[] } {
    const { context } = this;
    const { view, radii } = context;
    const isEffective = ({ to }: Step) => view.isEffective(to);
    const standing = stepsInto(view, token, isIssuance).filter(isEffective);
    if (standing.length > 0) {
      return {
        from: standing.map(({ to, code }) =>
          opens(typeOfRole('ISSUANCE'), context.id(to), id, codeSustains(code)),
        ),
        after: [],
      };
    }
    const delegated = (parent: string, { code }: Step) =>
      opens(typeOfRole('DELEGATION'), parent, id, codeSustains(code));
    const parents = stepsInto(view, token, isDelegation).filter(isEffective);
    const outside = parents.filter(({ to }) => !radii.cut.has(to));
    if (outside.length > 0)
      return { from: outside.map((step) => delegated(context.id(step.to), step)), after: [] };
    const parent = parents.find(({ to }) => !context.decisions.lost.has(to));
    if (parent === undefined) return { from: [], after: [] };
    const replaced = this.reissue(parent.to);
    return { from: [delegated(replaced.id, parent)], after: [replaced.action] };
  }

  /** Live users of a token that are not to be retired. */
  private usersOf(token: EntityNumber): EntityNumber[] {
    const { view, radii } = this.context;
    return usersOf(view, radii.units, token).filter(
      (workload) => view.isLive(workload) && !this.context.isRetired(workload),
    );
  }

  /** Binds the users of the old token to the new one. */
  private bindUsers(
    { old, id, action }: Replacement,
    users: readonly EntityNumber[],
    written: readonly string[],
  ): void {
    const { context } = this;
    const { view } = context;
    for (const workload of users) {
      const changes = stepsOut(view, workload, uses)
        .filter((step) => step.to === old)
        .flatMap((step): Change[] => {
          const name = context.relationship(workload, old, step.code);
          const required = codeRequired(step.code);
          return [
            { change: 'END', relationship: name },
            { change: 'OPEN', relationship: { ...name, to: id, required } },
          ];
        });
      bindWorkload(context, workload, changes, [action, ...written], context.plan.becauseOf(action));
    }
  }
}
