import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from '../live/store';
import classes from './notices.module.css';

/** Something that can still be done about it, such as taking it back. */
export type NoticeAction = { label: string; run: () => void };
type Notice = { id: number; text: string; tone: 'plain' | 'bad'; action?: NoticeAction | undefined };

const notices = createStore<readonly Notice[]>([]);
let last = 0;

/** Tells the result of something done; it goes by itself, a failure only when it is closed. */
export function notify(text: string, tone: Notice['tone'] = 'plain', action?: NoticeAction): void {
  last += 1;
  const notice = { id: last, text, tone, action };
  notices.set((all) => [...all.slice(-3), notice]);
}

function close(id: number): void {
  notices.set((all) => all.filter((notice) => notice.id !== id));
}

function Toast({ notice }: { notice: Notice }) {
  const { t } = useTranslation();
  useEffect(() => {
    if (notice.tone === 'bad') return;
    // What can be taken back takes longer to decide.
    const timer = setTimeout(() => close(notice.id), notice.action ? 20_000 : 6000);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <li className={classes.toast} data-tone={notice.tone}>
      <span>{notice.text}</span>
      {notice.action && (
        <button
          type="button"
          className={classes.action}
          onClick={() => {
            close(notice.id);
            notice.action?.run();
          }}
        >
          {notice.action.label}
        </button>
      )}
      <ActionIcon size={30} aria-label={t('notices.close')} onClick={() => close(notice.id)}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}

/** The messages, in a region that screen readers follow. */
export function Notices() {
  const { t } = useTranslation();
  const all = useStore(notices, (list) => list);
  return (
    <section className={classes.region} aria-label={t('notices.label')} aria-live="polite" aria-relevant="additions">
      <ul>
        {all.map((notice) => (
          <Toast key={notice.id} notice={notice} />
        ))}
      </ul>
    </section>
  );
}
