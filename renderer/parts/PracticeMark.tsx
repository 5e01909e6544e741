/** Beside the name of the practice stamp, wherever it stands. */
export function PracticeMark() {
  return <span className="practice-mark">PRACTICE</span>;
}
