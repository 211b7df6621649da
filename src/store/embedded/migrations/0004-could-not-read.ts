/** What a source could not read, as JSON; null where it could read everything, as all sources before this did. */
export const couldNotRead = `
ALTER TABLE source_version ADD COLUMN could_not_read TEXT;
`;
