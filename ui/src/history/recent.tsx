import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { Panel } from '../shell/page';
import { Failed, Loading } from '../shell/states';
import { FoldedRow, type Said } from './cells';
import { dayOf } from '../account/calendar';
import { inputOf, type Filter } from './filter';
import { HistoryPageDocument } from './history.generated';
import classes from './recent.module.css';

/** The newest plays of a filter, with the way to all of them. */
export function Recent({ filter, count = 6, said }: { filter: Filter; count?: number; said?: Said | undefined }) {
  const { t } = useTranslation();
  const today = dayOf();
  const variables = useMemo(() => ({ filter: inputOf(filter, today), grouped: true, orderBy: 'DATE' as const, descending: true, first: count }), [filter, today, count]);
  const { data, failure, again } = useAnswer(HistoryPageDocument, variables);
  return (
    <Panel
      title={t('history.recent')}
      more={
        data?.history.nodes.length === 0 ? undefined : (
          <Link to="/history" search={filter}>
            {t('history.all')}
          </Link>
        )
      }
    >
      {failure && !data ? (
        <Failed code={failure} again={again} />
      ) : !data ? (
        <Loading lines={6} />
      ) : data.history.nodes.length === 0 ? (
        <p className={classes.none}>{t('history.noneYet')}</p>
      ) : (
        <ul className={classes.recent}>
          {data.history.nodes.map((row) => (
            <li key={row.groupRowId}>
              <Link to="/history" search={{ ...filter, play: row.play?.id }}>
                <FoldedRow row={row} said={said} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
