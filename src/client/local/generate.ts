/** Writes the snapshots of an invented company. It needs no store and no service. */
export { writeCompany } from '../../generate/write.js';
