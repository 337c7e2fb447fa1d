// Marks our containers with the process that started them, and removes those whose process is gone.
import { hostname } from 'node:os'
import type { ContainerRuntimeClient } from 'testcontainers'

const label = 'io.keyloom.testing.owner'

/** The labels of a container that this process starts. */
export function ownLabels(): Record<string, string> {
  return { [label]: owner(process.pid) }
}

/** The filter that finds the containers of this process. */
export function ownerLabel(): string {
  return `${label}=${owner(process.pid)}`
}

function owner(pid: number): string {
  return `${hostname()}/${pid}`
}

/** Removes the containers that killed runs on this machine have left. A container that goes by itself is fine too. */
export async function removeLeftovers({ container: { dockerode } }: ContainerRuntimeClient): Promise<void> {
  const containers = await dockerode.listContainers({ all: true, filters: { label: [label] } })
  const leftovers = containers.filter(({ Labels }) => isLeftover(Labels[label] ?? ''))
  await Promise.allSettled(leftovers.map(({ Id }) => dockerode.getContainer(Id).remove({ force: true, v: true })))
}

/** Whether an owner was a process of this machine that is gone. Other machines may share the container runtime. */
export function isLeftover(value: string): boolean {
  const separator = value.lastIndexOf('/')
  const pid = Number(value.slice(separator + 1))
  if (value.slice(0, separator) !== hostname() || !Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
