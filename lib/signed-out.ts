/** What is said to somebody whose session is over, wherever they asked for something. By this text a message gets its link. */
export const signedOut =
  "You are signed out, so nothing was done. Sign in again in another tab, then repeat it here; what you entered is kept.";
/** Where one signs in. */
export const signInPath = "/sign-in";
/** Where one gives the second factor. */
export const codePath = "/sign-in/code";

/** A page of signing in, which leads on to where one was going. @param to a path of ours */
export function leadingTo(page: string, to: string): string {
  return to === "/" ? page : `${page}?to=${encodeURIComponent(to)}`;
}
