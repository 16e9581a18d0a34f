import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

// The tab's title is told from two sides: the page says its name, the frame what runs.
const parts = { page: '', streams: '', app: '' };

function write(): void {
  document.title = [parts.page, parts.streams, parts.app].filter(Boolean).join(' · ');
}

/** Sets the title of the browser's tab while the page is shown. */
export function useTitle(title: string): void {
  const { t } = useTranslation();
  useEffect(() => {
    Object.assign(parts, { page: title, app: t('app.name') });
    write();
    return () => void Object.assign(parts, { page: '' });
  }, [title, t]);
}

/** Tells how much runs, as long as the frame is there. */
export function useStreamsInTitle(count: number): void {
  const { t } = useTranslation();
  useEffect(() => {
    Object.assign(parts, { streams: t('title.streams', { count }), app: t('app.name') });
    write();
    return () => void Object.assign(parts, { streams: '' });
  }, [count, t]);
}
