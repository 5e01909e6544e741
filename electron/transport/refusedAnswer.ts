import type { HttpAnswer } from "./httpAnswerReader.ts";
import { TransportError, type TransportErrorCode } from "./winrmConnection.ts";

type Refusal = {
  readonly code: TransportErrorCode;
  readonly acted: "no" | "maybe";
  readonly sentence: (place: string) => string;
};

const BY_STATUS: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  [
    401,
    {
      code: "staleContext",
      acted: "no",
      sentence: (place) => `${place} no longer knows this sign-in. Sign in again on a new connection.`,
    },
  ],
  [
    404,
    {
      code: "wrongPath",
      acted: "no",
      sentence: (place) => `${place} has nothing at /wsman. Check that address and port are those of WinRM.`,
    },
  ],
  [
    407,
    {
      code: "proxyAnswered",
      acted: "no",
      sentence: (place) => `A proxy answered instead of ${place}. Let this address past the proxy.`,
    },
  ],
  [
    413,
    {
      code: "tooLarge",
      acted: "no",
      sentence: (place) => `${place} takes no request of this size. Send less at a time.`,
    },
  ],
  [
    503,
    {
      code: "unavailable",
      acted: "no",
      sentence: (place) => `${place} is not ready (503). WinRM may be restarting there: wait and try again.`,
    },
  ],
]);

/** What an answer means that holds no envelope of ours. Nothing of its text is repeated, only status and type. */
export function refusedAnswer(answer: HttpAnswer, place: string): TransportError {
  const { status } = answer;
  const type = printable(answer.headers.get("content-type")?.[0] ?? "no content type");
  const known = BY_STATUS.get(status);
  if (known !== undefined)
    return new TransportError(known.code, known.sentence(place), { acted: known.acted });
  if (status >= 300 && status < 400)
    return new TransportError(
      "redirected",
      `${place} sent us to another address (${status}), which is never followed. Enter the endpoint's own address.`,
      { acted: "no" },
    );
  if (status === 400 && answer.body.length === 0)
    return new TransportError(
      "staleContext",
      `${place} dropped this connection's sign-in (400). Sign in again on a new connection.`,
      { acted: "no" },
    );
  if (type.toLowerCase().startsWith("text/html"))
    return new TransportError(
      "notWinrm",
      `${place} answered with a web page (${status}, ${type}). Check that address and port are those of WinRM.`,
      { acted: "maybe" },
    );
  return new TransportError(
    "unsealedAnswer",
    `${place} answered ${status} with a body that is not protected as agreed (${type}), which is not read. ` +
      "Check what stands between here and the endpoint.",
    { acted: "maybe" },
  );
}

function printable(text: string): string {
  return text.replace(/[^ -~]/g, "?").slice(0, 60);
}
