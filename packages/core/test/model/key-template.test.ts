import { describe, expect, test } from 'vitest'
import { fillTemplate, parseTemplate, TemplateProblem } from '../../src/model/key-template.js'

test('a template is literals and placeholders', () => {
  const template = parseTemplate('ORDER#{placedAt}#{n:03}END')
  expect(template.literals).toEqual(['ORDER#', '#', 'END'])
  expect(template.components.map(({ name }) => name)).toEqual(['placedAt', 'n'])
  expect(template.native).toBeUndefined()
  expect(fillTemplate(template, { placedAt: { S: 'x y' }, n: { N: '7' } })).toBe('ORDER#x$20y#007END')
  expect(fillTemplate(template, { placedAt: { S: 'x' } }, 1)).toBe('ORDER#x#')
})

test('a lone placeholder without a format is native', () => {
  expect(parseTemplate('{status}').native).toBe('status')
  expect(parseTemplate('{n:03}').native).toBeUndefined()
  expect(parseTemplate('CUSTOMER#{id}').native).toBeUndefined()
  expect(parseTemplate('{id}#').native).toBeUndefined()
  expect(parseTemplate('{a}#{b}').native).toBeUndefined()
})

test('a template without placeholders is a constant', () => {
  expect(fillTemplate(parseTemplate('SETTINGS'), {})).toBe('SETTINGS')
})

describe('templates that could not be told apart, or not be read, are refused', () => {
  test.each([
    ['', 'a key can not be empty'],
    ['{a', 'a brace has no partner'],
    ['a}', 'a brace has no partner'],
    ['{{a}}', 'a brace has no partner'],
    ['{a}{b}', 'nothing stands between {a} and the placeholder after it'],
    ['{a}-{b}', 'the text after {a} does not begin with #'],
    ['{a}END', 'the text after {a} does not begin with #'],
    ['{a:10}', '{a:10} has an unknown format'],
    ['{a:00}', '{a:00} has an unknown format'],
    ['{a:039}', '{a:039} has an unknown format'],
    ['{a:constructor}', '{a:constructor} has an unknown format'],
  ])('%j: %s', (text, problem) => {
    expect(() => parseTemplate(text)).toThrow(TemplateProblem)
    expect(() => parseTemplate(text)).toThrow(problem)
  })
})
