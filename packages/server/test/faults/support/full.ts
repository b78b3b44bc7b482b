/** Whether the runs are as long as `npm run test:faults` makes them, or short enough for every change. */
export const full = process.env.LATCHKEY_TEST_FULL === '1';
