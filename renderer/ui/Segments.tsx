import { useId } from "react";
import "./Segments.css";

type SegmentsProps = {
  /** What is chosen, for those who hear it. */
  readonly name: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly words: string }[];
  readonly onChange: (value: string) => void;
};

/** One of a few, side by side; a radio group to the keyboard. */
export function Segments({ name, value, choices, onChange }: SegmentsProps) {
  const group = useId();
  return (
    <fieldset className="segments">
      <legend className="only-heard">{name}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="segment" data-chosen={choice.value === value}>
          <input
            type="radio"
            className="only-heard"
            name={group}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.words}
        </label>
      ))}
    </fieldset>
  );
}
