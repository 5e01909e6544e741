import { Field, Select } from "@fluentui/react-components";

type ChoiceFieldProps<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly words: string }[];
  readonly onChange: (value: T) => void;
  /** The label is heard only; the place says what it is. */
  readonly hideLabel?: boolean;
};

/** One of a few, by the browser's own list. */
export function ChoiceField<T extends string>({
  label,
  value,
  choices,
  onChange,
  hideLabel,
}: ChoiceFieldProps<T>) {
  const select = (
    <Select
      value={value}
      aria-label={hideLabel === true ? label : undefined}
      onChange={(_event, data) => {
        const chosen = choices.find((choice) => choice.value === data.value);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.words}
        </option>
      ))}
    </Select>
  );
  return hideLabel === true ? select : <Field label={label}>{select}</Field>;
}
