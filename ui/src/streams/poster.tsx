import { IconMovie, IconMusic, IconPhoto, IconDeviceTv, IconAccessPoint } from '@tabler/icons-react';
import { useState } from 'react';
import classes from './poster.module.css';
import type { LiveItemFragment } from './live-session.generated';

type Pictured = Pick<LiveItemFragment, 'kind' | 'live' | 'posterUrl'>;

const LOOK = { size: 28, stroke: 1.3, 'aria-hidden': true } as const;

function Sign({ item }: { item: Pictured }) {
  if (item.live) return <IconAccessPoint {...LOOK} />;
  switch (item.kind) {
    case 'EPISODE':
    case 'SEASON':
    case 'SHOW':
      return <IconDeviceTv {...LOOK} />;
    case 'TRACK':
    case 'ALBUM':
    case 'ARTIST':
      return <IconMusic {...LOOK} />;
    case 'PHOTO':
      return <IconPhoto {...LOOK} />;
    default:
      return <IconMovie {...LOOK} />;
  }
}

const SQUARE = new Set<Pictured['kind']>(['TRACK', 'ALBUM', 'ARTIST', 'PHOTO', 'PHOTO_ALBUM']);

/** The picture that stands for an item, or a sign of its kind where there is none or it does not come. */
export function Poster({ item, className }: { item: Pictured; className?: string | undefined }) {
  const source = item.posterUrl;
  const [broken, setBroken] = useState<string | null>(null);
  const square = SQUARE.has(item.kind);
  return (
    <div className={`${classes.poster} ${className ?? ''}`} data-square={square || undefined}>
      {source && broken !== source ? (
        <img src={source} alt="" loading="lazy" decoding="async" draggable={false} onError={() => setBroken(source)} />
      ) : (
        <Sign item={item} />
      )}
    </div>
  );
}

/** The same picture far behind a card: a tint rather than an image. */
export function Backdrop({ item }: { item: Pick<LiveItemFragment, 'artUrl' | 'posterUrl'> }) {
  const source = item.artUrl ?? item.posterUrl;
  const [broken, setBroken] = useState<string | null>(null);
  if (!source || broken === source) return null;
  return (
    <div className={classes.backdrop} aria-hidden>
      <img src={source} alt="" decoding="async" onError={() => setBroken(source)} />
    </div>
  );
}
