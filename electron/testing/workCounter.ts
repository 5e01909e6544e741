import { Session } from "node:inspector/promises";

/** Counts how often the engine passes through any block of a source file: work without a clock. */
export class WorkCounter implements Disposable {
  readonly #session = new Session();
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** To be begun before that file is imported: what is compiled already is not counted. */
  static async begin(file: string): Promise<WorkCounter> {
    const counter = new WorkCounter(file);
    counter.#session.connect();
    await counter.#session.post("Profiler.enable");
    await counter.#session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    return counter;
  }

  async during(act: () => void): Promise<number> {
    await this.#count();
    act();
    return await this.#count();
  }

  /** Since the last time. */
  async #count(): Promise<number> {
    const { result } = await this.#session.post("Profiler.takePreciseCoverage");
    return result
      .filter(({ url }) => url.endsWith(this.#file))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  }

  [Symbol.dispose](): void {
    this.#session.disconnect();
  }
}
