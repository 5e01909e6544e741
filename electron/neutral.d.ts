/** The only globals that neutral code (contract, rpc, protocol, services) may use beside the language itself. */

type AbortSignalEventMap = { readonly abort: unknown };

declare class AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(
    type: keyof AbortSignalEventMap,
    listener: () => void,
    options?: { readonly once?: boolean },
  ): void;
  removeEventListener(type: keyof AbortSignalEventMap, listener: () => void): void;
  static any(signals: readonly AbortSignal[]): AbortSignal;
  static abort(reason?: unknown): AbortSignal;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare function queueMicrotask(callback: () => void): void;

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}
