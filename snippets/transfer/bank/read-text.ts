/**
 * The text of a request or of an answer. Throws `RangeError` when it is
 * longer than this, and does not read on.
 */
export async function readText(
  message: Request | Response,
  maxBytes: number,
): Promise<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let bytes = 0;
  for await (const chunk of message.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new RangeError(`longer than ${maxBytes} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
