import type { TFunction } from 'i18next';
import { chooseLanguage, LANGUAGES, type Language } from '../strings/i18n';
import { notify } from './notices';

/** Changes the language of every page, and says where its words cannot be had. */
export function changeLanguage(language: Language, t: TFunction): void {
  chooseLanguage(language).catch(() => notify(t('language.failed', { language: LANGUAGES[language] }), 'bad'));
}
