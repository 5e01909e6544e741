import { z } from "zod";

const wantedShape = z.strictObject({ kind: z.literal("wanted"), id: z.string() });
const givenShape = z.strictObject({ kind: z.literal("given"), id: z.string(), token: z.string() });

/** Hands the token from a tab that is connected to one that has none. */
export type HandOver = {
  /** A token of another tab; null where none answers in time. */
  readonly ask: () => Promise<string | null>;
};

type Tab = {
  /** Carries messages between tabs of the same origin, inside the browser. */
  readonly channel: BroadcastChannel;
  /** The token by which this tab is connected just now; null while it is not. */
  readonly working: () => string | null;
  /** Resolves when an answer may no longer be waited for. */
  readonly patience: () => Promise<void>;
};

/**
 * Between tabs of one origin only. A tab answers only while its console is there and has taken its token: as long as
 * the console holds the port, no other program can have served the page that asks.
 */
export function createHandOver({ channel, working, patience }: Tab): HandOver {
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const wanted = wantedShape.safeParse(data);
    const token = working();
    if (wanted.success && token !== null)
      channel.postMessage({ kind: "given", id: wanted.data.id, token } satisfies z.infer<typeof givenShape>);
  });
  return {
    ask: async () => {
      const id = crypto.randomUUID();
      const answered = Promise.withResolvers<string | null>();
      const listen = ({ data }: MessageEvent<unknown>): void => {
        const given = givenShape.safeParse(data);
        if (given.success && given.data.id === id) answered.resolve(given.data.token);
      };
      channel.addEventListener("message", listen);
      channel.postMessage({ kind: "wanted", id } satisfies z.infer<typeof wantedShape>);
      void patience().then(() => answered.resolve(null));
      const token = await answered.promise;
      channel.removeEventListener("message", listen);
      return token;
    },
  };
}
