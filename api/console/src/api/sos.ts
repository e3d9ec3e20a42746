import { post } from './http'

/** Calls for help from a home; with the same key it is the same call. */
export const callForHelp = (home: { community: string; unit: string } | null, key: string): Promise<void> =>
  post('/sos', {
    body: home ? { community: home.community, unit: home.unit } : {},
    headers: { 'Idempotency-Key': key },
  })
