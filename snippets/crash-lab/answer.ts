/** What whoever asked for the transfer is told. */
export interface Answer {
  status: string;
  reason?: string;
}

/** What is heard in the end: that the run failed is an answer, too. */
export async function heard(end: Promise<unknown>): Promise<Answer> {
  try {
    return (await end) as Answer;
  } catch (error) {
    return { status: "failed", reason: (error as Error).message };
  }
}

/** The end, as one sentence. */
export function inOneSentence({ status, reason }: Answer): string {
  if (status === "failed") return `The transfer fails: ${reason}.`;
  const why = reason ? `: ${reason}` : "";
  return `The transfer is ${status}${why}.`;
}
