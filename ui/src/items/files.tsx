import { useTranslation } from 'react-i18next';
import { Panel } from '../shell/page';
import { channelsName, codecName, containerName, resolutionName } from '../streams/names';
import { stopwatch, unbroken, useFormat } from '../strings/format';
import type { ItemFileFragment, ItemNowQuery } from './item.generated';
import classes from './item.module.css';

type Markers = NonNullable<ItemNowQuery['libraryItem']>['facts']['markers'];
type Track = ItemFileFragment['tracks'][number];

/** Every file of every version, with all that is in it; paths are for administrators. */
export function Files({ files, markers }: { files: readonly ItemFileFragment[]; markers: Markers }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('item.filesHeading')}>
      {files.map((file, n) => (
        <File key={file.version.partId ?? n} file={file} />
      ))}
      {markers.length > 0 && (
        <p className={`${classes.markers} numbers`}>{markers.map(({ kind, start, end }) => t(`item.marker.${kind}`, { from: stopwatch(start), to: stopwatch(end) })).join(' · ')}</p>
      )}
    </Panel>
  );
}

function File({ file: { version, tracks } }: { file: ItemFileFragment }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = [
    resolutionName(version.fullResolution ?? version.videoResolution),
    version.width && version.height ? `${version.width} × ${version.height}` : null,
    // The name of a norm, where the track does not tell the rate itself.
    !tracks.some(({ content }) => content.__typename === 'VideoTrack' && content.frameRate) && version.videoFramerate,
    containerName(version.container),
    version.bitrate && format.rate(version.bitrate),
    version.fileSize && format.size(version.fileSize),
    version.duration && stopwatch(version.duration),
    version.optimized && (version.optimizedTitle || t('item.optimized')),
  ].filter((fact): fact is string => !!fact);
  return (
    <section className={classes.file} aria-label={version.file?.split('/').at(-1) ?? t('item.media')}>
      <p className="numbers">
        <b>{facts.map(unbroken).join(' · ')}</b>
      </p>
      {version.file && <p className={classes.path}>{version.file}</p>}
      <ul>
        {tracks.map((track, n) => (
          <TrackLine key={n} track={track} />
        ))}
      </ul>
    </section>
  );
}

function TrackLine({ track: { selected, content } }: { track: Track }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rate = 'bitrate' in content && content.bitrate ? unbroken(format.rate(content.bitrate)) : null;
  const frameRate = 'frameRate' in content ? Number(content.frameRate) : 0;
  const frames = frameRate > 0 && t('details.frames', { value: format.number(frameRate, 3) });
  const [kind, facts] =
    content.__typename === 'VideoTrack'
      ? (['video', [content.displayTitle ?? codecName(content.videoCodec), content.dynamicRange !== 'SDR' && content.dynamicRange, content.bitDepth && t('details.bits', { count: content.bitDepth }), frames, rate]] as const)
      : content.__typename === 'AudioTrack'
        ? (['audio', [content.displayTitle ?? [content.language, codecName(content.audioCodec), channelsName(content.channels, content.channelLayout)].filter(Boolean).join(' '), rate]] as const)
        : (['subtitle', [content.displayTitle ?? [content.language, codecName(content.subtitleCodec)].filter(Boolean).join(' '), content.forced && t('item.forced'), content.location === 'external' && t('item.external')]] as const);
  return (
    <li>
      <span>{t(`part.${kind}`)}</span>
      <span className="numbers">
        {facts.filter(Boolean).join(' · ')}
        {selected && <em>{t('item.chosen')}</em>}
      </span>
    </li>
  );
}
