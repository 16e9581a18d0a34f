import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../account/calendar';
import { inputOf, type Filter } from '../history/filter';
import { spanBefore, type Span } from '../history/span';
import { useAnswer, useAsked } from '../live/answer';
import { useFormat } from '../strings/format';
import classes from './cards.module.css';
import { Change } from './change';
import { HomeTotalsDocument } from './home.generated';

/** The sums of the window, and how they differ from the window before. */
export function Tiles({ span: wanted }: { span: Span }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = dayOf();
  const variables = useMemo(() => {
    const before = spanBefore(wanted, today);
    const input = (filter: Filter) => inputOf(filter, today);
    const way: Filter = { way: ['transcode'] };
    return {
      now: input(wanted),
      before: input(before ?? {}),
      nowTranscoded: input({ ...wanted, ...way }),
      beforeTranscoded: input({ ...before, ...way }),
      compare: !!before,
    };
  }, [wanted, today]);
  const { data, asking } = useAnswer(HomeTotalsDocument, variables);
  const span = useAsked(wanted, asking);
  if (!data) return <div className={classes.tiles} aria-hidden />;
  const { now, before, nowTranscoded, beforeTranscoded } = data;
  const share = (part: number | null | undefined, whole: number | null | undefined) => (whole ? (100 * (part ?? 0)) / whole : 0);
  const transcoded = share(nowTranscoded.totalCount, now.totalCount);
  const days = span.days ? Number(span.days) : null;
  return (
    <dl className={`${classes.tiles} numbers`} data-asking={asking || undefined}>
      <Tile name={t('home.tile.plays')} value={format.number(now.totalCount ?? 0)} now={now.totalCount} before={before?.totalCount} rows={span} />
      <Tile name={t('home.tile.time')} value={format.total(now.totalDuration ?? 0)} now={now.totalDuration} before={before?.totalDuration} rows={span} />
      {days !== null && (
        <Tile
          name={t('home.tile.perDay')}
          value={format.total((now.totalDuration ?? 0) / days)}
          now={now.totalDuration}
          before={before?.totalDuration}
          rows={span}
        />
      )}
      <Tile
        name={t('home.tile.transcoded')}
        value={t('history.percent', { percent: format.number(transcoded, 0) })}
        now={transcoded}
        before={before ? share(beforeTranscoded?.totalCount, before.totalCount) : undefined}
        rows={{ ...span, way: ['transcode'] }}
        points
      />
    </dl>
  );
}

type TileProps = { name: string; value: string; now: number | null | undefined; before: number | null | undefined; rows: Filter; points?: boolean };

function Tile({ name, value, now, before, rows, points }: TileProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = now === null || now === undefined || before === null || before === undefined ? null : points ? now - before : before > 0 ? (100 * (now - before)) / before : null;
  const rounded = change === null ? null : Math.round(change);
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Link to="/history" search={rows} aria-label={t('home.rowsOf', { name, value })}>
          {value}
        </Link>
        {rounded !== null && rounded !== 0 && (
          <Change by={rounded} text={points ? t('home.points', { count: Math.abs(rounded), value: format.number(Math.abs(rounded)) }) : t('history.percent', { percent: format.number(Math.abs(rounded)) })} />
        )}
      </dd>
    </div>
  );
}
