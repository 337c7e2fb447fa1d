import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textSize } from '../../src/values/size.js'
import { announce, numRuns, timeout } from '../cases.js'

announce('sizes: as many bytes as UTF-8 has')

test(
  'a text has as many bytes as the platform gives it',
  () => {
    const unit = fc.constantFrom(
      'a',
      '\u007f',
      '\u0080',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ue000',
      '\uffff',
      '😀',
      '\u{10ffff}',
    )
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: 'binary' })), (text) => {
        expect(textSize(text)).toBe(Buffer.byteLength(text))
      }),
      { numRuns: numRuns / 10 },
    )
  },
  timeout,
)
