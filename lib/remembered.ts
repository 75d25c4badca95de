/**
 * A pure function of a text that remembers its last answers: the rows of a file say the same few things again and again.
 * Answers are shared, so nobody may change them.
 * @param most how many answers are kept; then it starts anew
 */
export function remembered<T>(answer: (text: string) => T, most = 500): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const now = answer(text);
    if (known.size >= most) known.clear();
    known.set(text, now);
    return now;
  };
}
