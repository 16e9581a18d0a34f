import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../strings/format';
import type { Reason } from './reason';

/** Says a reason in a sentence. */
export function useReason(): (reason: Reason) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (reason) => {
      switch (reason.code) {
        case 'burned':
          return reason.codec ? t('why.burned', { codec: reason.codec }) : t('why.burnedPlain');
        case 'subtitle':
          return reason.to
            ? t('why.subtitle', { from: reason.from, to: reason.to })
            : t('why.subtitlePlain', { from: reason.from });
        case 'quality': {
          const parts = [reason.rate ? format.rate(reason.rate) : null, reason.resolution].filter((part) => part !== null);
          const source = parts.join(' ');
          return source
            ? t('why.quality', { profile: reason.profile, source })
            : t('why.qualityPlain', { profile: reason.profile });
        }
        case 'bitrate':
          return t('why.bitrate', { from: format.rate(reason.from), to: format.rate(reason.to) });
        case 'resolution':
        case 'range':
        case 'channels':
          return t(`why.${reason.code}`, { from: reason.from, to: reason.to });
        case 'videoCodec':
        case 'audioCodec':
        case 'container':
          return t(`why.${reason.code}`, { from: reason.from });
      }
    },
    [t, format],
  );
}
