import type { LiveSession } from './live';
import { channelsName, codecName, containerName, resolutionName } from './names';

/** Why the server does not send the file as it is, as far as the two versions tell. */
export type Reason =
  | { code: 'burned'; codec: string }
  | { code: 'subtitle'; from: string; to: string | null }
  | { code: 'quality'; profile: string; rate: number | null; resolution: string | null }
  | { code: 'bitrate'; from: number; to: number }
  | { code: 'resolution'; from: string; to: string }
  | { code: 'range'; from: string; to: string }
  | { code: 'videoCodec'; from: string; to: string }
  | { code: 'audioCodec'; from: string; to: string }
  | { code: 'channels'; from: string; to: string }
  | { code: 'container'; from: string; to: string };

type Stream = LiveSession['stream'];

// "Original" is what Plex calls a stream without a limit.
const limited = (profile: string) => profile !== '' && !/original/i.test(profile);

/** A rate within a tenth of the source is no limit: containers and estimates make as much. */
const lower = (to: number | null | undefined, from: number | null | undefined) =>
  !!to && !!from && to < from * 0.9;

function ofPicture(stream: Stream): Reason[] {
  const { source, delivered } = stream;
  const reasons: Reason[] = [];
  if (stream.subtitleDecision === 'BURN') {
    reasons.push({ code: 'burned', codec: codecName(source.subtitle?.codec) ?? '' });
  }
  const smaller = lower(delivered.height, source.height);
  const slower = lower(delivered.bitrate, source.bitrate);
  const resolution = resolutionName(source.fullResolution ?? source.videoResolution);
  if (limited(stream.qualityProfile) && (smaller || slower)) {
    reasons.push({ code: 'quality', profile: stream.qualityProfile, rate: source.bitrate ?? null, resolution });
  } else if (smaller) {
    reasons.push({ code: 'resolution', from: resolution ?? '', to: resolutionName(delivered.fullResolution) ?? '' });
  } else if (slower) {
    reasons.push({ code: 'bitrate', from: source.bitrate ?? 0, to: delivered.bitrate ?? 0 });
  }
  const range = source.video?.dynamicRange;
  const shown = delivered.video?.dynamicRange;
  if (range && range !== 'SDR' && shown === 'SDR') reasons.push({ code: 'range', from: range, to: shown });
  const from = codecName(source.video?.codec ?? source.videoCodec);
  const to = codecName(delivered.video?.codec ?? delivered.videoCodec);
  // A limit changes the codec by the way; only without one is the codec itself the cause.
  if (from && to && from !== to && reasons.length === 0) reasons.push({ code: 'videoCodec', from, to });
  return reasons;
}

function ofSound(stream: Stream, music: boolean): Reason[] {
  const source = stream.source.audio;
  const delivered = stream.delivered.audio;
  const from = codecName(source?.codec ?? stream.source.audioCodec);
  const to = codecName(delivered?.codec ?? stream.delivered.audioCodec);
  if (music && limited(stream.qualityProfile) && lower(stream.delivered.bitrate, stream.source.bitrate)) {
    return [{ code: 'quality', profile: stream.qualityProfile, rate: stream.source.bitrate ?? null, resolution: null }];
  }
  if (from && to && from !== to) return [{ code: 'audioCodec', from, to }];
  const before = channelsName(source?.channels, source?.channelLayout);
  const after = channelsName(delivered?.channels, delivered?.channelLayout);
  if (before && after && (source?.channels ?? 0) > (delivered?.channels ?? 0)) {
    return [{ code: 'channels', from: before, to: after }];
  }
  if (lower(delivered?.bitrate, source?.bitrate)) {
    return [{ code: 'bitrate', from: source?.bitrate ?? 0, to: delivered?.bitrate ?? 0 }];
  }
  return [];
}

/** The reasons, the weightiest first; none for direct play or when nothing tells. */
export function reasonsOf({ stream, item }: Pick<LiveSession, 'stream' | 'item'>): Reason[] {
  if (stream.decision === 'DIRECT_PLAY') return [];
  const music = item.kind === 'TRACK';
  const reasons: Reason[] = [];
  if (stream.videoDecision === 'TRANSCODE' && !music) reasons.push(...ofPicture(stream));
  if (stream.audioDecision === 'TRANSCODE') reasons.push(...ofSound(stream, music));
  if (stream.subtitleDecision === 'TRANSCODE') {
    const from = codecName(stream.source.subtitle?.codec) ?? '';
    const to = codecName(stream.delivered.subtitle?.codec);
    reasons.push({ code: 'subtitle', from, to: to === from ? null : to });
  }
  if (reasons.length > 0 || stream.decision !== 'COPY') return reasons;
  const from = containerName(stream.source.container);
  const to = containerName(stream.delivered.container);
  return from && to && from !== to ? [{ code: 'container', from, to }] : [];
}
