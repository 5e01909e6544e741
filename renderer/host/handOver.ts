type Wanted = { readonly kind: "wanted"; readonly id: string };
type Given = { readonly kind: "given"; readonly id: string; readonly token: string };

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
  const say = (message: Wanted | Given): void => channel.postMessage(message);
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const token = working();
    if (isWanted(data) && token !== null) say({ kind: "given", id: data.id, token });
  });
  return {
    ask: async () => {
      const id = crypto.randomUUID();
      const answered = Promise.withResolvers<string | null>();
      const listen = ({ data }: MessageEvent<unknown>): void => {
        if (isGiven(data) && data.id === id) answered.resolve(data.token);
      };
      channel.addEventListener("message", listen);
      say({ kind: "wanted", id });
      void patience().then(() => answered.resolve(null));
      const token = await answered.promise;
      channel.removeEventListener("message", listen);
      return token;
    },
  };
}

function isWanted(data: unknown): data is Wanted {
  return isMessage(data) && data.kind === "wanted" && typeof data.id === "string";
}

function isGiven(data: unknown): data is Given {
  return (
    isMessage(data) && data.kind === "given" && typeof data.id === "string" && typeof data.token === "string"
  );
}

function isMessage(data: unknown): data is { kind?: unknown; id?: unknown; token?: unknown } {
  return typeof data === "object" && data !== null;
}
