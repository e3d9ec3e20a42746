import { get } from './http'

export interface ModelCard {
  id: string
  title: string
  purpose: string
}

export const listModels = async (): Promise<ModelCard[]> =>
  (await get<{ items: ModelCard[] }>('/models')).items
