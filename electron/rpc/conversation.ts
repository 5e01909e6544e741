import { ConsoleError } from "#contract";
import type { Channel } from "./channel.ts";
import { consoleFrameShape } from "./frames.ts";
import type { ConsoleFrame } from "./frames.ts";

/** Where the frames of one call go. After `done` or `fail` nothing more comes. */
export type Waiting = {
  item(value: unknown): void;
  done(value: unknown): void;
  fail(error: ConsoleError): void;
};

/** The caller's end of a channel: gives out ids and brings each frame to the call it belongs to. */
export type Conversation = {
  /** Sends a call. The function it returns leaves it: nothing more is delivered, and the other side is told. */
  call(operation: string, input: unknown, waiting: Waiting): () => void;
};

/** Greets the other side and listens. Calls fail with channelLost, wrongVersion or badAnswer once it has ended. */
export function createConversation(channel: Channel, version: string): Conversation {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let over: ConsoleError | null = null;

  const end = (error: ConsoleError): void => {
    over ??= error;
    const left = [...waiting.values()];
    waiting.clear();
    for (const one of left) one.fail(over);
  };
  const take = (frame: ConsoleFrame): void => {
    if (frame.kind === "hello") {
      if (frame.version !== version) end(wrongVersion(version, frame.version));
      return;
    }
    const one = waiting.get(frame.id);
    if (frame.kind === "item") return one?.item(frame.value);
    waiting.delete(frame.id);
    if (frame.kind === "done") return one?.done(frame.value);
    one?.fail(new ConsoleError(frame.code, frame.sentence, { remedy: frame.remedy }));
  };

  channel.onFrame((raw) => {
    const frame = consoleFrameShape.safeParse(raw);
    if (frame.success) return take(frame.data);
    end(new ConsoleError("badAnswer", "The console sent something unreadable.", { cause: frame.error }));
    channel.close();
  });
  channel.onClose(() => end(channelLost()));
  channel.send({ kind: "hello", id: 0, version });

  return {
    call: (operation, input, one) => {
      if (over !== null) {
        one.fail(over);
        return () => undefined;
      }
      const id = ++lastId;
      waiting.set(id, one);
      channel.send({ kind: "call", id, operation, input });
      return () => {
        if (waiting.delete(id)) channel.send({ kind: "cancel", id });
      };
    },
  };
}

function channelLost(): ConsoleError {
  const sentence =
    "This page and the console lost each other. What was running may have gone on; look again.";
  return new ConsoleError("channelLost", sentence, { remedy: "retry" });
}

function wrongVersion(ours: string, theirs: string): ConsoleError {
  const sentence = `This page (contract ${ours}) and the console (contract ${theirs}) are of different builds.`;
  return new ConsoleError("wrongVersion", `${sentence} Start the console again and reload the page.`);
}
