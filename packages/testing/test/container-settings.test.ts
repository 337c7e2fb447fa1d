// Which image the container engine runs, and how.
import { describe, expect, test } from 'vitest'
import { EngineNotUsable } from '../src/engine.js'
import { containerSettings, defaultImage } from '../src/engines/container-settings.js'

describe('containerSettings', () => {
  test('are the official image, of its own, unless told otherwise', () => {
    expect(containerSettings({}, {})).toEqual({
      image: defaultImage,
      environment: {},
      reuse: false,
      startupTimeoutMs: 60_000,
    })
  })

  test.each([
    [{ tag: '2.6.1' }, {}, 'amazon/dynamodb-local:2.6.1'],
    [{ image: 'registry:5000/dynamodb' }, {}, 'registry:5000/dynamodb'],
    [{ image: 'registry:5000/dynamodb', tag: '3' }, {}, 'registry:5000/dynamodb:3'],
    [{ image: 'registry:5000/dynamodb:1', tag: '3' }, {}, 'registry:5000/dynamodb:3'],
    [{}, { DYNAMODB_LOCAL_IMAGE: 'mine:1', DYNAMODB_LOCAL_TAG: '2' }, 'mine:2'],
    [{ image: 'yours', tag: '1' }, { DYNAMODB_LOCAL_IMAGE: 'mine', DYNAMODB_LOCAL_TAG: '2' }, 'yours:1'],
    [{}, { DYNAMODB_LOCAL_IMAGE: '', DYNAMODB_LOCAL_TAG: '' }, defaultImage],
  ])('%j and %j run %s', (settings, variables, image) => {
    expect(containerSettings(settings, variables).image).toBe(image)
  })

  test('can not have a tag beside a digest', () => {
    expect(() => containerSettings({ image: 'mine@sha256:00', tag: '1' }, {})).toThrow(EngineNotUsable)
  })

  test('take what the option says before what the variable says', () => {
    expect(containerSettings({}, { DYNAMODB_LOCAL_REUSE: 'true' }).reuse).toBe(true)
    expect(containerSettings({ reuse: false }, { DYNAMODB_LOCAL_REUSE: 'true' }).reuse).toBe(false)
    expect(containerSettings({ environment: { A: 'b' } }, {}).environment).toEqual({ A: 'b' })
  })
})
