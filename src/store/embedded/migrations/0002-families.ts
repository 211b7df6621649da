/** Tokens by family, for expansions, which have no index of the whole graph. */
export const families = `
CREATE INDEX entity_by_family ON entity (family, source) WHERE family IS NOT NULL;
`;
