export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /**
   * Implement the DateTime<Utc> scalar
   *
   * The input/output is a string in RFC3339 format.
   */
  DateTime: { input: string; output: string; }
  /** A length of time in whole milliseconds, as a number. May exceed 32 bits. */
  Duration: { input: number; output: number; }
  /** A whole number that may exceed 32 bits, as a number. */
  Long: { input: number; output: number; }
};

/** A media server to watch. */
export type AddServer = {
  /** The name to show; the server's own if it is absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A Plex token of the server's owner. It is kept and never shown again. */
  token: Scalars['String']['input'];
  /** Its address, such as http://192.168.1.10:32400. */
  url: Scalars['String']['input'];
  /** Whether its certificate is checked. */
  verifyTls?: Scalars['Boolean']['input'];
};

/** What the server does to a stream. */
export type Decision =
  /** A subtitle drawn into the picture. */
  | 'BURN'
  /** Another container around the same streams; users call it direct stream. */
  | 'COPY'
  /** The file as it is. */
  | 'DIRECT_PLAY'
  /** Converted. */
  | 'TRANSCODE';

/** Filters are joined by "and", values of one filter by "or". */
export type HistoryFilter = {
  /** Users by the number of their plex.tv account. */
  accountIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** Plays begun on or after this day, YYYY-MM-DD. */
  after?: InputMaybe<Scalars['String']['input']>;
  /** Plays begun on or before this day, YYYY-MM-DD. */
  before?: InputMaybe<Scalars['String']['input']>;
  /** Decisions that plays are counted by. */
  decisions?: InputMaybe<Array<Decision>>;
  /** Shows or artists by Plex's key. */
  grandparentRatingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Groups by number (the legacy reference_id). */
  groupRowIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** Items by guid. */
  guids?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Kinds of items from libraries. */
  kinds?: InputMaybe<Array<MediaKind>>;
  /** These libraries. */
  libraryIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Live programmes. */
  live?: InputMaybe<Scalars['Boolean']['input']>;
  /** Plays begun on this day, YYYY-MM-DD in the configured time zone. */
  on?: InputMaybe<Scalars['String']['input']>;
  /** Seasons or albums by Plex's key. */
  parentRatingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Items by Plex's key. */
  ratingKeys?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Libraries by Plex's number. */
  sectionIds?: InputMaybe<Array<Scalars['Long']['input']>>;
  /** One server. */
  serverId?: InputMaybe<Scalars['ID']['input']>;
  /** Text in titles, users, addresses, platforms, products and players, in any case; % and _ are wildcards. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** These users. */
  userIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Users by the exact name of their account. */
  userNames?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Columns that a table may be ordered by. */
export type HistoryOrder =
  /** Address of the player. */
  | 'ADDRESS'
  /** Start of the newest play. */
  | 'DATE'
  /** Time played. */
  | 'DURATION'
  /** Time paused. */
  | 'PAUSED'
  | 'PLATFORM'
  /** Name of the player. */
  | 'PLAYER'
  | 'PRODUCT'
  /** Start of the first play. */
  | 'STARTED'
  /** Stop of the last play. */
  | 'STOPPED'
  /** Full title. */
  | 'TITLE'
  /** Name of the user. */
  | 'USER'
  /** Quarters of the way to watched. */
  | 'WATCHED';

/** How the connection to a media server is doing. */
export type LinkState =
  /** The notification socket is open. */
  | 'LIVE'
  /** The socket is refused or silent and the session list is polled, or another replica watches this server. */
  | 'POLLING'
  /** Not tried yet. */
  | 'STARTING'
  /** The server refuses our token. */
  | 'TOKEN_REFUSED'
  /** The server does not answer. */
  | 'UNREACHABLE';

/** Where a player is, seen from the server. */
export type Location =
  | 'CELLULAR'
  | 'LAN'
  | 'WAN';

/** A stretch of an item that Plex names. */
export type MarkerKind =
  | 'COMMERCIAL'
  | 'CREDITS'
  | 'INTRO';

/** What an item is. */
export type MediaKind =
  | 'ALBUM'
  | 'ARTIST'
  /** A trailer, an extra, a pre-roll. */
  | 'CLIP'
  | 'COLLECTION'
  | 'EPISODE'
  | 'MOVIE'
  | 'OTHER'
  | 'PHOTO'
  | 'PHOTO_ALBUM'
  | 'PLAYLIST'
  | 'SEASON'
  | 'SHOW'
  | 'TRACK';

/** What a session does at the moment. */
export type PlayState =
  | 'BUFFERING'
  | 'ERROR'
  | 'PAUSED'
  | 'PLAYING'
  | 'STOPPED';

/** What a viewer may do. */
export type Role =
  /** Everything. */
  | 'ADMIN'
  /** A Plex user who sees their own plays and what is shared with them. */
  | 'GUEST';

/** What happened in a session. */
export type SessionEventKind =
  | 'BUFFERING'
  /** The stream has stalled too often. */
  | 'BUFFER_WARNING'
  | 'ERROR'
  /** An intro, a commercial or the credits begin. */
  | 'MARKER'
  | 'PAUSED'
  | 'RESUMED'
  /** The place in the item jumped. */
  | 'SEEKED'
  | 'STARTED'
  | 'STOPPED'
  /** The decision or the transcode has changed. */
  | 'STREAM_CHANGED'
  /** Enough was seen to count as watched. */
  | 'WATCHED';

/** Changes of a media server; what is absent stays. */
export type UpdateServer = {
  /** The name to show. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A new Plex token. */
  token?: InputMaybe<Scalars['String']['input']>;
  /** Its address. */
  url?: InputMaybe<Scalars['String']['input']>;
  /** Whether its certificate is checked. */
  verifyTls?: InputMaybe<Scalars['Boolean']['input']>;
};
