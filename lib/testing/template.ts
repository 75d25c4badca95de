// By itself, because every test file reads it, and what makes these databases brings the migration engine and a compiler.
/** The migrated database that every test file's own one is a copy of. */
export const templateName = "template";
/** The same with the demo in it, for tests that start the whole program. */
export const demoName = "template_demo";
