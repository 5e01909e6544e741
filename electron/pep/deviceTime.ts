/** What is known of the time at an endpoint, in milliseconds since 1970. */
export type DeviceTime = {
  /** Its own clock, as it told it; null where it told none. No clock of ours calls a grant over in its place. */
  readonly measured: number | null;
  readonly ours: number;
};

/**
 * How far after the device's time a printed one may lie and still have been (milliseconds): the machines of a stamp keep
 * the same time to the second, and an endpoint tells its own to the second. More would call an end that is to come one
 * that has been.
 */
export const clockTolerance = 60_000;

/** A time without a zone may be the device's own local time, up to that much (milliseconds) later than it reads. */
export const mostWestern = 12 * 3_600_000;
