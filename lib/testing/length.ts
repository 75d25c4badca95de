/** How many times as much random tests do as in `npm test`: 100 in `npm run test:long`. */
export const testLength = Number(process.env.TEST_LENGTH ?? 1);
