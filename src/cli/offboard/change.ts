/** A relationship by the ids of its ends. */
export interface RelationshipName {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly permission?: string;
}

/** One change that an action makes in the graph, as `schema/plan.schema.json` has it. */
export type Change =
  | { readonly change: 'SET_STATUS'; readonly entity: string; readonly status: string }
  | {
      readonly change: 'CREATE';
      readonly entity: {
        readonly id: string;
        readonly name: string;
        readonly properties: Readonly<Record<string, unknown>>;
      };
    }
  | { readonly change: 'OPEN' | 'END'; readonly relationship: RelationshipName };

/** The changes of an action: the API gives them as JSON of this form. */
export const changesOf = ({ changes }: { readonly changes: readonly object[] }): readonly Change[] =>
  changes as readonly Change[];

/** Ids of what a change relates to one another. */
export const endsOf = (change: Change): readonly string[] =>
  change.change === 'OPEN' || change.change === 'END'
    ? [change.relationship.from, change.relationship.to]
    : [];
