import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowsSort, IconColumns3, IconDots, IconDownload, IconSquareCheck, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryOrder } from '../live/schema';
import { useStore } from '../live/store';
import { MenuChoice } from '../shell/menu-choice';
import { notify } from '../shell/notices';
import { useProblem } from '../shell/problem';
import { Segmented } from '../shell/segmented';
import { useFormat } from '../strings/format';
import { ORDER_OF } from './columns';
import { weigh, type Filter } from './filter';
import { COLUMNS, DENSITIES, preferences, resetColumns, toggleColumn } from './preferences';
import { Refused, type Question } from './rows';
import { Views } from './views';

const DeleteDialog = lazy(() => import('./delete').then((module) => ({ default: module.DeleteDialog })));

type Props = {
  question: Question;
  filter: Filter;
  count: number;
  grouped: boolean;
  onGrouped: (on: boolean) => void;
  narrow: boolean;
  onOrder: (order: HistoryOrder, descending: boolean) => void;
  marking: boolean;
  onMarking?: ((on: boolean) => void) | undefined;
  onDone: () => void;
};

/** How the list is shown, and what can be done with all of it. */
export function Tools(props: Props) {
  const { grouped, onGrouped, narrow, marking, onMarking } = props;
  const { t } = useTranslation();
  return (
    <>
      <Segmented
        label={t('history.lineKind')}
        value={grouped ? 'grouped' : 'single'}
        options={[
          { value: 'grouped', text: t('history.grouped') },
          { value: 'single', text: t('history.single') },
        ]}
        onChange={(value) => onGrouped(value === 'grouped')}
      />
      {narrow ? <OrderMenu {...props} /> : <LookMenu />}
      <Views filter={props.filter} />
      {onMarking && !narrow && (
        <Button variant="subtle" size="sm" radius="xl" aria-pressed={marking} leftSection={<IconSquareCheck size={18} stroke={1.7} aria-hidden />} onClick={() => onMarking(!marking)}>
          {t('history.select')}
        </Button>
      )}
      <MoreMenu {...props} />
    </>
  );
}

function LookMenu() {
  const { t } = useTranslation();
  const { columns, density } = useStore(preferences, (value) => value);
  return (
    <Menu position="bottom-end" width={220} closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="subtle" size="sm" radius="xl" leftSection={<IconColumns3 size={18} stroke={1.7} aria-hidden />}>
          {t('history.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('history.density')}</Menu.Label>
        {DENSITIES.map((name) => (
          <MenuChoice key={name} stays chosen={density === name} onChoose={() => preferences.set((now) => ({ ...now, density: name }))}>
            {t(`history.densities.${name}`)}
          </MenuChoice>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('history.columns')}</Menu.Label>
        {COLUMNS.map((column) => (
          <MenuChoice key={column} stays several chosen={columns.includes(column)} onChoose={() => toggleColumn(column)}>
            {t(`history.column.${column}`)}
          </MenuChoice>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={resetColumns}>{t('history.columnsReset')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function OrderMenu({ question, onOrder }: Props) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon size={38} aria-label={t('history.order')} title={t('history.order')}>
          <IconArrowsSort size={20} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {COLUMNS.map((column) => {
          const order = ORDER_OF[column];
          if (!order) return null;
          const here = question.orderBy === order;
          return (
            <MenuChoice key={column} chosen={here} onChoose={() => onOrder(order, here ? !question.descending : true)}>
              {t(`history.column.${column}`)}
            </MenuChoice>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreMenu({ question, filter, count, narrow, marking, onMarking, onDone }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const explain = useProblem();
  const [asking, setAsking] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const stop = useRef<AbortController>(undefined);
  const save = async (kind: 'csv' | 'json') => {
    const { exportHistory } = await import('./export');
    stop.current = new AbortController();
    setDone(0);
    try {
      const rows = await exportHistory(question, kind, t, setDone, stop.current.signal);
      if (rows !== null) notify(t('history.exported', { count: rows, number: format.number(rows) }));
    } catch (failure) {
      notify(explain(failure instanceof Refused ? failure.code : undefined), 'bad');
    }
    setDone(null);
  };
  return (
    <>
      {done !== null && (
        <Button size="sm" variant="default" radius="xl" onClick={() => stop.current?.abort()}>
          {t('history.exporting', { done: format.number(done), all: format.number(count) })}
        </Button>
      )}
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <ActionIcon size={38} aria-label={t('history.more')} title={t('history.more')}>
            <IconDots size={20} stroke={1.7} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={done !== null || count === 0} leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />} onClick={() => void save('csv')}>
            {t('history.csv')}
          </Menu.Item>
          <Menu.Item disabled={done !== null || count === 0} leftSection={<IconDownload size={17} stroke={1.7} aria-hidden />} onClick={() => void save('json')}>
            {t('history.json')}
          </Menu.Item>
          {onMarking && narrow && (
            <Menu.Item leftSection={<IconSquareCheck size={17} stroke={1.7} aria-hidden />} onClick={() => onMarking(!marking)}>
              {t(marking ? 'history.markEnd' : 'history.select')}
            </Menu.Item>
          )}
          {onMarking && (
            <Menu.Item disabled={weigh(filter) === 0} color="danger" leftSection={<IconTrash size={17} stroke={1.7} aria-hidden />} onClick={() => setAsking(true)}>
              {t('history.deleteFound')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Suspense fallback={null}>
          <DeleteDialog what={{ filter: question.filter }} onClose={() => setAsking(false)} onDone={onDone} />
        </Suspense>
      )}
    </>
  );
}
