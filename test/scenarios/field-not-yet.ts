/** Cases whose code is not there yet, each with the reason, until it comes. */
export const notYet: Readonly<Record<'radius' | 'plan', Readonly<Record<string, string>>>> = {
  radius: {},
  plan: {},
};
