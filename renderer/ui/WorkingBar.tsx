import { ProgressBar } from "@fluentui/react-components";
import "./WorkingBar.css";

type WorkingBarProps = {
  readonly words: string;
  /** 0 to 100; null: nobody knows how far it is. */
  readonly percent: number | null;
};

/** How far something is that is under way, told by its words and a bar. */
export function WorkingBar({ words, percent }: WorkingBarProps) {
  const shown = percent === null ? words : `${words} (${percent} %)`;
  return (
    <div className="working-bar">
      <span aria-hidden="true">{shown}</span>
      {percent === null ? (
        <ProgressBar aria-label={words} />
      ) : (
        <ProgressBar aria-label={words} max={100} value={percent} />
      )}
    </div>
  );
}
