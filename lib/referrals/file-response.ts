const types = {
  csv: "text/csv; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** A download that is never run, sniffed or kept. @param fileName of letters, digits, dots and dashes only; its ending says the type */
export function fileResponse(body: ReadableStream<Uint8Array> | string, fileName: string): Response {
  const ending = fileName.slice(fileName.lastIndexOf(".") + 1) as keyof typeof types;
  return new Response(body, {
    headers: {
      "content-type": types[ending],
      "content-disposition": `attachment; filename="${fileName}"`,
      "x-content-type-options": "nosniff",
    },
  });
}
