import { durationWords } from "./timeWords.ts";
import { useNow } from "./useNow.ts";
import "./Countdown.css";

type CountdownProps = {
  /** ISO times. Without a beginning no ring is drawn. */
  readonly from: string | null;
  readonly until: string;
  /** How far the clock they are by is ahead of the console's (ms); null where it is not known. */
  readonly aheadMs: number | null;
};

const radius = 20;
const round = 2 * Math.PI * radius;

/** Time left as a ring and in words; the words are announced once a minute, not each second. */
export function Countdown({ from, until, aheadMs }: CountdownProps) {
  const now = useNow() + (aheadMs ?? 0);
  const end = Date.parse(until);
  const left = Math.max(0, end - now);
  const whole = from === null ? 0 : end - Date.parse(from);
  const share = whole > 0 ? Math.min(1, left / whole) : 0;
  return (
    <span className="countdown">
      {whole > 0 && (
        <svg className="countdown-ring" viewBox="0 0 48 48" aria-hidden="true">
          <circle className="countdown-track" cx="24" cy="24" r={radius} />
          <circle
            className="countdown-left"
            cx="24"
            cy="24"
            r={radius}
            strokeDasharray={`${share * round} ${round}`}
          />
        </svg>
      )}
      <span aria-hidden="true">
        <strong className="countdown-words">{leftWords(left)}</strong>
      </span>
      <span className="only-heard" aria-live="polite">
        {leftWords(Math.ceil(left / 60_000) * 60_000)}
      </span>
    </span>
  );
}

export function leftWords(left: number): string {
  return left === 0 ? "time is over" : `${durationWords(left)} left`;
}
