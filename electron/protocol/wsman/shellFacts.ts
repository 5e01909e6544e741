/** What a server says about a shell ([MS-WSMV] 2.2.4.34). Texts as they stand; "" where nothing stood. */
export type ShellFacts = {
  readonly shellId: string;
  readonly name: string;
  readonly resourceUri: string;
  readonly owner: string;
  readonly clientIp: string;
  readonly processId: string;
  /** Milliseconds, or null when it is missing or no duration. */
  readonly idleTimeoutMs: number | null;
  readonly maxIdleTimeoutMs: number | null;
  /** `Connected` or `Disconnected`. */
  readonly state: string;
  readonly runTimeMs: number | null;
  readonly inactivityMs: number | null;
  readonly compression: string;
  /** Culture of its texts, and of numbers and dates in them. */
  readonly locale: string;
  readonly dataLocale: string;
};
