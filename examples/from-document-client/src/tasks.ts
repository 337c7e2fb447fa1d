// What both ways offer.

export interface Task {
  team: string
  id: string
  title: string
  state: 'open' | 'done'
  due: Date
}

export interface Tasks {
  add(task: Task): Promise<void>
  get(team: string, id: string): Promise<Task | undefined>
  finish(team: string, id: string): Promise<void>
  due(team: string, before: Date): Promise<Task[]>
}
