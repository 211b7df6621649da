import type { StoppingWorkload } from '../../graph/radii/broken-workloads.js';
import { Workload } from '../entity/workload.js';
import { connectionOf } from '../paging/connection.js';

/** A page of workloads that do not work, or will not. Its rows are read when they are asked for. */
export const WorkloadConnection = connectionOf<StoppingWorkload, Workload>(
  'Workload',
  () => Workload,
  'workloads',
);
