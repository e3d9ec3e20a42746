import { t } from '@/i18n'
import { duration } from './format'

/** A duration in the user's language. */
export function durationText(ms: number): string {
  return duration(ms, { d: t('unit.d'), h: t('unit.h'), m: t('unit.m'), s: t('unit.s') })
}
