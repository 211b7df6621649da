import type { EntityRecord } from '../../model/entity.js';
import type { Findings } from '../../model/findings.js';
import type { Draft } from '../../store/draft.js';
import type { Attention } from './attention.js';

/** The findings of an import as entries of the attention list. @param since ISO 8601 of the import */
export async function attentionOf(
  { revived, reopened, late }: Findings,
  draft: Pick<Draft, 'entities'>,
  since: string,
): Promise<Attention[]> {
  const numbers = new Set<number>();
  for (const { from, to } of reopened) numbers.add(from).add(to);
  for (const { number, of } of late) {
    numbers.add(number);
    if (of !== null) numbers.add(of.number);
  }
  const records = await draft.entities([...numbers]);
  const known = new Map(records.flatMap((record) => (record === undefined ? [] : [[record.number, record]])));
  const id = (number: number) => (known.get(number) as EntityRecord).id;
  return [
    ...revived.map((person): Attention => {
      const isPerson = person.kind === 'Human';
      const why = isPerson
        ? `The source shows this person as ${person.after} again. Nothing comes back of itself: give what is needed anew.`
        : `A case ended it, and its source shows it ${person.after} since: end it at the source, or plan again.`;
      const kind = isPerson ? 'REHIRE' : 'RESURRECTED';
      return { kind, entity: person.id, case: person.case, since, why, relationship: null };
    }),
    ...reopened.map(({ type, from, to, case: by }): Attention => {
      const relationship = { type, from: id(from), to: id(to) };
      const why = `A case ended ${type} from ${relationship.from}, and a source shows it since: end it there, or plan again.`;
      return { kind: 'RESURRECTED', entity: relationship.to, case: by, since, why, relationship };
    }),
    ...late.map(({ number, of, case: by }): Attention => {
      const origin = of === null ? 'is of the family of a token' : `came (${of.type}) of ${id(of.number)},`;
      const why = `It ${origin} that a case had ended: plan again, or revoke it.`;
      return { kind: 'LATE_FINDING', entity: id(number), case: by, since, why, relationship: null };
    }),
  ];
}
