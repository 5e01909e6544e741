import { mostLines, saidMore } from "../records/keptLines.ts";

/**
 * The lines that a command says. To a client with a host the same line comes twice, as a record and then as a host
 * call ([MS-PSRP] 2.2.3.17, measured), or the other way round: each pair is said once, when its first half comes.
 */
export class Said {
  readonly #lines: string[] = [];
  /** Records less host calls of that text. */
  readonly #ahead = new Map<string, number>();
  readonly #tell: (line: string) => void;
  #cut = false;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  record(text: string): void {
    const ahead = this.#ahead.get(text) ?? 0;
    this.#ahead.set(text, ahead + 1);
    if (ahead >= 0) this.#say(text);
  }

  hostCall(text: string): void {
    const ahead = this.#ahead.get(text) ?? 0;
    this.#ahead.set(text, ahead - 1);
    if (ahead <= 0) this.#say(text);
  }

  #say(text: string): void {
    for (const line of text.split(/\r\n|\r|\n/)) {
      if (this.#lines.length < mostLines) this.#keep(line);
      else if (!this.#cut) {
        this.#cut = true;
        this.#keep(saidMore);
      }
    }
  }

  #keep(line: string): void {
    this.#lines.push(line);
    this.#tell(line);
  }
}
