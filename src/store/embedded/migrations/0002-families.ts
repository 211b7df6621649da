/** Tokens by family: what asks the store for one has no index of the whole graph at hand. */
export const families = `
CREATE INDEX entity_by_family ON entity (family, source) WHERE family IS NOT NULL;
`;
