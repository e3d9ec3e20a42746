import type { ReportDetail } from '@/api/reports'

/** Whether the reader can write: the reporter until the end, an officer about the own reports. */
export const maySay = ({ report }: ReportDetail, police: boolean): boolean =>
  report.state !== 'CLOSED' && (!police || report.mine === true)

/** Whether the other side wrote something that the reader has not read before. */
export const hasUnread = ({ report }: ReportDetail): boolean => report.unread > 0

/** An officer takes what nobody works on. */
export const mayTake = ({ report }: ReportDetail, police: boolean): boolean =>
  police && report.state === 'RECEIVED'
