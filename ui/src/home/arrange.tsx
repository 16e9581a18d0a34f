import { Button } from '@mantine/core';
import { IconEye, IconRotate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from '../live/store';
import { Segmented } from '../shell/segmented';
import { arrangement, COUNTS, held, readArrangement, toggledIn, type CardName, type Order, type SectionName } from './arrangement';
import classes from './cards.module.css';
import { sortable, SortTools } from './sorting';

/** What was done last, for those who do not see it. */
const said = createStore('');

const setSections = (change: (now: Order<SectionName>) => Order<SectionName>) => arrangement.set((now) => ({ ...now, sections: change(now.sections) }));
const setCards = (change: (now: Order<CardName>) => Order<CardName>) => arrangement.set((now) => ({ ...now, cards: change(now.cards) }));

/** What the first page consists of, in which order, and the way back to the beginning. */
export function ArrangePanel() {
  const { t } = useTranslation();
  const { sections, cards, count } = useStore(arrangement, (value) => value);
  const holding = useStore(held, (name) => name);
  const saying = useStore(said, (text) => text);
  // Where something is shown it has its place; what is put away waits behind.
  const rows = [...sections.order.filter((name) => !sections.hidden.includes(name)), ...sections.order.filter((name) => sections.hidden.includes(name))];
  return (
    <section className={classes.panel} aria-label={t('home.arrange')}>
      <div>
        <h2>{t('home.parts')}</h2>
        <p>{t('home.partsText')}</p>
        <ol className={classes.parts}>
          {rows.map((name) => (
            <li key={name} {...sortable('sections', name)} data-held={holding === name || undefined} data-hidden={sections.hidden.includes(name) || undefined}>
              <span>{t(`home.section.${name}`)}</span>
              <SortTools list="sections" name={name} title={t(`home.section.${name}`)} value={sections} onChange={setSections} onSay={said.set} keeps />
            </li>
          ))}
        </ol>
      </div>
      <div>
        <h2>{t('home.cards')}</h2>
        <p>{t('home.cardsText')}</p>
        <Segmented
          label={t('home.rows')}
          value={String(count)}
          options={COUNTS.map((value) => ({ value: String(value), text: t('home.rowCount', { count: value }) }))}
          onChange={(value) => arrangement.set((now) => ({ ...now, count: Number(value) }))}
        />
        {cards.hidden.length > 0 && (
          <div className={classes.away} role="group" aria-label={t('home.away')}>
            {cards.hidden.map((name) => (
              <Button key={name} variant="default" size="compact-md" radius="xl" leftSection={<IconEye size={15} stroke={1.8} aria-hidden />} onClick={() => setCards((now) => toggledIn(now, name))}>
                {t(`home.card.${name}`)}
              </Button>
            ))}
          </div>
        )}
        <Button
          variant="subtle"
          size="compact-md"
          radius="xl"
          leftSection={<IconRotate size={15} stroke={1.8} aria-hidden />}
          onClick={() => arrangement.set((now) => ({ ...readArrangement(null), window: now.window, measure: now.measure, added: now.added }))}
        >
          {t('home.reset')}
        </Button>
      </div>
      <p className="unseen" role="status">
        {saying}
      </p>
    </section>
  );
}

/** The tools of one card. */
export function CardTools({ name, title }: { name: CardName; title: string }) {
  const cards = useStore(arrangement, (value) => value.cards);
  return <SortTools list="cards" name={name} title={title} value={cards} onChange={setCards} onSay={said.set} />;
}
