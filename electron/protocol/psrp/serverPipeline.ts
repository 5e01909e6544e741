import { FragmentAssembler } from "./fragmentAssembler.ts";
import type { AssemblyLoad } from "./fragmentAssembler.ts";
import type { ServerLimits } from "./limits.ts";
import { OpenCalls } from "./openCalls.ts";
import type { MessageId } from "./ids.ts";
import { Outbox } from "./outbox.ts";
import type { ObjectIds } from "./outbox.ts";
import type { PipelineEnd } from "./pipelineState.ts";
import { PsrpError } from "./psrpError.ts";

/** One pipeline, or the pool itself, as the server role keeps it. */
export class ServerSide {
  readonly outbox: Outbox;
  readonly calls = new OpenCalls();
  readonly #assemblers: Readonly<Record<"stdin" | "pr", FragmentAssembler>>;
  readonly #commandBytes: number;
  #counted = 0;
  /** The PID bytes of its CREATE_PIPELINE; null until that came. */
  id: MessageId | null = null;
  end: PipelineEnd | null = null;
  inputEnded = false;

  constructor(ids: ObjectIds, limits: ServerLimits, load: AssemblyLoad) {
    this.#commandBytes = limits.commandBytes;
    this.outbox = new Outbox(ids);
    this.#assemblers = {
      stdin: new FragmentAssembler(limits, load),
      pr: new FragmentAssembler(limits, load),
    };
  }

  /** Counts what came for this command; the pool itself has no such limit. */
  count(bytes: number): void {
    this.#counted += bytes;
    if (this.#counted > this.#commandBytes)
      throw new PsrpError("tooLarge", `a command of more than ${this.#commandBytes} bytes`);
  }

  /** The objects that these bytes complete. */
  receive(stream: "stdin" | "pr", bytes: Uint8Array): readonly Uint8Array[] {
    return this.#assemblers[stream].receive(bytes);
  }

  /** Gives back what half-received objects occupy. */
  drop(): void {
    this.#assemblers.stdin.drop();
    this.#assemblers.pr.drop();
  }
}
