/** Cases whose code is not there yet, each with the reason, until it comes. */
export const notYet: Readonly<Record<'radius' | 'plan', Readonly<Record<string, string>>>> = {
  radius: {},
  plan: { m29: 'a person who is back is no rehire yet: the case is INCOMPLETE at once' },
};
