import { ElMessage } from 'element-plus'
import { ref } from 'vue'
import { acknowledgeAlert, type AlertDetail } from '@/api/alerts'
import { asProblem } from '@/api/problem'
import { alertChanged } from '@/app/live'
import { problemText } from '@/design/problemText'

/** The alert that the keyboard asked to resolve; its evidence page opens the dialog. */
export const resolveAsked = ref<string | null>(null)

/** Takes an alert; says so if it did not work, e.g. because a colleague was faster. */
export async function acknowledge(id: string): Promise<AlertDetail | null> {
  try {
    const detail = await acknowledgeAlert(id)
    alertChanged(detail)
    return detail
  } catch (error) {
    ElMessage.error(problemText(asProblem(error)))
    return null
  }
}
