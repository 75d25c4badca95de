/** The path below which `npm test` builds and serves once more: of two parts, and one that begins as a path of ours does. */
export const testedBasePath = "/shop/docs";
