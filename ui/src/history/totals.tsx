import { Trans, useTranslation } from 'react-i18next';
import { useAsked, type Answer } from '../live/answer';
import { useFormat } from '../strings/format';
import type { HistoryTotalsQuery } from './history.generated';
import classes from './page.module.css';

/** What the filter finds altogether. */
export function Totals({ answer: { data, failure, asking }, ...wanted }: { answer: Answer<HistoryTotalsQuery>; grouped: boolean; filtered: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { grouped, filtered } = useAsked(wanted, asking);
  if (!data) return <p className={classes.totals}>{asking ? t('history.counting') : failure ? t('history.notCounted') : null}</p>;
  const lines = data.lines.totalCount ?? 0;
  const plays = data.plays.totalCount ?? 0;
  const part = (key: 'history.lines' | 'history.plays', count: number) => (
    <span className="numbers">
      <Trans t={t} i18nKey={key} count={count} values={{ number: format.number(count) }} components={{ b: <b /> }} />
    </span>
  );
  return (
    <p className={classes.totals} role="status" data-asking={asking || undefined}>
      {grouped ? part('history.lines', lines) : null}
      {part('history.plays', plays)}
      <span className="numbers">
        <Trans t={t} i18nKey="history.time" values={{ time: format.total(data.lines.totalDuration ?? 0) }} components={{ b: <b /> }} />
      </span>
      {filtered && <span>{t('history.ofFilter')}</span>}
    </p>
  );
}
