import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../live/clock';
import { useStore } from '../live/store';
import { useFormat } from '../strings/format';
import type { LiveSession } from '../streams/live';
import type { Shown } from '../streams/order';
import { total, type Totals, type Way } from '../streams/totals';
import { trend } from './now';
import classes from './summary.module.css';
import { draw } from './trend';

const WAYS: Way[] = ['direct', 'copy', 'transcode'];

type Props = { sessions: ReadonlyMap<string, LiveSession>; shown: Shown; onShow: (shown: Shown) => void; stale: boolean };

/** How much runs, how it is delivered, what it takes. The parts of the bar are the filter too. */
export function Summary({ sessions, shown, onShow, stale }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const totals = useMemo(() => total(sessions.values()), [sessions]);
  return (
    <section className={classes.summary} aria-label={t('activity.summary')} data-stale={stale || undefined}>
      <p className={`${classes.count} numbers`}>
        <b>{totals.streams}</b> {t('activity.streams', { count: totals.streams })}
      </p>
      <Ways totals={totals} shown={shown} onShow={onShow} />
      <dl className={`${classes.rates} numbers`} title={t('activity.bandwidthHint')}>
        <div>
          <dt>{t('activity.bandwidth')}</dt>
          <dd className={classes.total}>{format.rate(totals.bandwidth)}</dd>
        </div>
        <div>
          <dt>{t('activity.lan')}</dt>
          <dd>{format.rate(totals.lan)}</dd>
        </div>
        <div>
          <dt>{t('activity.wan')}</dt>
          <dd>{format.rate(totals.wan)}</dd>
        </div>
      </dl>
      <Sparkline />
    </section>
  );
}

function Ways({ totals, shown, onShow }: { totals: Totals; shown: Shown; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.ways} role="group" aria-label={t('activity.ways')}>
      <div className={classes.bar} aria-hidden>
        {WAYS.map((way) => (
          <span key={way} data-way={way} style={{ flexGrow: totals[way] }} data-none={totals[way] === 0 || undefined} />
        ))}
      </div>
      <div className={classes.legend}>
        {WAYS.map((way) => (
          <button
            key={way}
            type="button"
            data-way={way}
            aria-pressed={shown === way}
            onClick={() => onShow(shown === way ? 'all' : way)}
          >
            <span className={classes.dot} aria-hidden />
            {t(`way.${way}`)} <b className="numbers">{totals[way]}</b>
          </button>
        ))}
      </div>
    </div>
  );
}

const WIDTH = 160;
const HEIGHT = 40;

function Sparkline() {
  const { t } = useTranslation();
  const format = useFormat();
  const kept = useStore(trend, (value) => value);
  const now = useNow();
  const { stroke, area, most } = draw(kept, now, WIDTH, HEIGHT);
  const when = format.clock(kept.since);
  const label = t('activity.trendAlt', {
    when,
    now: format.rate(kept.samples.at(-1)?.bandwidth ?? 0),
    most: format.rate(most),
  });
  return (
    <figure className={classes.trend}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path d={area} className={classes.area} />
        <path d={stroke} className={classes.stroke} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption>{t('activity.trend', { when })}</figcaption>
    </figure>
  );
}
