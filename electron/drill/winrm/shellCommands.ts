import { RunningCommand } from "./runningCommand.ts";

const finishedKept = 1_000;

/** The commands of one shell, by id. */
export class ShellCommands {
  readonly #running = new Map<string, RunningCommand>();
  /** Commands read to Done and not closed: their Signal is still answered well. */
  readonly #finished = new Set<string>();

  /** Ids of those that were not read to their end. */
  get ids(): readonly string[] {
    return [...this.#running.keys()];
  }

  has(commandId: string): boolean {
    return this.#running.has(commandId);
  }

  get(commandId: string): RunningCommand | undefined {
    return this.#running.get(commandId);
  }

  isFinished(commandId: string): boolean {
    return this.#finished.has(commandId);
  }

  begin(commandId: string): void {
    this.#finished.delete(commandId);
    this.#running.set(commandId, new RunningCommand());
  }

  /** Read to Done. */
  finish(commandId: string): void {
    this.close(commandId);
    this.#finished.add(commandId);
    const [oldest] = this.#finished;
    if (this.#finished.size > finishedKept && oldest !== undefined) this.#finished.delete(oldest);
  }

  /** Closed by the client: nothing of it is known any more. */
  close(commandId: string): void {
    this.#running.get(commandId)?.stop();
    this.#running.delete(commandId);
    this.#finished.delete(commandId);
  }

  stopAll(): void {
    for (const command of this.#running.values()) command.stop();
  }
}
