/**
 * The folder of the build for a base path, which is a part of what is built: each has its own, so that who goes from one to another and back
 * builds once.
 * @param {string} basePath
 */
export function buildFolder(basePath) {
  return `.next${basePath.replaceAll("/", "-")}`;
}
