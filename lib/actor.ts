/** Who asks. Every query and command that belongs to somebody's application takes one as its first argument. */
export interface Actor {
  /** Stable identifier, stored in the operation log. */
  id: string;
  /** Name shown to people. */
  name: string;
}

// One object, because React's cache() knows an argument by its identity.
const local: Actor = { id: "local", name: "local" };

/** The actor of the current request. Until accounts exist there is one: whoever can reach this server. */
export async function currentActor(): Promise<Actor> {
  return local;
}
