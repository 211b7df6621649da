import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { DELEGATION, ISSUANCE, USE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { typeOfRole } from '../../../model/relationships.js';
import { codeRequired } from '../../../model/rows.js';
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
      human: context.human,
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
   * The new token is issued by the live issuers of the old one. Where there are none, it is delegated by the live
   * parents outside the cut, and where there are none either, by the replacement of a parent in the cut.
   */
  private origin(token: EntityNumber, id: string): { from: Change[]; after: string[] } {
    const { context } = this;
    const { view, radii } = context;
    const live = (entity: EntityNumber) => view.isLive(entity);
    const issuers = stepsInto(view, token, isIssuance).map((step) => step.to);
    const standing = issuers.filter(live);
    if (standing.length > 0) {
      return {
        from: standing.map((issuer) => opens(typeOfRole('ISSUANCE'), context.id(issuer), id)),
        after: [],
      };
    }
    const delegated = (parent: string) => opens(typeOfRole('DELEGATION'), parent, id);
    const parents = stepsInto(view, token, isDelegation)
      .map((step) => step.to)
      .filter(live);
    const outside = parents.filter((parent) => !radii.cut.has(parent));
    if (outside.length > 0)
      return { from: outside.map((parent) => delegated(context.id(parent))), after: [] };
    const parent = parents.find((candidate) => !context.decisions.lost.has(candidate));
    if (parent === undefined) return { from: [], after: [] };
    const replaced = this.reissue(parent);
    return { from: [delegated(replaced.id)], after: [replaced.action] };
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
