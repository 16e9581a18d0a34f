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

export function Avatar({ session, size }: { session: LiveSession; size?: number }) {
  return <Face name={nameOf(session)} source={session.user?.avatarUrl} size={size} />;
}

type Props = { name: string; source: string | null | undefined; size?: number | string | undefined };

/** A user's picture, or the first letter of the name in a colour of its own. */
export function Face({ name, source, size = 26 }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  const initial = [...name.trim()][0]?.toUpperCase() ?? '?';
  return (
    <span className={classes.avatar} style={{ inlineSize: size, blockSize: size, '--hue': hueOf(name) }} aria-hidden>
      {source && source !== broken ? (
        <img src={source} alt="" loading="lazy" decoding="async" onError={() => setBroken(source)} />
      ) : (
        initial
      )}
    </span>
  );
}
