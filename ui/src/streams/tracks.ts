import type { Decision } from '../live/schema';
import type { LiveSession } from './live';
import { channelsName, codecName, containerName, resolutionName } from './names';

type Version = LiveSession['stream']['source'];

export const PARTS = ['video', 'audio', 'subtitle', 'container'] as const;
export type Part = (typeof PARTS)[number];

/** One line of a card: what it was and what leaves the server. `to` is absent when both are the same. */
export type Track = { part: Part; decision: Decision; from: string; to: string | null; hardware: Hardware | null };
export type Hardware = { decode: string | null; encode: string | null; decoding: boolean; encoding: boolean };

const words = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' ');

function video(version: Version, withRange: boolean): string {
  const range = version.video?.dynamicRange;
  return words(
    codecName(version.video?.codec ?? version.videoCodec),
    resolutionName(version.fullResolution ?? version.videoResolution),
    range && (range !== 'SDR' || withRange) ? range.split('/').map((word) => word.trim()).join('/') : null,
  );
}

function audio(version: Version): string {
  const track = version.audio;
  return words(
    codecName(track?.codec ?? version.audioCodec),
    channelsName(track?.channels ?? version.audioChannels, track?.channelLayout),
  );
}

function line(part: Part, decision: Decision, from: string, to: string, hardware: Hardware | null = null): Track | null {
  if (!from && !to) return null;
  const changed = decision === 'TRANSCODE' || decision === 'BURN' || from !== to;
  return { part, decision, from: from || to, to: changed && to && to !== from ? to : null, hardware };
}

function hardwareOf({ transcode }: LiveSession['stream']): Hardware | null {
  if (!transcode || (!transcode.hwDecoding && !transcode.hwEncoding)) return null;
  return {
    decode: transcode.hwDecodeTitle ?? null,
    encode: transcode.hwEncodeTitle ?? null,
    decoding: transcode.hwDecoding,
    encoding: transcode.hwEncoding,
  };
}

function subtitle(stream: LiveSession['stream']): Track | null {
  const track = stream.source.subtitle ?? stream.delivered.subtitle;
  if (!track) return null;
  const from = words(track.language, codecName(track.codec));
  const codec = codecName(stream.delivered.subtitle?.codec);
  const to = stream.subtitleDecision === 'TRANSCODE' && codec !== codecName(track.codec) ? (codec ?? '') : '';
  return line('subtitle', stream.subtitleDecision ?? 'DIRECT_PLAY', from, to);
}

/** The lines of a stream; those that say nothing are left out. */
export function tracksOf({ stream, item }: Pick<LiveSession, 'stream' | 'item'>): Track[] {
  const { source, delivered } = stream;
  const still = item.kind === 'TRACK' || item.kind === 'PHOTO';
  const ranged = source.video?.dynamicRange !== delivered.video?.dynamicRange;
  return [
    stream.videoDecision && !still
      ? line('video', stream.videoDecision, video(source, ranged), video(delivered, ranged), hardwareOf(stream))
      : null,
    stream.audioDecision ? spoken(line('audio', stream.audioDecision, audio(source), soundTo(stream)), source.audio?.language) : null,
    still ? null : subtitle(stream),
    line('container', stream.containerDecision, containerName(source.container) ?? '', containerTo(stream)),
  ].filter((track) => track !== null);
}

// A language stays what it was, so it is worth saying once.
function spoken(track: Track | null, language: string | null | undefined): Track | null {
  return track && { ...track, from: words(language, track.from) };
}

// The server repeats no layout for a sound that it passes on.
function soundTo({ audioDecision, source, delivered }: LiveSession['stream']): string {
  if (audioDecision !== 'TRANSCODE') return audio(source) || audio(delivered);
  return audio(delivered);
}

function containerTo({ delivered }: LiveSession['stream']): string {
  const name = containerName(delivered.container);
  const protocol = delivered.protocol;
  const streamed = protocol && protocol !== 'http' ? protocol.toUpperCase() : null;
  return name ? words(name, streamed ? `(${streamed})` : null) : '';
}
