/*
 * What a real stamp might do, where no public source says which: the practice stamp can do each. The first variant
 * of every row is the default, chosen as the likeliest.
 */
export const switchVariants = {
  /** How consent is asked: by the host prompt, not at all, or not when `-AgreeToRemoteSupportConsent` is given. */
  consent: ["prompt", "none", "agreeParameter"],
  /** The caption of the prompt. */
  terms: ["hub", "otherProduct", "changed", "empty"],
  /** At the question, under RedirectShellErrorOutputPipe true or merged errors: end, or go on and grant. */
  errorAtQuestion: ["ends", "goesOnAndGrants"],
  /** How a grant is printed: as the product family does, under names of its own, or in another form altogether. */
  grantShape: ["nine", "seven", "extra", "missing", "otherNames", "wrapped", "asText", "formatted", "empty"],
  /** The same for a session; `endMaxValue` and `endInFuture` are ends of one that runs. */
  sessionShape: [
    "edge",
    "otherTranscriptName",
    "optionalMissing",
    "otherNames",
    "endMaxValue",
    "endInFuture",
    "duplicate",
    "bracedIds",
  ],
  /** How a date that has not come yet is written: Nil, or year 1. */
  never: ["empty", "yearOne"],
  dates: ["dateTimeOffset", "dateTime", "text", "dayFirst"],
  enums: ["object", "text", "number", "unknownValue"],
  /** Where the lines beside the objects go. */
  textLines: ["information", "output", "none"],
  /** How information lines and warnings travel: as record and host call, as a real host's do, or one of the two. */
  lines: ["both", "record", "hostCall"],
  /** Whether WinRM restarts under the first two runs of Enable-RemoteSupport, which then have to be repeated. */
  firstEnable: ["stable", "dropsTwice"],
  enableOverGrant: ["update", "newRow", "refuse"],
  /** Whether the three instances show one state, each its own, or the same one with a delay. */
  scope: ["shared", "perInstance", "disagreeForAWhile"],
  /** When running sessions end after a revoke. */
  revokeEndsSessions: ["atOnce", "later", "never"],
  /** A revoke with nothing granted. */
  revokeNothing: ["text", "nothing", "error"],
  /** A revoke that hangs neither answers nor does anything until it is stopped. */
  revoke: ["answers", "hangs"],
  /** Whether the session's role has Disable-RemoteSupport at all. */
  disable: ["there", "missing"],
  expiryParameter: ["ExpireInMinutes", "ExpireInDays"],
  version: ["supported", "old", "withoutHotfix", "newer"],
  /** Minutes out of range. */
  outOfRange: ["error", "default"],
  unknownSession: ["error", "nothing"],
  connectionStatus: ["connects", "staysConnecting", "error"],
  transcript: ["whole", "emptyWhileLive", "missing", "shortened", "huge", "markers"],
  /** The zone of the device's own clock, by its Windows name. */
  timeZone: ["Pacific Standard Time", "UTC", "W. Europe Standard Time", "India Standard Time"],
  /** Who comes in: believable engineers of both kinds, only careful ones, only careless ones, or nobody. */
  engineer: ["mixed", "careful", "careless", "nobody"],
  /** What Get-AzureStackStampInformation does. */
  stampInformation: ["answers", "eceError"],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type SwitchName = keyof typeof switchVariants;

/** One chosen variant for each row, and the numbers that go with them. */
export type StampSwitches = { readonly [Name in SwitchName]: (typeof switchVariants)[Name][number] } & {
  /** Lines of a transcript under `transcript: "huge"`. */
  readonly hugeTranscriptLines: number;
  /** Milliseconds every command of the stamp's own waits before it answers. */
  readonly slowMilliseconds: number;
  /** Minutes that the device's own clock is ahead of this machine's; below 0 it is behind. */
  readonly clockAheadMinutes: number;
};

/** The first variant of every row, 100 000 lines for a huge transcript, no delay, a clock that is right. */
export const defaultSwitches: StampSwitches = {
  ...firstVariants(),
  hugeTranscriptLines: 100_000,
  slowMilliseconds: 0,
  clockAheadMinutes: 0,
};

const aYear = 527_040;
const numberSwitches = {
  hugeTranscriptLines: [0, 2_000_000],
  slowMilliseconds: [0, 600_000],
  clockAheadMinutes: [-aYear, aYear],
} as const;

/** Reads `name=value` as on the command line; null when there is no such switch or variant. */
export function readSwitch(text: string): Partial<StampSwitches> | null {
  const equals = text.indexOf("=");
  if (equals < 0) return null;
  const name = text.slice(0, equals);
  const value = text.slice(equals + 1);
  if (Object.hasOwn(numberSwitches, name)) {
    const [least, most] = numberSwitches[name as keyof typeof numberSwitches];
    const number = /^-?\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
    return number >= least && number <= most ? { [name]: number } : null;
  }
  if (!Object.hasOwn(switchVariants, name)) return null;
  const variants: readonly string[] = switchVariants[name as SwitchName];
  return variants.includes(value) ? { [name]: value } : null;
}

/** One line for each switch with its variants, for a usage text. */
export function describeSwitches(): readonly string[] {
  return [
    ...Object.entries(switchVariants).map(([name, variants]) => `${name}=${variants.join("|")}`),
    ...Object.entries(numberSwitches).map(([name, [least, most]]) => `${name}=${least}..${most}`),
  ];
}

function firstVariants(): { readonly [Name in SwitchName]: (typeof switchVariants)[Name][number] } {
  const first = Object.entries(switchVariants).map(([name, variants]) => [name, variants[0]]);
  return Object.fromEntries(first) as {
    readonly [Name in SwitchName]: (typeof switchVariants)[Name][number];
  };
}
