import { useEffect, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayOf } from '../account/calendar';
import { spanBefore, useSpanText, windowOf, type Span } from '../history/span';
import { useAnswer } from '../live/answer';
import { useFormat } from '../strings/format';
import { CARDS, type Arrangement, type CardName } from './arrangement';
import classes from './cards.module.css';
import { Change } from './change';
import { differences, MOST, unitOf } from './changes';
import { HomeCardsDocument, type HomeCardsQuery } from './home.generated';

type Props = {
  span: Span;
  cards: HomeCardsQuery['statistics'];
  wanted: Record<CardName, boolean>;
  measure: Arrangement['measure'];
  /** Whether the cards are those of the span, and not of the one before while they are asked for. */
  still: boolean;
  onKnown: (change: { of: (name: CardName, n: number) => ReactNode } | null) => void;
};

/** Asks what was in the equally long span before, and tells how each line of the cards differs from it. */
export function Compared({ span, cards, wanted, measure, still, onKnown }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const spanText = useSpanText();
  const today = dayOf();
  const before = useMemo(() => spanBefore(span, today), [span, today]);
  const { data, asking } = useAnswer(HomeCardsDocument, { window: windowOf(before ?? {}), measure, count: MOST, whole: false, ...wanted, recentlyWatched: false }, !before);
  const then = still && !asking ? data?.statistics : undefined;
  useEffect(() => {
    if (!then) return;
    const known = new Map(CARDS.map((name) => [name, differences(name, cards, then, measure)]));
    onKnown({
      of(name, n) {
        const by = known.get(name)?.[n] ?? null;
        if (by === null) return null;
        if (by === 'new') return <span className={classes.change}>{t('home.new')}</span>;
        if (by === 0) {
          return (
            <span className={classes.change}>
              <span aria-hidden>=</span>
              <span className="unseen">{t('home.same')}</span>
            </span>
          );
        }
        const size = Math.abs(by);
        return <Change by={by} text={unitOf(name, measure) === 'time' ? format.total(size) : format.number(size)} />;
      },
    });
    return () => onKnown(null);
  }, [cards, then, measure, format, t, onKnown]);
  return <p className={classes.compared}>{then && before && t('home.compared', { span: spanText(before) })}</p>;
}
