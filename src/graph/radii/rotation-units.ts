import { ofTypes } from '../collect-steps.js';
import { SECRET } from '../kind-codes.js';
import { COPY, CUSTODY } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';

/** A rotation unit: secrets that are copies of one another, and every token stored in any of them. */
export interface RotationUnit {
  /** In order of id. */
  readonly members: readonly EntityNumber[];
  readonly tokens: readonly EntityNumber[];
}

const isCopy = ofTypes(COPY);
const isCustody = ofTypes(CUSTODY);
const copiesAndTokens = ofTypes(COPY, CUSTODY);

/** The rotation units of one view (semantics, section 2), each computed once. */
export class RotationUnits {
  private readonly units = new Map<EntityNumber, RotationUnit>();

  constructor(private readonly view: GraphView) {}

  /** The unit that a secret belongs to. */
  of(secret: EntityNumber): RotationUnit {
    const known = this.units.get(secret);
    if (known !== undefined) return known;
    const unit = this.find(secret);
    for (const member of unit.members) this.units.set(member, unit);
    return unit;
  }

  /** The secrets that store a token. */
  secretsOf(token: EntityNumber): EntityNumber[] {
    const secrets: EntityNumber[] = [];
    this.view.eachOut(
      token,
      (to, code) => {
        if (isCustody(code, to) && this.view.kindOf(to) === SECRET) secrets.push(to);
      },
      isCustody.wanted,
    );
    return secrets;
  }

  private find(secret: EntityNumber): RotationUnit {
    const { view } = this;
    const members = new Set([secret]);
    const tokens = new Set<EntityNumber>();
    for (const member of members) {
      view.eachOut(
        member,
        (to, code) => {
          if (isCopy(code, to)) members.add(to);
        },
        isCopy.wanted,
      );
      view.eachIn(
        member,
        (from, code) => {
          if (isCopy(code, from)) members.add(from);
          if (isCustody(code, from)) tokens.add(from);
        },
        copiesAndTokens.wanted,
      );
    }
    const byId = (a: EntityNumber, b: EntityNumber) => view.compare(a, b);
    return { members: [...members].sort(byId), tokens: [...tokens].sort(byId) };
  }
}
