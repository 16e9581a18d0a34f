import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, type Format } from '../strings/format';
import type { LiveSession } from '../streams/live';
import { channelsName, codecName, containerName } from '../streams/names';
import { nameOf } from '../streams/order';
import type { FullVersionFragment, SessionDetailsQuery } from './details.generated';

type Full = NonNullable<SessionDetailsQuery['session']>;

/** A value, and what it was at the source where that differs; a dash where one of both has none. */
export type Fact = { name: string; value: string; was?: string };

export const NOTHING = '–';
export type Section = { title: string; facts: Fact[] };

type Row = [name: string, value: string | number | null | undefined | false];

function rows(...all: Row[]): Fact[] {
  return all.flatMap(([name, value]) =>
    value === null || value === undefined || value === false || value === '' ? [] : [{ name, value: String(value) }],
  );
}

/** The source's rows, with what leaves the server where it is something else. */
export function compare(source: readonly Fact[], delivered: readonly Fact[]): Fact[] {
  const names = [...new Set([...source, ...delivered].map(({ name }) => name))];
  return names.map((name) => {
    const before = source.find((fact) => fact.name === name)?.value ?? NOTHING;
    const after = delivered.find((fact) => fact.name === name)?.value ?? NOTHING;
    return before === after ? { name, value: after } : { name, value: after, was: before };
  });
}

/** The same for pasting elsewhere. */
export function asText(head: (string | null)[], sections: readonly Section[]): string {
  const lines = sections.flatMap(({ title, facts }) => [
    '',
    title,
    ...facts.map(({ name, value, was }) => `  ${name}: ${was ? `${was} -> ` : ''}${value}`),
  ]);
  return [head.filter(Boolean).join(', '), ...lines].join('\n');
}

/** What a version of an item is made of. */
export function versionRows(version: FullVersionFragment, t: TFunction, format: Format): Fact[] {
  const f = (name: keyof FieldNames) => t(`details.field.${name}`);
  const rate = (kbps: number | null | undefined) => kbps && format.rate(kbps);
  return rows(
    [f('container'), containerName(version.container)],
    [f('protocol'), version.protocol?.toUpperCase()],
    [f('bitrate'), rate(version.bitrate)],
    [f('frame'), frame(version)],
    [f('aspect'), version.aspectRatio],
    [f('video'), video(version, rate(version.video?.bitrate))],
    [f('profile'), [version.video?.profile, version.video?.codecLevel].filter(Boolean).join(' ')],
    [f('depth'), colours(version, (count) => t('details.bits', { count }))],
    [f('audio'), audio(version, rate(version.audio?.bitrate))],
    [f('subtitle'), subtitle(version, t)],
  );
}

export function useSections(session: LiveSession, full: Full | null, isAdmin: boolean): Section[] {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const f = (name: keyof FieldNames) => t(`details.field.${name}`);
    const { item, player, stream } = session;
    const transcode = stream.transcode;
    const sections: Section[] = [];
    if (full) {
      sections.push({
        title: t('details.delivery'),
        facts: compare(versionRows(full.stream.source, t, format), versionRows(full.stream.delivered, t, format)),
      });
    }
    if (transcode) {
      sections.push({
        title: t('details.transcoder'),
        facts: rows(
          [f('speed'), transcode.speed > 0 && t('card.speed', { speed: format.number(transcode.speed) })],
          [f('progress'), transcode.progress >= 0 && `${format.number(transcode.progress)} %`],
          [f('hardware'), [transcode.hwDecodeTitle, transcode.hwEncodeTitle].filter(Boolean).join(' → ')],
          [f('key'), isAdmin && full?.stream.transcode?.key],
        ),
      });
    }
    sections.push({
      title: t('details.player'),
      facts: rows(
        [f('user'), nameOf(session)],
        [f('product'), [player.product, full?.player.version].filter(Boolean).join(' ')],
        [f('device'), [player.title, player.device, full?.player.model].filter(unique).join(', ')],
        [f('platform'), [player.platform, full?.player.platformVersion].filter(Boolean).join(' ')],
        [f('address'), isAdmin && player.address],
        [f('publicAddress'), isAdmin && player.publicAddress],
        [f('machine'), isAdmin && full?.player.machineId],
      ),
    });
    const source = full?.stream.source;
    sections.push({
      title: t('details.item'),
      facts: rows(
        [f('title'), item.fullTitle],
        [f('library'), item.libraryName],
        [f('file'), isAdmin && source?.file],
        [f('size'), source?.fileSize && format.size(source.fileSize)],
        [f('guid'), full?.item.guid],
        [f('key'), full?.item.ratingKey],
        [f('session'), full?.sessionKey],
        [f('started'), format.stamp(session.startedAt)],
      ),
    });
    return sections.filter(({ facts }) => facts.length > 0);
  }, [session, full, isAdmin, t, format]);
}

type FieldNames = (typeof import('../strings/en.json'))['details']['field'];

const unique = (text: string | null | undefined, at: number, all: readonly (string | null | undefined)[]) =>
  !!text && all.indexOf(text) === at;

function frame({ width, height, videoFramerate }: FullVersionFragment): string | null {
  const size = width && height ? `${width} × ${height}` : null;
  return [size, videoFramerate].filter(Boolean).join(', ') || null;
}

function video({ video: track }: FullVersionFragment, rate: string | 0 | null | undefined): string | null {
  return track ? [codecName(track.codec), rate].filter(Boolean).join(', ') : null;
}

function colours({ video: track }: FullVersionFragment, bits: (count: number) => string): string | null {
  if (!track) return null;
  return [track.bitDepth && bits(track.bitDepth), track.chromaSubsampling, track.colorSpace, track.dynamicRange].filter(Boolean).join(', ');
}

function audio({ audio: track }: FullVersionFragment, rate: string | 0 | null | undefined): string | null {
  if (!track) return null;
  const sampled = track.sampleRate ? `${track.sampleRate / 1000} kHz` : null;
  const codec = [codecName(track.codec), track.profile?.toUpperCase()].filter(Boolean).join(' ');
  return [track.language, codec, channelsName(track.channels, track.channelLayout), rate, sampled].filter(Boolean).join(', ');
}

const PLACES = ['embedded', 'external', 'segments'] as const;

function subtitle({ subtitle: track }: FullVersionFragment, t: TFunction): string | null {
  if (!track) return null;
  const place = PLACES.find((one) => track.location?.startsWith(one));
  const named = [track.language, codecName(track.codec)].filter(Boolean).join(' ');
  return [named, track.forced && t('details.forced'), place && t(`details.subtitleIn.${place}`)].filter(Boolean).join(', ');
}
