import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import classes from './page.module.css';
import type { Row } from './rows';

const DeleteDialog = lazy(() => import('./delete').then((module) => ({ default: module.DeleteDialog })));

type Props = { marked: ReadonlyMap<number, Row>; onClear: () => void; onClose: () => void; onDone: () => void };

/** What is marked, and what can be done with it. */
export function Marked({ marked, onClear, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const rows = [...marked.values()];
  const plays = rows.reduce((sum, { playCount }) => sum + playCount, 0);
  return (
    <>
      <section className={classes.marked} aria-label={t('history.marking')}>
        <span role="status">{rows.length === 0 ? t('history.markHint') : t('history.marked', { count: plays, number: format.number(plays) })}</span>
        <Button size="sm" color="danger" disabled={rows.length === 0} onClick={() => setAsking(true)}>
          {t('history.delete')}
        </Button>
        <Button size="sm" variant="default" onClick={onClose}>
          {t('history.markEnd')}
        </Button>
      </section>
      {asking && (
        <Suspense fallback={null}>
          <DeleteDialog
            what={{ rowIds: rows.flatMap(({ playRowIds }) => playRowIds), rows }}
            onClose={() => setAsking(false)}
            onDone={() => {
              onClear();
              onDone();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
