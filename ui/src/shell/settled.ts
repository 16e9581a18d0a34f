import { useEffect, useState } from 'react';

const PAUSE = 200;
/** From so many letters on, titles are looked for. */
export const ENOUGH = 2;

/** What was written, once nothing has been added for a moment. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
