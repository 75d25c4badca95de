/**
 * A byte stream that reads `source` at its reader's pace. Node's own conversion throws outside every handler when a reader
 * goes away at the wrong moment. @param onCancel called when the reader goes away; must end `source`
 */
export function webStream(source: AsyncIterable<Uint8Array>, onCancel?: () => void): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      onCancel?.();
      await iterator.return?.();
    },
  });
}
