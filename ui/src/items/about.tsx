import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import profile from '../profile/profile.module.css';
import { Panel } from '../shell/page';
import { channelsName, codecName, containerName, resolutionName } from '../streams/names';
import { useFormat } from '../strings/format';
import type { ItemFactsFragment, ItemFileFragment } from './item.generated';
import classes from './item.module.css';
import { elsewhere } from './subject';

/** The version that the server would choose, in a few words. */
export function FileMarks({ files }: { files: readonly ItemFileFragment[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const file = files.find(({ selected }) => selected) ?? files[0];
  if (!file) return null;
  const { version, tracks } = file;
  const video = tracks.map(({ content }) => content).find((content) => content.__typename === 'VideoTrack');
  const range = video && 'dynamicRange' in video ? video.dynamicRange : null;
  const parts = [
    resolutionName(version.fullResolution ?? version.videoResolution),
    codecName(version.videoCodec),
    range !== 'SDR' && range,
    [codecName(version.audioCodec), channelsName(version.audioChannels, null)].filter(Boolean).join(' '),
    containerName(version.container),
    version.bitrate && format.rate(version.bitrate),
    version.fileSize && format.size(version.fileSize),
    files.length > 1 && t('item.files', { count: files.length }),
  ].filter(Boolean);
  if (parts.length === 0) return null;
  return (
    <ul className={`${profile.marks} numbers`} aria-label={t('item.media')}>
      {parts.map((part) => (
        <li key={String(part)}>{part}</li>
      ))}
    </ul>
  );
}

type Props = { facts: ItemFactsFragment; own: boolean; machine: string | null; isHere: boolean };

/** Who made it, what it belongs to, and where else it is told of. */
export function About({ facts, own, machine, isHere }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = [
    [t('item.genres'), facts.genres],
    [t('item.directors'), facts.directors],
    [t('item.writers'), facts.writers],
    [t('item.actors'), facts.actors.slice(0, 10)],
    [t('item.collections'), facts.collections],
    [t('item.labels'), facts.labels],
  ] as const;
  const told = rows.filter(([, names]) => names.length > 0);
  const isSet = facts.kind === 'COLLECTION' || facts.kind === 'PLAYLIST';
  const links = own ? elsewhere(facts.guids, facts.kind) : [];
  if (machine && isHere && facts.ratingKey && !isSet) {
    links.unshift({ name: 'Plex', url: `https://app.plex.tv/desktop/#!/server/${machine}/details?key=${encodeURIComponent(`/library/metadata/${facts.ratingKey}`)}` });
  }
  const added = own && isHere && !isSet ? facts.addedAt : null;
  if (told.length === 0 && links.length === 0 && !added) return null;
  return (
    <Panel title={t('item.about')}>
      <dl className={classes.facts}>
        {told.map(([name, names]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{names.join(', ')}</dd>
          </div>
        ))}
        {added && (
          <div>
            <dt>{t('content.added')}</dt>
            <dd>
              <time dateTime={added}>{format.stamp(added)}</time>
            </dd>
          </div>
        )}
        {links.length > 0 && (
          <div>
            <dt>{t('item.elsewhere')}</dt>
            <dd className={classes.links}>
              {links.map(({ name, url }) => (
                <a key={url} href={url} target="_blank" rel="noreferrer">
                  {name}
                  <IconExternalLink size={13} stroke={1.7} aria-hidden />
                </a>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </Panel>
  );
}
