import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../live/answer';
import { useNow } from '../live/clock';
import { PageHead } from '../shell/page';
import { Failed, Loading, Nothing, Older } from '../shell/states';
import { useFormat } from '../strings/format';
import { RevisionsDocument, type RevisionsQuery } from './revisions.generated';
import classes from './revisions.module.css';
import { useUndo } from './use-undo';

type Revision = RevisionsQuery['revisions'][number];
const PAGE = 25;

/** What was changed in the past, and the way back. */
export function RevisionsPage() {
  const { t } = useTranslation();
  const [before, setBefore] = useState<string | null>(null);
  const [earlier, setEarlier] = useState<readonly Revision[]>([]);
  const { data, failure, asking, again } = useAnswer(RevisionsDocument, useMemo(() => ({ before }), [before]));
  const begin = useCallback(() => {
    setEarlier([]);
    setBefore(null);
    again();
  }, [again]);
  const { undo } = useUndo(begin);
  const page = data?.revisions ?? [];
  const all = [...earlier.filter(({ id }) => !page.some((one) => one.id === id)), ...page];
  return (
    <>
      <PageHead title={t('nav.revisions')} text={t('revisions.text')} />
      {failure && data && <Older code={failure} again={again} />}
      {failure && !data ? (
        <Failed code={failure} again={again} />
      ) : !data ? (
        <Loading lines={5} />
      ) : all.length === 0 ? (
        <Nothing title={t('revisions.none')} text={t('revisions.noneText')} />
      ) : (
        <ul className={classes.list}>
          {all.map((revision) => (
            <Line key={revision.id} revision={revision} onUndo={undo} />
          ))}
        </ul>
      )}
      {page.length === PAGE && (
        <div className={classes.more}>
          <Button
            variant="default"
            loading={asking}
            onClick={() => {
              setEarlier(all);
              setBefore(page.at(-1)?.id ?? null);
            }}
          >
            {t('revisions.older')}
          </Button>
        </div>
      )}
    </>
  );
}

function Line({ revision, onUndo }: { revision: Revision; onUndo: (id: string) => Promise<boolean> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const [busy, setBusy] = useState(false);
  const left = Date.parse(revision.expiresAt) - now;
  const counts = [
    revision.removed > 0 && t('revisions.removed', { count: revision.removed, number: format.number(revision.removed) }),
    revision.changed > 0 && t('revisions.changed', { count: revision.changed, number: format.number(revision.changed) }),
    revision.restored > 0 && t('revisions.restored', { count: revision.restored, number: format.number(revision.restored) }),
  ].filter(Boolean);
  return (
    <li data-undone={revision.undoneAt ? true : undefined}>
      <div>
        <b>{revision.summary}</b>
        <p className="numbers">
          {t(`revisions.kind.${revision.kind}`)} · {counts.join(', ')}
        </p>
        <p className="numbers">{t('revisions.by', { name: revision.madeBy, when: format.moment(revision.madeAt) })}</p>
        {revision.undoneAt && <p className="numbers">{t('revisions.undoneBy', { name: revision.undoneBy ?? '', when: format.moment(revision.undoneAt) })}</p>}
      </div>
      {!revision.undoneAt &&
        (left > 0 ? (
          <div className={classes.undo}>
            <Button
              variant="default"
              size="sm"
              loading={busy}
              leftSection={<IconArrowBackUp size={17} stroke={1.7} aria-hidden />}
              onClick={async () => {
                setBusy(true);
                await onUndo(revision.id);
                setBusy(false);
              }}
            >
              {t('revisions.undo')}
            </Button>
            <span>{t('revisions.until', { when: format.moment(revision.expiresAt) })}</span>
          </div>
        ) : (
          <span className={classes.undo}>
            <span>{t('revisions.expired')}</span>
          </span>
        ))}
    </li>
  );
}
