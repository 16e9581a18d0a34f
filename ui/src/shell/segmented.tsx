import type { ReactNode } from 'react';
import classes from './segmented.module.css';

type Props<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; text: ReactNode; name?: string }[];
  onChange: (value: T) => void;
};

/** A few ways of which one holds. */
export function Segmented<T extends string>({ label, value, options, onChange }: Props<T>) {
  return (
    <div className={classes.segmented} role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-label={option.name}
          title={option.name}
          onClick={() => onChange(option.value)}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}
