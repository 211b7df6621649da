/** In which header the bare server says how many milliseconds walking and serialising took, without HTTP. */
export const WORK_HEADER = 'x-bare-work';
