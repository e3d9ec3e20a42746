import { tCode } from '@/i18n'

/** What was looked at: the texts' keys cannot have the dots of the codes. */
export const disclosedText = (what: string): string => tCode('myData.what', what.replaceAll('.', '-'))
