import { useState } from 'react';
import classes from './avatar.module.css';
import type { LiveSession } from './live';
import { nameOf } from './order';

/** A hue that stays with a name. */
export function hueOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return hash;
}

export function Avatar({ session, size = 26 }: { session: LiveSession; size?: number }) {
  const name = nameOf(session);
  const source = session.user?.avatarUrl;
  const [broken, setBroken] = useState<string | null>(null);
  const initial = [...name.trim()][0]?.toUpperCase() ?? '?';
  return (
    <span className={classes.avatar} style={{ inlineSize: size, blockSize: size, '--hue': hueOf(name) }} aria-hidden>
      {source && source !== broken ? (
        <img src={source} alt="" width={size} height={size} decoding="async" onError={() => setBroken(source)} />
      ) : (
        initial
      )}
    </span>
  );
}
